"""Convert untrusted HTML to plain text for matching.

It takes time linear in the length: tags are removed by patterns that cannot backtrack.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from monitor.text.elements import TAG, escape_non_tags, is_tag, replacement_of

LONGEST = 200_000
"""Characters of HTML that are read."""

_HIDDEN = ("script", "style", "iframe", "noscript", "template", "svg", "head", "select", "textarea")
# Testing the first letter before the names takes a fifth of the time.
_HIDDEN_OPEN = re.compile(rf"<(?=[{''.join({name[0] for name in _HIDDEN})}])({'|'.join(_HIDDEN)})(?=[\s/>])", re.I)
_SUP = re.compile(r"/?sup(?=[\s/]|\Z)", re.I)
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
# The most frequent tags, looked up without a function call.
_FREQUENT_NAMES = "p br b strong i em a div span ul li h2 h3 blockquote figure figcaption"
_FREQUENT = [tag for name in _FREQUENT_NAMES.split() for tag in (name, f"/{name}", f"{name}/", f"{name} /")]
_REPLACEMENTS = {tag: replacement_of(tag) or "" for tag in _FREQUENT}
# A tag that is truncated at the end, since feeds cut summaries by characters, is not text either.
_TRUNCATED_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z|<!--?\Z")
# Noncharacters stand for <sup> and </sup>: a footnote's mark is not part of the word before it, which has at least
# three letters and is not a Roman numeral, while m2, 21st, Mme and XIXe are one word each.
_RAISED, _LOWERED = "\ufdd0", "\ufdd1"
_FOOTNOTE = re.compile(f"(?<=[^\\W\\d_]{{3}})(?<![IVXLC]{{3}}){_RAISED}|{_LOWERED}(?=[^\\W\\d_]{{3}})")
_SUPERSCRIPT = re.compile(f"[{_RAISED}{_LOWERED}]")
_QUOTED_END = re.compile(r"""=\s*(?:"[^"<>]*>|'[^'<>]*>)""")
_QUOTED_TAG = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*>""")
# What `html.unescape` takes for a reference: names may lack their semicolon, and may be none.
_REFERENCE = re.compile(r"(&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?))")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Invisible characters that split words: controls, and characters that only affect layout.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f\u2060\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
# Soft hyphens are removed; controls 80 to 9F are read as Windows-1252, as HTML does (&#146;, HTML 13.2.5.80) and XML
# does not.
_CONTROL_REPLACEMENTS = {0xAD: "", **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}}
_PRINTABLE = b"\n" + bytes(range(0x20, 0x7F))

_END_TAG_OPTIONAL_NAMES = (
    "p li td tr th dt dd option br img hr input meta link source wbr col area base embed param track tbody"
)
_END_TAG_OPTIONAL = frozenset(_END_TAG_OPTIONAL_NAMES.split())
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")


def to_text(html: str) -> str:
    """Return the text that a reader sees: no markup, character references resolved, block elements as line feeds."""
    if "<" not in html:
        return plain(resolved(html)) if "&" in html else plain(html)
    text = html[:LONGEST].replace("\n", " ")
    # The most frequent white space that is no plain space; `plain` sees to any other, and to several in a row.
    for blank in "\t\r\u00a0":
        if blank in text:
            text = text.replace(blank, " ")
    text = _strip_simple_tags(text) or _strip_tags(text)
    if "&" in text:
        text = resolved(text)
    if _RAISED in text or _LOWERED in text:
        text = _SUPERSCRIPT.sub("", _FOOTNOTE.sub(" ", text))
    return plain(text)


def _strip_simple_tags(text: str) -> str:
    """Remove the tags if all of them are simple, as in nearly all texts; return an empty text if one is not."""
    first, *pieces = text.split("<")
    parts = [first]
    for piece in pieces:
        tag, closed, words = piece.partition(">")
        replacement = _REPLACEMENTS[tag] if tag in _REPLACEMENTS else _replacement_of_simple(tag)
        if replacement == "<" or not closed:
            return ""
        parts += (replacement, words)
    return "".join(parts)


def _strip_tags(text: str) -> str:
    """Remove any tags: also comments, elements that are not displayed, and tags with `>` inside quotes."""
    text = _without_hidden(_without_comments(escape_non_tags(text)))
    if "=" in text and _QUOTED_END.search(text):
        text = _QUOTED_TAG.sub(_bare_tag, text)
    parts = TAG.split(text)
    parts[1::2] = [_replacement_of_any(tag[:24]) for tag in parts[1::2]]
    text = "".join(parts)
    return _TRUNCATED_TAG.sub("", text) if "<" in text else text


