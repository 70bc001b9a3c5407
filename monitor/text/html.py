"""Convert untrusted HTML to plain text for matching, or to a safe fragment for display.

Both take time linear in the length: tags are removed by patterns that cannot backtrack, and markup goes to a parser
only if it is small and shallow (deeply nested markup takes quadratic time in every HTML parser).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import urljoin

import nh3

from monitor.text.elements import TAG, escape_non_tags, is_tag, replacement_of

LONGEST = 200_000
"""Characters of HTML that are read."""
DEEPEST = 100
"""Nested elements from which on markup is not parsed, but shown as text."""

_HIDDEN = ("script", "style", "iframe", "noscript", "template", "svg", "head", "select", "textarea")
# Testing the first letter before the names takes a fifth of the time.
_HIDDEN_OPEN = re.compile(rf"<(?=[{''.join({name[0] for name in _HIDDEN})}])({'|'.join(_HIDDEN)})(?=[\s/>])", re.I)
_SUP = re.compile(r"/?sup(?=[\s/]|\Z)", re.I)
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
# The most frequent tags, looked up without a function call.
_REPLACEMENTS = {"p": "\n", "/p": "\n", "br": "\n", "br/": "\n", "br /": "\n", "b": "", "/b": "", "/a": ""}
# A tag that is truncated at the end, since feeds cut summaries by characters, is not text either.
_TRUNCATED_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z|<!--?\Z")
# Noncharacters stand for <sup> and </sup>: a footnote's mark is not part of the word before it, which has at least
# three letters and is not a Roman numeral, while m2, 21st, Mme and XIXe are one word each.
_RAISED, _LOWERED = "\ufdd0", "\ufdd1"
_FOOTNOTE = re.compile(f"(?<=[^\\W\\d_]{{3}})(?<![IVXLC]{{3}}){_RAISED}|{_LOWERED}(?=[^\\W\\d_]{{3}})")
_SUPERSCRIPT = re.compile(f"[{_RAISED}{_LOWERED}]")
_QUOTED_END = re.compile(r"""=\s*(?:"[^"<>]*>|'[^'<>]*>)""")
_QUOTED_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*>""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Invisible characters that split words: controls, and characters that only affect layout.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
# Soft hyphens are removed; controls 80 to 9F are read as Windows-1252, as HTML does (&#146;, HTML 13.2.5.80) and XML
# does not.
_CONTROL_REPLACEMENTS = {0xAD: "", **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}}
_PRINTABLE = bytes(range(0x20, 0x7F))

_SIMPLE_TAGS = frozenset(
    {"p", "b", "i", "em", "strong", "u", "blockquote", "ul", "ol", "li", "div", "span", "h2", "h3"}
)
_VOID = {"br": "<br>", "hr": "<hr>", "img": ""}
_REL = "noopener noreferrer nofollow"
_LINK = re.compile(r"""a(?:\s+[a-z-]+="[^"<>]*")*?\s+href="(https?://[^"<>\s]+)"(?:\s+[a-z-]+="[^"<>]*")*\s*""")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
_END_TAG_OPTIONAL_NAMES = (
    "p li td tr th dt dd option br img hr input meta link source wbr col area base embed param track tbody"
)
_END_TAG_OPTIONAL = frozenset(_END_TAG_OPTIONAL_NAMES.split())
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HTTP = ("http://", "https://")


def to_text(html: str) -> str:
    """Return the text that a reader sees: no markup, character references resolved, block elements as line feeds."""
    if "<" not in html:
        return _tidy(resolved(html)) if "&" in html else _tidy(html)
    text = html[:LONGEST]
    printable = _is_printable(text)
    if not printable:
        text = " ".join(text.split())
        printable = text.isprintable()
    text = _strip_simple_tags(text) or _strip_tags(text)
    if "&" in text:
        text, printable = resolved(text), False
    if _RAISED in text or _LOWERED in text:
        text = _SUPERSCRIPT.sub("", _FOOTNOTE.sub(" ", text))
    return _tidy_printable(text) if printable else _tidy(text)


def _strip_simple_tags(text: str) -> str:
    """Remove the tags if all of them are simple, as in nearly all texts; return an empty text if one is not."""
    parts = TAG.split(text)
    for at in range(1, len(parts), 2):
        tag = parts[at]
        replacement = _REPLACEMENTS[tag] if tag in _REPLACEMENTS else _replacement_of_simple(tag)
        if replacement is None:
            return ""
        parts[at] = replacement
    stripped = "".join(parts)
    return "" if "<" in stripped else stripped


def _strip_tags(text: str) -> str:
    """Remove any tags: also comments, elements that are not displayed, and tags with `>` inside quotes."""
    text = _without_hidden(_without_comments(escape_non_tags(text)))
    if "=" in text and _QUOTED_END.search(text):
        text = _QUOTED_TAG.sub(_bare_tag, text)
    parts = TAG.split(text)
    parts[1::2] = [_replacement(tag[:24]) for tag in parts[1::2]]
    text = "".join(parts)
    return _TRUNCATED_TAG.sub("", text) if "<" in text else text


def _replacement_of_simple(tag: str) -> str | None:
    """Return what replaces a tag; None if it is incomplete or affects more than itself (comment, hidden, sup)."""
    if _QUOTED_END.search(f"{tag}>") if "=" in tag else " " in tag and not is_tag(tag):
        return None
    return (
        None if tag[0] in "!?" or _HIDDEN_OPEN.match(f"<{tag[:24]}>") or _SUP.match(tag) else replacement_of(tag[:24])
    )


def _is_printable(text: str) -> bool:
    # Testing bytes is four times as fast as testing characters.
    return not text.encode().translate(None, _PRINTABLE) if text.isascii() else text.isprintable()


def plain(text: str) -> str:
    """Clean plain text: single spaces, no empty lines, nothing invisible; other line feeds stay."""
    return _tidy(text)


def safe_html(html: str, base_url: str = "") -> str:
    """Return a fragment that is safe to display: allowed tags only, absolute http(s) links, nothing that loads."""
    html = html[:LONGEST]
    if "<" not in html:
        return _escape_text(html)
    simple = _rewrite_simple(html)
    if simple is not None:
        return simple
    html = escape_non_tags(html)
    if nested_deeper(html, DEEPEST):
        return escape(to_text(html), quote=False).replace("\n", "<br>")
    return _cleaner(base_url).clean(_CONTROL.sub("", html)).strip()


def nested_deeper(html: str, limit: int) -> bool:
    """Tell whether elements are nested more than `limit` deep, for which parsers take quadratic time."""
    if html.count("<") <= limit:
        return False
    depth = 0
    for closing, name in _ANY_TAG.findall(html):
        if name.lower() in _END_TAG_OPTIONAL:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > limit:
            return True
    return False


def _replacement(tag: str) -> str:
    """Return what replaces any tag."""
    if _SUP.match(tag):
        return _LOWERED if tag[0] == "/" else _RAISED
    return replacement_of(tag) or ""


def _bare_tag(match: re.Match[str]) -> str:
    name = _NAME.match(match[0], 1)
    return f"<{name[0]}>" if name else ""


def _without_comments(text: str) -> str:
    start = text.find("<!--")
    if start < 0:
        return text
    parts, position = [], 0
    while start >= 0:
        parts.append(text[position:start])
        end = text.find("-->", start + 4)
        if end < 0:
            # Unclosed: skip to the end of the next tag, which is the earliest that a browser may do.
            end = text.find(">", start + 4)
            position = len(text) if end < 0 else end + 1
        else:
            position = end + 3
        start = text.find("<!--", position)
    return "".join([*parts, text[position:]])


def _without_hidden(text: str) -> str:
    match = _HIDDEN_OPEN.search(text)
    if not match:
        return text
    parts, position, unclosed = [], 0, set()
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while match:
        parts.append(text[position : match.start()])
        name = match[1].lower()
        end = -1 if name in unclosed else lowered.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
        close = text.find(">", end if end >= 0 else match.end())
        position = close + 1 if close >= 0 else len(text)
        match = _HIDDEN_OPEN.search(text, position)
    return "".join([*parts, text[position:]])


def resolved(text: str) -> str:
    """Resolve the character references in a text, also those that were escaped twice."""
    text = unescape(text)
    # Escaped twice (`&amp;quot;`): a frequent fault of feeds, and `&quot;` is never meant to be shown.
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def _tidy(text: str) -> str:
    if "\n" not in text:
        return _line(text)
    return "\n".join([line for line in map(_line, text.split("\n")) if line])


def _tidy_printable(text: str) -> str:
    """Do the same as `_tidy` for a text that is known to be printable but for line feeds, without testing it again."""
    lines = [line.strip(" ") for line in text.split("\n")]
    if "  " in text:
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join([line for line in lines if line])


def _line(line: str) -> str:
    if line.isprintable():
        return " ".join(line.split()) if "  " in line else line.strip(" ")
    return " ".join(_CONTROL.sub("", line.translate(_CONTROL_REPLACEMENTS)).split())


def _escape_text(text: str) -> str:
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if "&" in text:
        text = _BARE_AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;").strip()


def _rewrite_simple(html: str) -> str | None:
    """Return the safe fragment of well-formed HTML with simple tags, as nearly all is; None for any other.

    Safe by construction: the result has text without angle brackets, tags that we write ourselves without attributes,
    and links whose address has no quotation mark.
    """
    parts = TAG.split(html)
    open_elements: list[str] = []
    for at in range(1, len(parts), 2):
        tag = _rewrite_tag(parts[at], open_elements)
        if tag is None:
            return None
        parts[at] = tag
    text = "".join(parts[::2])
    if open_elements or "<" in text or ">" in text:
        return None
    safe = "".join(parts)
    if not safe.isprintable():
        safe = _CONTROL.sub("", safe)
    return (_BARE_AMPERSAND.sub("&amp;", safe) if "&" in safe else safe).strip()


def _rewrite_tag(tag: str, open_elements: list[str]) -> str | None:
    """Return a tag as we write it, updating the stack of open elements; None if a real parser is needed."""
    name = tag if tag.isalpha() else _name_of(tag[:16])
    if len(tag) > len(name) + 2 and "=" not in tag and not is_tag(tag):
        return None
    if tag[0] == "/":
        return f"</{name}>" if open_elements and open_elements.pop() == name else None
    if name in _VOID:
        return _VOID[name]
    if name in _SIMPLE_TAGS:
        open_elements.append(name)
        return f"<{name}>"
    link = _LINK.fullmatch(tag) if name == "a" else None
    if link is None:
        return None
    open_elements.append(name)
    return f'<a href="{link[1]}" rel="{_REL}">'


@lru_cache(maxsize=1024)
def _name_of(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""


@lru_cache(maxsize=8)
def _cleaner(base_url: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=set(_HIDDEN) - {"head", "select", "textarea"} | {"title"},
        attributes={"a": {"href"}},
        attribute_filter=_absolute(base_url),
        link_rel=_REL,
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
