"""Repair damaged XML so that a strict parser is more likely to accept it; in linear time, without raising.

The repairs are our own, found on real feeds; entity names are those of HTML 5.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

# XML 1.0, section 2.2, lists the characters that a document may have.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
# The longest entity name of HTML has 31 letters, the largest code point 7 decimal or 6 hexadecimal digits.
_AMPERSAND = re.compile(r"&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?")
_NO_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)((?:[^<>\"']|\"[^\"<]{0,10000}\"|'[^'<]{0,10000}')*)>")
_BARE_LESS = re.compile(r"<(?!/?[A-Za-z_]|!\[CDATA\[|!--|[?]|!DOCTYPE)")
_UNQUOTED = re.compile(r"""(\s[\w.:-]+)\s*=\s*([^\s"'<>=]+)(?=[\s>]|\Z)""")
_FIELD = re.compile(
    r"<(title|description|summary|content|content:encoded|media:description|media:title|itunes:summary|link|guid"
    r"|author|dc:creator|category|(?:[\w-]+:)?full-?text|turbo:content|subtitle)((?:\s[^<>]*[^<>/])?)>",
)
# A link without its end tag, as in HTML.
_OPEN_LINK = re.compile(r"<link>\s*(https?://[^<>\s]+)\s*(?=<(?!/link))")
_XHTML = re.compile(r"type\s*=\s*['\"](?:xhtml|application/xhtml\+xml)")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(\[[^\]]*\]\s*)?>", re.I)


def repair_gently(text: str) -> str:
    """Repair gently: characters that XML forbids, bare ampersands, undeclared entities."""
    return outside_cdata(_NOT_XML.sub("", text), _resolve_entities)


def escape_ampersands(document: bytes) -> bytes:
    """Escape the ampersands that begin no reference of XML itself: the most frequent damage, at a tenth of the cost."""
    return _NO_REFERENCE.sub(b"&amp;", document)


def repair_strongly(text: str) -> str:
    """Repair strongly: also tag case, attribute quotes, bare `<`, unclosed CDATA, and markup inside text fields."""
    text = outside_cdata(_close_cdata(_NOT_XML.sub("", text)), _repair_tags)
    return outside_cdata(_wrap_fields(text), _resolve_entities)


def outside_cdata(text: str, change: Callable[[str], str]) -> str:
    """Return the text with everything changed but its CDATA sections; comments are dropped."""
    parts, position = [], 0
    while True:
        start = text.find("<!", position)
        while start >= 0 and not text.startswith(("<![CDATA[", "<!--"), start):
            start = text.find("<!", start + 2)
        if start < 0:
            break
        is_comment = text.startswith("<!--", start)
        end = text.find("-->" if is_comment else "]]>", start)
        if end < 0:
            break
        parts.append(change(text[position:start]))
        position = end + 3
        if not is_comment:
            parts.append(text[start:position])
    return "".join([*parts, change(text[position:])])


def _resolve_entities(text: str) -> str:
    return _AMPERSAND.sub(_entity, text) if "&" in text else text


def _entity(match: re.Match[str]) -> str:
    """Return what XML accepts for an ampersand or reference; references to characters that it forbids vanish."""
    name = match[1]
    if not name:
        return "&amp;"
    if name in _XML_OWN:
        return match[0]
    if name[0] != "#":
        return html5.get(f"{name};", f"&amp;{name};")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if 0x80 <= code < 0xA0:
        # These mean the characters of Windows-1252 (HTML standard, "numeric character reference end state").
        return bytes([code]).decode("cp1252", "ignore")
    is_allowed = code < 0x110000 and not _NOT_XML.match(chr(code))
    return f"&#{code};" if is_allowed else ""


def _repair_tags(text: str) -> str:
    # `]]>` must not occur in text (XML 1.0, section 2.4); CDATA sections are not passed here.
    text = _DOCTYPE.sub("", text).replace("]]>", "")
    text = _BARE_LESS.sub("&lt;", _MARKUP.sub(_repair_tag, text))
    return _OPEN_LINK.sub(r"<link>\1</link>", text)


def _repair_tag(match: re.Match[str]) -> str:
    slash, name, attributes = match.groups()
    if "=" in attributes:
        attributes = _UNQUOTED.sub(r'\1="\2"', attributes)
    return f"<{slash}{name.lower()}{'' if slash else attributes}>"


def _close_cdata(text: str) -> str:
    """Close a CDATA section that reaches into the next one, which means that its end is missing, with its element."""
    parts, position = [], 0
    start = text.find("<![CDATA[")
    end = 0
    while start >= 0:
        if 0 <= end < start:
            # Searched again only when passed: a hostile page may have any number of sections that share one end.
            end = text.find("]]>", start)
        following = text.find("<![CDATA[", start + 9)
        if end < 0 or 0 <= following < end:
            stop = text.find("</", start, following if following >= 0 else len(text))
            stop = _element_end(text, start, stop, following)
            parts.append(text[position:stop] + "]]>")
            position = stop
        if following < 0:
            break
        start = following
    return "".join([*parts, text[position:]])


def _element_end(text: str, start: int, first: int, following: int) -> int:
    """Return where the element that holds the section at `start` ends, before the next section starts."""
    opening = text.rfind("<", max(0, start - 200), start)
    name = re.match(r"<([\w:.-]+)", text[max(0, opening) : start])
    limit = following if following >= 0 else len(text)
    found = text.find(f"</{name[1]}", start, limit) if name else -1
    return found if found >= 0 else first if first >= 0 else limit


def _wrap_fields(text: str) -> str:
    """Put unescaped HTML in a text field into CDATA, so that its tags cannot break those of the feed."""
    parts, position = [], 0
    match = _FIELD.search(text)
    while match:
        following = _FIELD.search(text, match.end())
        end = text.find(f"</{match[1]}", match.end(), following.start() if following else len(text))
        inner = text[match.end() : end] if end >= 0 else ""
        if "<" in inner and "<![CDATA[" not in inner and not _XHTML.search(match[2]):
            parts += [text[position : match.end()], "<![CDATA[", inner, "]]>"]
            position = end
        match = following
    return "".join([*parts, text[position:]])
