"""Read text, markup, authors, tags and the address of the enclosure from the elements of a feed."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from monitor.sources.element_names import Element, ElementNames
from monitor.sources.links import absolute
from monitor.text import plain, resolved, to_text
from monitor.text.shortening import shorten_at_word

Fields = dict[str, list[Element]]
"""The children of an element by key, in order."""

LONGEST = 200_000
"""Characters of a text that are read."""
LONGEST_TITLE = 1_000
"""Characters of a title that are kept."""
_LONGEST_LABEL = 300  # characters of a tag or a name
_MOST = 50  # elements of one kind that are read
_RAW_TITLE = 20_000  # characters of a title's markup that are read
_MAIL_NAME = re.compile(r"\S+@\S+\s*\((.+)\)\s*\Z")
_NAME_MAIL = re.compile(r"(.+?)\s*[<(]\S+@\S+[>)]\s*\Z")
_AUTHORS = ("author", "dc:creator", "itunes:author", "news:author", "yandex:author", "managingeditor", "x:author")
_KEYWORDS = ("dc:subject", "itunes:keywords", "media:keywords", "news:keywords", "keywords", "itunes:category")
_SEPARATORS = re.compile(r"\s*[,;]\s*")
# A CDATA section that was escaped and so became text, with or without its end.
_ESCAPED_CDATA = re.compile(r"(?:<|&lt;)!\[CDATA\[(.*?)(?:\]\](?:>|&gt;)|\Z)", re.DOTALL)
# Found in HTML only: an end tag, or an element that needs none.
_HTML = re.compile(r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img|p|a\s+href)\b[^<>]*>", re.I)


def fields_of(element: Element, keys: ElementNames) -> Fields:
    """Return the children of an element by key, in order."""
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


def without_cdata_marks(text: str) -> str:
    """Remove CDATA marks that were escaped and so became part of the text.

    Callers with many texts test for `[` first, which is found thirty times as fast as anything longer.
    """
    return _ESCAPED_CDATA.sub(r"\1", text) if "![CDATA[" in text else text


def markup_of(element: Element) -> tuple[str, bool]:
    """Return an element's content (inline children, escaped HTML, base64 or plain text) and whether it is markup."""
    if len(element):
        whole: str = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        return whole[whole.find(">") + 1 : whole.rfind("</")], True
    text = element.text or ""
    if "[" in text:
        text = without_cdata_marks(text)
    kind, mode = element.get("type"), element.get("mode")  # `mode` is of Atom 0.3
    if kind is None and mode is None:
        # Without a type, Atom's content is plain text (RFC 4287, 3.1.1), but some feeds have HTML there.
        is_plain = "<" in text and "atom" in element.tag.partition("}")[0].lower() and not _HTML.search(text)
        return (resolved(text), False) if is_plain else (text, True)
    kind = (kind or "").lower()
    # Content of any other media type is base64 (RFC 4287, 4.1.3.3).
    if mode == "base64" or ("/" in kind and not kind.startswith("text/") and "xml" not in kind):
        try:
            return b64decode("".join(text.split()), validate=True).decode(), True
        except UnicodeDecodeError:
            return "", True  # a picture or another file
        except ValueError:
            return text, True
    # A character reference in a text of type `text` would stand for itself, but is never meant so: resolved anyway.
    return (resolved(text), False) if kind in ("text", "text/plain") else (text, True)


def line_of(element: Element) -> str:
    """Return the plain text of an element in one line, of at most a title's length."""
    text, is_markup = markup_of(element)
    text = text[:_RAW_TITLE]
    return shortened(to_text(text) if is_markup else plain(text))


def shortened(text: str) -> str:
    """Return a text as one line, cut at a word where it is longer than any title."""
    return shorten_at_word(text.replace("\n", " "), LONGEST_TITLE)


def first_text(elements: Iterable[Element] | None) -> str:
    """Return the first text in any of these elements, stripped but otherwise unchanged."""
    for element in elements or ():
        text: str = (element.text or "").strip()
        if "[" in text:
            text = without_cdata_marks(text).strip()
        if text:
            return text
    return ""


def first_line(fields: Fields, keys: Iterable[str]) -> str:
    """Return the first nonempty line of text under any of the keys, in the keys' order."""
    for key in keys:
        if key in fields:
            for element in fields[key]:
                line = line_of(element)
                if line:
                    return line
    return ""


def authors_of(fields: Fields) -> tuple[str, ...]:
    """Return the names of the authors, without their mail addresses."""
    return distinct([_person(element) for key in _AUTHORS if key in fields for element in fields[key][:_MOST]])


def tags_of(fields: Fields) -> tuple[str, ...]:
    """Return the categories and keywords of an entry."""
    categories = fields["category"][:_MOST] if "category" in fields else ()
    stated = [element.get("label") or element.get("term") or element.text or "" for element in categories]
    tags = [_label(tag[:_LONGEST_LABEL]) for tag in stated]
    for key in _KEYWORDS:
        if key in fields:
            for element in fields[key][:_MOST]:
                tags += _keywords(element.text or element.get("text") or "")
    return distinct(tags)


def keyword_labels(text: str) -> tuple[str, ...]:
    """Return the keywords of a text that separates them by commas or semicolons."""
    return distinct(_keywords(text)) if text else ()


def _keywords(text: str) -> list[str]:
    return _SEPARATORS.split(to_text(text[: _LONGEST_LABEL * 10]))


def enclosure_address(fields: Fields, base: str) -> str:
    """Return the address of the first file of an entry that has one; empty if none has."""
    files = list(fields["enclosure"][:_MOST]) if "enclosure" in fields else []
    if len(fields.get("link", ())) > 1:
        files += [link for link in fields["link"][:_MOST] if link.get("rel") == "enclosure"]
    if "media:content" in fields:
        files += fields["media:content"][:_MOST]
    for group in fields.get("media:group", ())[:_MOST]:
        files += [child for child in group if child.get("url") and str(child.tag).endswith("}content")]
    addresses = (absolute(file.get("url") or file.get("href") or "", base) for file in files)
    return next(filter(None, addresses), "")


def distinct(labels: list[str]) -> tuple[str, ...]:
    """Return the first 200 labels in their order, each once, stripped and cut, without empty ones."""
    if not labels:
        return ()
    unique = dict.fromkeys([label.strip()[:_LONGEST_LABEL] for label in labels[:200]])
    unique.pop("", None)
    return tuple(unique)


@lru_cache(maxsize=2048)
def _label(text: str) -> str:
    """Remove the markup of a short text; cached, since an outlet's sections and authors repeat from entry to entry."""
    return to_text(without_cdata_marks(text))


def _person(element: Element) -> str:
    parts = {str(child.tag).rpartition("}")[2].lower(): child.text or "" for child in element}
    text = (parts.get("name") or parts.get("email") or parts.get("uri") or "") if parts else element.text or ""
    name = _label(text[: _LONGEST_LABEL * 4])
    for pattern in (_MAIL_NAME, _NAME_MAIL):
        if "@" in name and (match := pattern.match(name)):
            return match[1].strip()
    return name
