"""Lay out an alert by the templates: as plain text, which several channels send, and as the page of a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from textwrap import fill
from typing import TYPE_CHECKING

from monitor.alert_view import DayCount, View
from monitor.text.safe_text import direction

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

_BLOCKS = "▁▂▃▄▅▆▇█"
_WIDTH = 72  # characters of a line of text, as mails have had since RFC 2646
_BLANK_LINES = re.compile(r"\n{3,}")


def lay_out(view: View, form: str, reply_to: tuple[str, ...] = ()) -> str:
    """Return a view as text (`txt`, where what matched stands between asterisks) or as a page (`html`).

    `reply_to` are the addresses that an answer to the message reaches.
    """
    text = _templates().get_template(f"{view.layout}.{form}").render(mail=view, reply_to=reply_to)
    return _inliner().inline(text) if form == "html" else _BLANK_LINES.sub("\n\n", text).strip() + "\n"


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


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("monitor.channels"),
        autoescape=select_autoescape(["html"]),
        # A misspelt name in a template is an error and not an empty place in a mail.
        undefined=StrictUndefined,
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
