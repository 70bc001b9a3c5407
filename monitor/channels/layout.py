"""Lay out an alert by the templates: as plain text, which several channels send, and as the page of a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from textwrap import fill
from traceback import walk_tb
from types import CodeType
from typing import TYPE_CHECKING

from monitor.alert_view import DayCount, View
from monitor.channels.ways_out import WayOut
from monitor.text.safe_text import direction

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDTH = 72  # characters of a line of text, as mails have had since RFC 2646
_EDITED = "templates/"  # where the edited ones stand in the configuration
_MOST = 2_000_000  # characters that an edited template may make: a server takes no mail of tens of megabytes
_BLANK_LINES = re.compile(r"\n{3,}")


def lay_out(view: View, form: str, reply_to: tuple[str, ...] = (), ways: tuple[WayOut, ...] = ()) -> str:
    """Return a view as text (`txt`, where what matched stands between asterisks) or as a page (`html`).

    `reply_to` are the addresses that an answer to the message reaches, `ways` those out of it. Raises
    EditedTemplateError where a template of the view's own fails, whatever it does.
    """
    name = f"{view.layout}.{form}"
    if not view.templates:
        text = _templates(()).get_template(name).render(mail=view, reply_to=reply_to, ways=ways)
        return _finished(text, form)
    try:
        template = _templates(view.templates).get_template(name)
        return _finished(_bounded(template.generate(mail=view, reply_to=reply_to, ways=ways)), form)
    except Exception as error:
        raise EditedTemplateError(*_place(error), f"{type(error).__name__}: {error}".removesuffix(": ")) from error


def shipped_templates() -> tuple[str, ...]:
    """Return the names of the templates that can be edited."""
    return tuple(sorted(_templates(()).list_templates(["html", "txt"])))


class EditedTemplateError(ValueError):
    """A template of the configuration cannot be used; `name` and `line` say where, `reason` why."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"the template {name}, line {line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


def _finished(text: str, form: str) -> str:
    return _inliner().inline(text) if form == "html" else _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _bounded(parts: Iterator[str]) -> str:
    """Return the text of a template's parts. Raises ValueError where it does not end."""
    made, size = [], 0
    for part in parts:
        made.append(part)
        # Very many empty parts end as well.
        size += len(part) + 8
        if size > _MOST:
            raise ValueError(f"it makes more than {_MOST:,} characters")
    return "".join(made)


def _place(error: BaseException) -> tuple[str, int]:
    """Return the template and line where an error arose: Jinja writes its traceback in lines of templates."""
    if isinstance(line := getattr(error, "lineno", None), int):
        return str(getattr(error, "name", None) or ""), line
    frames = [(code.co_filename, line) for code, line in _walk(error) if code.co_filename.startswith(_EDITED)]
    name, line = frames[-1] if frames else ("", 1)
    return name.removeprefix(_EDITED), line


def _walk(error: BaseException) -> Iterator[tuple[CodeType, int]]:
    return ((frame.f_code, line) for frame, line in walk_tb(error.__traceback__))


def isolated(text: str) -> str:
    """Return a name in bidirectional isolates (UAX 9) if it is written right to left, so that its line keeps order."""
    return f"\u2068{text}\u2069" if direction(text, "") == "rtl" else text


def bars(week: Sequence[DayCount]) -> str:
    """Return a rule's week as text, `Mon 12 ▃`, in lines that no mail program breaks; a day with nothing has no bar."""
    blocks = [_BLOCKS[(day.share * len(_BLOCKS) - 1) // 100] if day.share else "" for day in week]
    days = [f"{day.day} {day.count} {block}" for day, block in zip(week, blocks, strict=True)]
    # The blanks within a day must not be where its line is broken.
    joined = "  ".join(day.strip().replace(" ", "\N{NO-BREAK SPACE}") for day in days)
    return fill(joined, _WIDTH).replace("\N{NO-BREAK SPACE}", " ")


@lru_cache(maxsize=4)
def _templates(edited: tuple[tuple[str, str], ...]) -> Environment:
    """Return what renders the shipped templates or these in their place, which reach only what they are given."""
    from jinja2 import ChoiceLoader, Environment, FunctionLoader, PackageLoader, select_autoescape
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from monitor.channels.unknown_fields import UnknownField

    sources = {name: (text, _EDITED + name, lambda: True) for name, text in edited}
    shipped = PackageLoader("monitor.channels")
    environment = (ImmutableSandboxedEnvironment if edited else Environment)(
        loader=ChoiceLoader([FunctionLoader(sources.get), shipped]) if edited else shipped,
        autoescape=select_autoescape(["html"]),
        # A misspelt name in a template is an error and not an empty place in a mail.
        undefined=UnknownField,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["isolated"] = isolated
    environment.filters["bars"] = bars
    return environment


@cache
def _inliner() -> CSSInliner:
    """Return what moves styles to the elements, since several mail programs drop `<style>`; it fetches nothing."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
