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

from monitor.text.elements import TAG, gap_of, is_tag, shielded

LONGEST = 200_000
DEEPEST = 100

_HIDDEN = ("script", "style", "iframe", "noscript", "template", "svg", "head", "select", "textarea")
# Looking at the first letter before trying the names takes a fifth of the time.
_HIDDEN_OPEN = re.compile(rf"<(?=[{''.join({name[0] for name in _HIDDEN})}])({'|'.join(_HIDDEN)})(?=[\s/>])", re.I)
_SUP = re.compile(r"/?sup(?=[\s/]|\Z)", re.I)
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
# The tags met most, looked up without a call.
_GAPS = {"p": "\n", "/p": "\n", "br": "\n", "br/": "\n", "br /": "\n", "b": "", "/b": "", "/a": ""}
# A tag cut off at the end (feeds cut summaries by characters) is no text either.
_TAIL = re.compile(r"</?[A-Za-z][^<>]*\Z|<!--?\Z")
# Where <sup> and </sup> stood, by noncharacters: a footnote's mark is no part of the word before it, while m2, 21st,
# Mme and XIXe are one word each. A word has at least three letters and is no Roman numeral.
_RAISED, _LOWERED = "\ufdd0", "\ufdd1"
_FOOTNOTE = re.compile(f"(?<=[^\\W\\d_]{{3}})(?<![IVXLC]{{3}}){_RAISED}|{_LOWERED}(?=[^\\W\\d_]{{3}})")
_SUPERSCRIPT = re.compile(f"[{_RAISED}{_LOWERED}]")
_QUOTED_END = re.compile(r"""=\s*(?:"[^"<>]*>|'[^'<>]*>)""")
_QUOTED_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*>""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What is invisible and splits words: control characters, and marks that only steer layout.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
# Soft hyphens go; of controls 80 to 9F, HTML makes letters of Windows-1252 (&#146;, HTML 13.2.5.80) and XML does not.
_UNSEEN = {0xAD: "", **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}}
_PRINTABLE = bytes(range(0x20, 0x7F))

