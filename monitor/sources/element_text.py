"""Elements of a feed in; their words, markup, people and files as plain values out."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from lxml import etree

from monitor.model import Enclosure
from monitor.sources.element_names import ElementNames
from monitor.sources.links import absolute
from monitor.text import plain, resolved, to_text

Element = Any
Fields = dict[str, list[Element]]

LONGEST = 200_000
LONGEST_TITLE = 1_000
_LONGEST_WORD = 300
_MOST = 50
_RAW_TITLE = 20_000
_MAIL_NAME = re.compile(r"\S+@\S+\s*\((.+)\)\s*\Z")
_NAME_MAIL = re.compile(r"(.+?)\s*[<(]\S+@\S+[>)]\s*\Z")
_LENGTH = re.compile(r"\d{1,15}\Z")
_AUTHORS = ("author", "dc:creator", "itunes:author", "news:author", "yandex:author", "managingeditor", "x:author")
_KEYWORDS = ("dc:subject", "itunes:keywords", "media:keywords", "news:keywords", "keywords", "itunes:category")
_CUTS = re.compile(r"\s*[,;]\s*")
# CDATA that was escaped once more, with or without its end.
_ESCAPED_CDATA = re.compile(r"(?:<|&lt;)!\[CDATA\[(.*?)(?:\]\](?:>|&gt;)|\Z)", re.DOTALL)
# What only HTML holds: an element that is closed, or one that needs no end.
_HTML = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img|p|a\s+href)\b[^<>]*>", re.I)


def fields_of(element: Element, keys: ElementNames) -> Fields:
    """The children of an element by key, in order."""
    fields: Fields = {}
    for child in element:
        tag = child.tag
        if tag.__class__ is str:
            key = keys[tag]
            if key in fields:
                fields[key].append(child)
            else:
                fields[key] = [child]
    return fields


def unwrapped(text: str) -> str:
    """A text without CDATA marks that were escaped and so became words of it.

    Who reads many texts asks for their `[` first, which is found thirty times as fast as anything longer.
    """
    return _ESCAPED_CDATA.sub(r"\1", text) if "![CDATA[" in text else text


def markup_of(element: Element) -> tuple[str, bool]:
    """What an element says, and whether that may be markup: inline children, escaped HTML, base64 or plain text."""
    if len(element):
        return _inner(element), True
    text = element.text or ""
    if "[" in text:
        text = unwrapped(text)
    kind = element.get("type")
    if kind is None and element.get("mode") is None:
        # Atom says that this is plain text (RFC 4287, 3.1.1), which not all who write HTML there know.
        return (
            (text, True) if "<" not in text or not _is_atom(element) or _HTML.search(text) else (resolved(text), False)
        )
    kind = (kind or "").lower()
    if element.get("mode") == "base64" or ("/" in kind and not kind.startswith("text/") and "xml" not in kind):
        return _from_base64(text), True
    # Nobody means &#1055; by &#1055;, whatever the type says.
    return (resolved(text), False) if kind in ("text", "text/plain") else (text, True)


def words_of(element: Element) -> str:
    """The plain words of an element, at most a title's length of them."""
    text, is_markup = markup_of(element)
    text = text[:_RAW_TITLE]
    return shortened(to_text(text) if is_markup else plain(text))


def shortened(text: str) -> str:
    """A text as one line, cut at a word when it is longer than any title."""
    if "\n" in text:
        text = text.replace("\n", " ")
    if len(text) <= LONGEST_TITLE:
        return text
    cut = text[:LONGEST_TITLE]
    return (cut.rpartition(" ")[0] or cut) + "…"


def raw_of(elements: Iterable[Element] | None) -> str:
    """The first text that stands in any of these elements, as it stands there."""
    for element in elements or ():
        text: str = (element.text or "").strip()
        if "[" in text:
            text = unwrapped(text).strip()
        if text:
            return text
    return ""


def first_words(fields: Fields, keys: Iterable[str]) -> str:
    """The first words under any of the keys, in the keys' order."""
    for key in keys:
        if key in fields:
            for element in fields[key]:
                words = words_of(element)
                if words:
                    return words
    return ""


def authors_of(fields: Fields) -> tuple[str, ...]:
    """Names of who wrote it, without their addresses."""
    return distinct([_person(element) for key in _AUTHORS if key in fields for element in fields[key][:_MOST]])


def tags_of(fields: Fields) -> tuple[str, ...]:
    """The words an outlet files it under."""
    categories = fields["category"][:_MOST] if "category" in fields else ()
    stated = [element.get("label") or element.get("term") or element.text or "" for element in categories]
    tags = [_label(tag[:_LONGEST_WORD]) for tag in stated]
    for key in _KEYWORDS:
        if key in fields:
            for element in fields[key][:_MOST]:
                tags += _CUTS.split(to_text((element.text or element.get("text") or "")[: _LONGEST_WORD * 10]))
    return distinct(tags)


def enclosures_of(fields: Fields, base: str) -> tuple[Enclosure, ...]:
    """The files that an entry carries, each address once."""
    files = _files(fields)
    if not files:
        return ()
    found: dict[str, Enclosure] = {}
    for element in files:
        address = absolute(element.get("url") or element.get("href") or "", base)
        if address and address not in found:
            kind = (element.get("type") or element.get("medium") or "")[:100]
            length = (element.get("length") or element.get("fileSize") or "").strip()
            found[address] = Enclosure(address, kind, int(length) if _LENGTH.match(length) else None)
    return tuple(found.values())


def distinct(words: list[str]) -> tuple[str, ...]:
    """The words in their order, each once, without empty ones and none too long."""
    if not words:
        return ()
    kept = dict.fromkeys(word.strip()[:_LONGEST_WORD] for word in words[:200] if word)
    return tuple(word for word in kept if word)


def _files(fields: Fields) -> list[Element]:
    files = list(fields["enclosure"][:_MOST]) if "enclosure" in fields else []
    if len(fields.get("link", ())) > 1:
        files += [link for link in fields["link"][:_MOST] if link.get("rel") == "enclosure"]
    if "media:content" in fields:
        files += fields["media:content"][:_MOST]
    for group in fields.get("media:group", ())[:_MOST]:
        files += [child for child in group if child.get("url") and str(child.tag).endswith("}content")]
    return files


@lru_cache(maxsize=2048)
def _label(text: str) -> str:
    """A short text without its markup; an outlet's sections and writers are the same few from entry to entry."""
    return to_text(unwrapped(text))


def _person(element: Element) -> str:
    parts = {str(child.tag).rpartition("}")[2].lower(): child.text or "" for child in element}
    text = (parts.get("name") or parts.get("email") or parts.get("uri") or "") if parts else element.text or ""
    name = _label(text[: _LONGEST_WORD * 4])
    for pattern in (_MAIL_NAME, _NAME_MAIL):
        if "@" in name and (match := pattern.match(name)):
            return match[1].strip()
    return name


def _inner(element: Element) -> str:
    whole: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return whole[whole.find(">") + 1 : whole.rfind("</")]


def _is_atom(element: Element) -> bool:
    return "atom" in element.tag.partition("}")[0].lower()


def _from_base64(text: str) -> str:
    try:
        return b64decode("".join(text.split()), validate=True).decode()
    except UnicodeDecodeError:
        return ""
    except ValueError:
        return text