def _replacement_of_simple(tag: str) -> str:
    """Return what replaces a tag; `<` if it is incomplete or affects more than itself (comment, hidden, sup)."""
    if _ends_in_quotation(tag) if "=" in tag else " " in tag and not is_tag(tag):
        return "<"
    return _replacement_by_name(tag[:24])


def _ends_in_quotation(tag: str) -> bool:
    """Tell whether a tag with attributes ends inside the quotation marks of a value, which holds a `>` then."""
    # Nearly all end in the mark behind a value, which takes a third of the time of a search to see.
    ending = tag.rstrip("/ ")[-2:]
    is_closed = ending[-1:] == '"' and ending[0].isalnum() and "'" not in tag
    return not is_closed and _QUOTED_END.search(f"{tag}>") is not None


@lru_cache(maxsize=2048)
def _replacement_by_name(tag: str) -> str:
    """Return what replaces a tag by its first 24 characters; `<` if it affects more than itself, or is none."""
    affects_more = tag[:1] in ("", "!", "?") or _HIDDEN_OPEN.match(f"<{tag}>") or _SUP.match(tag)
    replacement = None if affects_more else replacement_of(tag)
    return "<" if replacement is None else replacement


def _is_printable(text: str) -> bool:
    """Tell whether a text is printable but for line feeds, four times as fast for ASCII, where bytes are tested."""
    return not text.encode().translate(None, _PRINTABLE) if text.isascii() else text.replace("\n", " ").isprintable()


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


def _replacement_of_any(tag: str) -> str:
    """Return what replaces a tag, or the word in angle brackets that is none."""
    if _SUP.match(tag):
        return _LOWERED if tag[0] == "/" else _RAISED
    return replacement_of(tag) or ""


def _bare_tag(match: re.Match[str]) -> str:
    """Return a tag without its attributes, whose values may hold a `>`."""
    name = _NAME.match(match[0], 1)
    return f"<{name[0]}>" if name else ""


def _without_comments(text: str) -> str:
    """Remove comments; an unclosed one ends with the next tag."""
    start = text.find("<!--")
    if start < 0:
        return text
    parts, position = [], 0
    while start >= 0:
        parts.append(text[position:start])
        end = text.find("-->", start + 4)
        if end < 0:
            # The earliest end that a browser may assume.
            end = text.find(">", start + 4)
            position = len(text) if end < 0 else end + 1
        else:
            position = end + 3
        start = text.find("<!--", position)
    return "".join([*parts, text[position:]])


def _without_hidden(text: str) -> str:
    """Remove elements that browsers do not display, with all that is inside them."""
    match = _HIDDEN_OPEN.search(text)
    if not match:
        return text
    parts, position, unclosed = [], 0, set()
    # İ becomes two characters in lower case, after which no position would agree.
    lowered = text.lower() if len(text.lower()) == len(text) else text
    while match:
        parts.append(text[position : match.start()])
        name = match[1].lower()
        # An end that is missing once is missing for all that follow: searched again, it would take quadratic time.
        end = -1 if name in unclosed else lowered.find(f"</{name}", match.end())
        if end < 0:
            unclosed.add(name)
        close = text.find(">", end if end >= 0 else match.end())
        position = close + 1 if close >= 0 else len(text)
        match = _HIDDEN_OPEN.search(text, position)
    return "".join([*parts, text[position:]])


def resolved(text: str) -> str:
    """Resolve the character references in a text, also those that were escaped twice."""
    text = _resolved_once(text)
    # Escaped twice (`&amp;quot;`): a frequent fault of feeds, and `&quot;` is never meant to be shown.
    return _resolved_once(text) if "&" in text and _ENTITY.search(text) else text


def _resolved_once(text: str) -> str:
    """Resolve each reference as HTML does, in half the time of `unescape`, since few different ones recur."""
    parts = _REFERENCE.split(text)
    parts[1::2] = map(_character_of, parts[1::2])
    return "".join(parts)


_character_of = lru_cache(maxsize=1024)(unescape)


def plain(text: str) -> str:
    """Clean plain text: single spaces, no empty lines, nothing invisible; other line feeds stay."""
    if "\u00a0" in text:
        # By far the most frequent of all that is not printable, and a space as any other.
        text = text.replace("\u00a0", " ")
    if "\n" not in text:
        return _line(text)
    if _is_printable(text):
        stripped = [line.strip(" ") for line in _with_single_spaces(text).split("\n")]
    else:
        stripped = list(map(_line, text.split("\n")))
    return "\n".join([line for line in stripped if line])


def _line(line: str) -> str:
    if line.isprintable():
        return _with_single_spaces(line).strip(" ")
    return " ".join(_CONTROL.sub("", line.translate(_CONTROL_REPLACEMENTS)).split())


def _with_single_spaces(text: str) -> str:
    """Make several spaces in a row one, in a tenth of the time of splitting into words; each round halves the rows."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text