_SIMPLE = frozenset({"p", "b", "i", "em", "strong", "u", "blockquote", "ul", "ol", "li", "div", "span", "h2", "h3"})
_VOID = {"br": "<br>", "hr": "<hr>", "img": ""}
_REL = "noopener noreferrer nofollow"
_LINK = re.compile(r"""a(?:\s+[a-z-]+="[^"<>]*")*?\s+href="(https?://[^"<>\s]+)"(?:\s+[a-z-]+="[^"<>]*")*\s*""")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q"),
    *("s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
_CLOSED_NAMES = "p li td tr th dt dd option br img hr input meta link source wbr col area base embed param track tbody"
_CLOSED_BY_ITSELF = frozenset(_CLOSED_NAMES.split())
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_HTTP = ("http://", "https://")


def to_text(html: str) -> str:
    """What a reader sees of a fragment: no markup, entities resolved, block elements as line breaks."""
    if "<" not in html:
        return _tidy(resolved(html)) if "&" in html else _tidy(html)
    text = html[:LONGEST]
    printable = _is_printable(text)
    if not printable:
        text = " ".join(text.split())
        printable = text.isprintable()
    text = _quickly_stripped(text) or _stripped(text)
    if "&" in text:
        text, printable = resolved(text), False
    if _RAISED in text or _LOWERED in text:
        text = _SUPERSCRIPT.sub("", _FOOTNOTE.sub(" ", text))
    return _tidy_printable(text) if printable else _tidy(text)


def _quickly_stripped(text: str) -> str:
    """The text without its tags where all of them are simple, which nearly all are; nothing where one is not."""
    pieces = TAG.split(text)
    for place in range(1, len(pieces), 2):
        tag = pieces[place]
        gap = _GAPS[tag] if tag in _GAPS else _gap_of_simple(tag)
        if gap is None:
            return ""
        pieces[place] = gap
    stripped = "".join(pieces)
    return "" if "<" in stripped else stripped


def _stripped(text: str) -> str:
    """The text without its tags, whatever they are: comments, elements that are not shown, `>` within quotes."""
    text = _without_hidden(_without_comments(shielded(text)))
    if "=" in text and _QUOTED_END.search(text):
        text = _QUOTED_TAG.sub(_bare_tag, text)
    pieces = TAG.split(text)
    pieces[1::2] = [_gap(tag[:24]) for tag in pieces[1::2]]
    text = "".join(pieces)
    return _TAIL.sub("", text) if "<" in text else text


def _gap_of_simple(tag: str) -> str | None:
    """What stands in the text where this tag stood; None for a tag that is not all, or not about itself alone."""
    if _QUOTED_END.search(f"{tag}>") if "=" in tag else " " in tag and not is_tag(tag):
        return None
    return None if tag[0] in "!?" or _HIDDEN_OPEN.match(f"<{tag[:24]}>") or _SUP.match(tag) else gap_of(tag[:24])


def _is_printable(text: str) -> bool:
    # Bytes are looked up four times as fast as characters.
    return not text.encode().translate(None, _PRINTABLE) if text.isascii() else text.isprintable()


def plain(text: str) -> str:
    """Text that is no markup, made fit to keep: one space for many, paragraph breaks kept, nothing invisible."""
    return _tidy(text)


def safe_html(html: str, base_url: str = "") -> str:
    """A fragment that can be shown: allowed tags only, links absolute and http(s), nothing that loads by itself."""
    html = html[:LONGEST]
    if "<" not in html:
        return _escaped_text(html)
    simple = _simply_safe(html)
    if simple is not None:
        return simple
    html = shielded(html)
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


def _gap(tag: str) -> str:
    """What stands in the text where this tag stood, whatever it is."""
    if _SUP.match(tag):
        return _LOWERED if tag[0] == "/" else _RAISED
    return gap_of(tag) or ""


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


def resolved(text: str) -> str:
    """The text with its references to characters resolved, those that were escaped twice, too."""
    text = unescape(text)
    # Escaped once too often (`&amp;quot;`): a frequent fault of feeds, and no reader wants to see `&quot;`.
    return unescape(text) if "&" in text and _ENTITY.search(text) else text


def _tidy(text: str) -> str:
    if "\n" not in text:
        return _line(text)
    return "\n".join([line for line in map(_line, text.split("\n")) if line])


def _tidy_printable(text: str) -> str:
    """The same for a text in which all but the line breaks is known to be printable: nothing is looked at twice."""
    lines = [line.strip(" ") for line in text.split("\n")]
    if "  " in text:
        lines = [" ".join(line.split()) for line in lines]
    return "\n".join([line for line in lines if line])


def _line(line: str) -> str:
    if line.isprintable():
        return " ".join(line.split()) if "  " in line else line.strip(" ")
    return " ".join(_CONTROL.sub("", line.translate(_UNSEEN)).split())


def _escaped_text(text: str) -> str:
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if "&" in text:
        text = _BARE_AMPERSAND.sub("&amp;", text)
    return text.replace(">", "&gt;").strip()


def _simply_safe(html: str) -> str | None:
    """The safe fragment of what is well-formed and plain, which nearly all is; None for the rest.

    Safe by construction: what comes out is text without angle brackets, tags that we write ourselves without
    attributes, and links whose address holds no quote.
    """
    pieces = TAG.split(html)
    stack: list[str] = []
    for place in range(1, len(pieces), 2):
        written = _rewritten(pieces[place], stack)
        if written is None:
            return None
        pieces[place] = written
    text = "".join(pieces[::2])
    if stack or "<" in text or ">" in text:
        return None
    safe = "".join(pieces)
    if not safe.isprintable():
        safe = _CONTROL.sub("", safe)
    return (_BARE_AMPERSAND.sub("&amp;", safe) if "&" in safe else safe).strip()


def _rewritten(tag: str, stack: list[str]) -> str | None:
    """A tag as we write it, the open elements kept in `stack`; None where a real parser has to look."""
    name = tag if tag.isalpha() else _name_of(tag[:16])
    if len(tag) > len(name) + 2 and "=" not in tag and not is_tag(tag):
        return None
    if tag[0] == "/":
        return f"</{name}>" if stack and stack.pop() == name else None
    if name in _VOID:
        return _VOID[name]
    if name in _SIMPLE:
        stack.append(name)
        return f"<{name}>"
    link = _LINK.fullmatch(tag) if name == "a" else None
    if link is None:
        return None
    stack.append(name)
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
