"""HTML from strangers in; plain text for matching or a safe fragment for showing out.

Both work on any string in time linear to its length: tags are taken out by patterns that cannot backtrack, and markup
is handed to a real parser only when it is small and shallow enough (nested markup is quadratic in every HTML parser).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urljoin

import nh3

LONGEST = 200_000
DEEPEST = 100

_HIDDEN = ("script", "style", "iframe", "noscript", "template", "object", "svg", "head", "select", "textarea")
_HIDDEN_OPEN = re.compile(rf"<({'|'.join(_HIDDEN)})(?=[\s/>])", re.I)
_BREAKS = frozenset(
    "br p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote section article header footer aside figure "
    "figcaption pre hr form nav main address details summary center".split()
)
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|[!?][^<>]*)>")
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
# A tag cut off at the end (feeds cut summaries by characters) is no text either.
_TAIL = re.compile(r"</?[A-Za-z][^<>]*\Z|<!--?\Z")
_QUOTED_END = re.compile(r"""=\s*(?:"[^"<>]*>|'[^'<>]*>)""")
_QUOTED_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*>""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What is invisible and splits words: control characters, and marks that only steer layout.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
_SPACE_BEFORE_BREAK = re.compile(r"\s*\n\s*")

_SIMPLE_TAG = re.compile(r"<([^<>]*)>")
_SIMPLE = frozenset({"p", "b", "i", "em", "strong", "u", "blockquote", "ul", "ol", "li"})
_VOID = frozenset({"br", "br/", "br /"})
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
_CLOSED_BY_ITSELF = frozenset(
    "p li td tr th dt dd option br img hr input meta link source wbr col area base embed param track tbody thead".split()
)
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HTTP = ("http://", "https://")


def to_text(html: str) -> str:
    """What a reader sees of a fragment: no markup, entities resolved, block elements as line breaks."""
    if "<" not in html:
        return _tidy(_resolved(html)) if "&" in html else _tidy(html)
    text = _without_hidden(_without_comments(html[:LONGEST]))
    if _QUOTED_END.search(text):
        text = _QUOTED_TAG.sub(_bare_tag, text)
    pieces = _TAG.split(" ".join(text.split()))
    pieces[1::2] = [_gap(tag[:24]) for tag in pieces[1::2]]
    text = "".join(pieces)
    if "<" in text:
        text = _TAIL.sub("", text)
    return _tidy(_resolved(text) if "&" in text else text)


def plain(text: str) -> str:
    """Text that is no markup, made fit to keep: one space for many, paragraph breaks kept, nothing invisible."""
    return _tidy(text)


def safe_html(html: str, base_url: str = "") -> str:
    """A fragment that can be shown: allowed tags only, links absolute and http(s), nothing that loads by itself."""
    html = html[:LONGEST]
    if "<" not in html:
        return _escaped_text(html)
    if _is_simple(html):
        return _BARE_AMPERSAND.sub("&amp;", html)
    if nested_deeper(html, DEEPEST):
        return escape(to_text(html), quote=False).replace("\n", "<br>")
    return _cleaner(base_url).clean(_CONTROL.sub("", html)).strip()


def nested_deeper(html: str, limit: int) -> bool:
    """Whether elements stand inside each other more than `limit` deep: parsers take quadratic time on such markup."""
    if html.count("<") <= limit:
        return False
    depth = 0
    for closing, name in _ANY_TAG.findall(html):
        if name.lower() in _CLOSED_BY_ITSELF:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > limit:
            return True
    return False


@lru_cache(maxsize=2048)
def _gap(tag: str) -> str:
    """What stands in the text where this tag stood."""
    match = _NAME.match(tag)
    name = match[1].lower() if match else ""
    return "\n" if name in _BREAKS else " " if name in ("td", "th") else ""


def _bare_tag(match: re.Match[str]) -> str:
    name = _NAME.match(match[0], 1)
    return f"<{name[0]}>" if name else ""


def _without_comments(text: str) -> str:
    start = text.find("<!--")
    if start < 0:
        return text
    kept, position = [], 0
    while start >= 0:
        kept.append(text[position:start])
        end = text.find("-->", start + 4)
        if end < 0:
            # Unclosed: a reader's browser would stop at the next tag end at the earliest; so do we.
            end = text.find(">", start + 4)
            position = len(text) if end < 0 else end + 1
        else:
            position = end + 3
        start = text.find("<!--", position)
    return "".join([*kept, text[position:]])


def _without_hidden(text: str) -> str:
    match = _HIDDEN_OPEN.search(text)
    if not match:
        return text
    kept, position, unclosed = [], 0, set()
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while match:
        kept.append(text[position : match.start()])
        name = match[1].lower()
        end = -1 if name in unclosed else lowered.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
        close = text.find(">", end if end >= 0 else match.end())
        position = close + 1 if close >= 0 else len(text)
        match = _HIDDEN_OPEN.search(text, position)
    return "".join([*kept, text[position:]])


def _resolved(text: str) -> str:
    text = unescape(text)
    # Escaped once too often (`&amp;quot;`): a frequent fault of feeds, and no reader wants to see `&quot;`.
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def _tidy(text: str) -> str:
    if not text.isprintable():
        text = _CONTROL.sub("", text.replace("\u00ad", ""))
        if "\n" in text:
            lines = [" ".join(line.split()) for line in text.split("\n")]
            return "\n".join(line for line in lines if line)
    return " ".join(text.split())


def _escaped_text(text: str) -> str:
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if "&" in text:
        text = _BARE_AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;").strip()


def _is_simple(html: str) -> bool:
    """Only well-nested plain tags without attributes: as safe as it stands, and by far the usual summary."""
    tags = _SIMPLE_TAG.findall(html)
    if len(tags) != html.count("<") or len(tags) != html.count(">") or not html.isprintable():
        return False
    stack: list[str] = []
    for tag in tags:
        if tag in _SIMPLE:
            stack.append(tag)
        elif tag[:1] == "/":
            if not stack or stack.pop() != tag[1:]:
                return False
        elif tag not in _VOID:
            return False
    return not stack


@lru_cache(maxsize=8)
def _cleaner(base_url: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=set(_HIDDEN) - {"head", "select", "textarea"} | {"title"},
        attributes={"a": {"href"}},
        attribute_filter=_absolute(base_url),
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https"},
    )


def _absolute(base_url: str) -> Callable[[str, str, str], str | None]:
    def rewrite(_tag: str, attribute: str, value: str) -> str | None:
        if attribute != "href":
            return value
        value = value.strip()
        if value.lower().startswith(_HTTP):
            return value
        try:
            value = urljoin(base_url, value)
        except ValueError:
            return None
        return value if value.lower().startswith(_HTTP) else None

    return rewrite
