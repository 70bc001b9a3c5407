"""Lay out an alert by the templates: as plain text, which several channels send, and as the page of a mail."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from monitor.alert_view import View
from monitor.text.safe_text import direction

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

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
    return environment


@cache
def _inliner() -> CSSInliner:
    """Return what moves styles to the elements, since several mail programs drop `<style>`; it fetches nothing."""
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
