"""The texts that an entry states in; its summary, its content and whatever else they say out, each word kept.

An entry may state as many texts as there are vocabularies. One is its summary and one its content; a line of any other
is added to the content where it says something that was not said yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from monitor.sources.element_names import ElementNames
from monitor.sources.element_text import LONGEST, Element, Fields, markup_of
from monitor.text import plain, safe_html, to_text

_SUMMARIES = (
    *("summary", "description", "dc:description", "itunes:summary", "media:description", "abstract"),
    *("dcterms:abstract", "x:description", "x:summary", "x:abstract"),
)
_CONTENTS = ("content:encoded", "content", "full-text", "turbo:content", "xhtml:body", "body")
_FURTHER = (
    *("subtitle", "itunes:subtitle", "media:text", "x:subtitle", "x:text", "x:content", "x:body"),
    *("media:title", "itunes:title", "dc:title", "x:title"),
)
_PLACES = {key: place for place, key in enumerate((*_SUMMARIES, *_CONTENTS, *_FURTHER))}
_CAPTIONS = frozenset({"media:title", "media:description", "media:text"})
_MOST = 50
_MOST_LINES = 500
_NOT_WORD = bytes(code for code in range(128) if not chr(code).isalnum())
_CUT_SHORT = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.).{0,30}\Z", re.DOTALL)


class EntryTexts(NamedTuple):
    """What an entry says, plain and as safe HTML."""

    summary: str = ""
    summary_html: str = ""
    content: str = ""
    content_html: str = ""


_Said = tuple[str, str, Element, str]
"""A text, its HTML, and the element and the key under which it stands."""
_NOTHING: _Said = ("", "", None, "")


def texts_of(fields: Fields, title: str, keys: ElementNames, base: str, with_html: bool) -> EntryTexts:
    """The texts of an entry; `keys` names what its pictures hold."""
    stated, summaries, contents = _roles(tuple([key for key in fields if key in _PLACES]))
    summary, summary_html, told, key = _first(fields, summaries, base, with_html)
    if key == "summary" and "description" in fields:
        # RSS with both <summary> and <description>: the longer name is the text.
        contents = (*contents, "description")
    content, content_html, told_at_length, _ = _first(fields, contents, base, with_html) if contents else _NOTHING
    texts = EntryTexts(summary, summary_html, content, content_html)
    others = [
        element for key in stated for element in fields[key] if element is not told and element is not told_at_length
    ]
    if "media:content" in fields or "media:group" in fields:
        others += _captions(fields, keys)
    return with_further(texts, title, map(_text, others[:_MOST]), with_html) if others else texts


@lru_cache(maxsize=256)
def _roles(stated: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The keys in the order in which they are believed, those of summaries, and those of contents."""
    ordered = sorted(stated, key=_PLACES.__getitem__)
    summaries, contents = (tuple(key for key in ordered if key in role) for role in (_SUMMARIES, _CONTENTS))
    return tuple(ordered), summaries, contents


def with_further(texts: EntryTexts, title: str, others: Iterable[str], with_html: bool) -> EntryTexts:
    """The texts with every line added to the content that neither they nor the title say already."""
    told = b""
    added: list[str] = []
    for other in others:
        # The very same words are by far the most frequent, and found in a tenth of the time.
        if other in texts.summary or other in texts.content or other == title:
            continue
        told = told or _squeezed(f"{title}\n{texts.summary}\n{texts.content}")
        # Line by line, since two texts of a piece often differ by a heading only; at once where there are too many.
        lines = other.split("\n") if len(added) + other.count("\n") < _MOST_LINES else [other]
        fresh = [line for line in lines if _squeezed(_CUT_SHORT.sub("", line)) not in told]
        told += b"".join(map(_squeezed, fresh))
        added += fresh
    if not added:
        return texts
    content = "\n".join([texts.content, *added] if texts.content else added)[:LONGEST]
    html = "".join([texts.content_html, *(f"<p>{escape(line, quote=False)}</p>" for line in added)])
    return texts._replace(content=content, content_html=html if with_html else "")


def _first(fields: Fields, keys: Iterable[str], base: str, with_html: bool) -> _Said:
    """The first text with words under any of the keys; one that holds a picture or a blank hides no other."""
    for key in keys:
        for element in fields[key][:_MOST]:
            said = _said(element, key, base, with_html)
            if said[0]:
                return said
    return _NOTHING


def _said(element: Element, key: str, base: str, with_html: bool) -> _Said:
    raw, is_markup = markup_of(element)
    raw = raw[:LONGEST]
    if not is_markup:
        html = safe_html(raw.replace("&", "&amp;").replace("<", "&lt;")) if with_html else ""
        return plain(raw), html, element, key
    text = to_text(raw)
    if not with_html:
        return text, "", element, key
    # The usual summary is plain: then both are one string, and nothing is parsed twice.
    html = text if "<" not in raw and "&" not in raw and ">" not in raw else safe_html(raw, base)
    return text, html, element, key


def _text(element: Element) -> str:
    return _said(element, "", "", with_html=False)[0]


def _captions(fields: Fields, keys: ElementNames) -> list[Element]:
    """What is written about pictures, alone or in groups."""
    groups = fields.get("media:group", [])[:_MOST]
    pictures = fields.get("media:content", [])[:_MOST]
    pictures = [*pictures, *groups, *(child for group in groups for child in group[:_MOST])]
    inside = [child for picture in pictures for child in picture if isinstance(child.tag, str)]
    return [child for child in inside if keys[child.tag] in _CAPTIONS][:_MOST]


def _squeezed(text: str) -> bytes:
    """Only the letters and digits of a text, at the speed of C: marks beyond ASCII are the same in most repetitions."""
    return text.casefold().encode("utf-8", "surrogatepass").translate(None, _NOT_WORD)
