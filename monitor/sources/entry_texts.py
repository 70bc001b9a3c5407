"""Collect the texts of an entry into its summary and its content, so that no text is lost.

An entry may have a text in each of many vocabularies. One becomes the summary and one the content; the lines of the
others are added to the content unless they repeat what is there already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from monitor.sources.element_names import Element, ElementNames
from monitor.sources.element_text import LONGEST, Fields, markup_of
from monitor.text import plain, to_text

_SUMMARIES = (
    *("summary", "description", "dc:description", "itunes:summary", "media:description", "abstract"),
    *("dcterms:abstract", "x:description", "x:summary", "x:abstract"),
)
_CONTENTS = ("content:encoded", "content", "full-text", "turbo:content", "xhtml:body", "body")
_FURTHER = (
    *("subtitle", "itunes:subtitle", "media:text", "x:subtitle", "x:text", "x:content", "x:body"),
    *("media:title", "itunes:title", "dc:title", "x:title"),
)
_PRIORITIES = {key: priority for priority, key in enumerate((*_SUMMARIES, *_CONTENTS, *_FURTHER))}
_CAPTIONS = frozenset({"media:title", "media:description", "media:text"})
_MOST = 50
_MOST_LINES = 500
_NOT_WORD = bytes(code for code in range(128) if not chr(code).isalnum())
_TRUNCATION = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.).{0,30}\Z", re.DOTALL)


class EntryTexts(NamedTuple):
    """Summary and content of an entry as plain text."""

    summary: str = ""
    content: str = ""


_FoundText = tuple[str, Element, str]
"""A text, its element and its key."""
_NOTHING: _FoundText = ("", None, "")


def texts_of(fields: Fields, title: str, keys: ElementNames) -> EntryTexts:
    """Return the texts of an entry; `keys` maps the tags inside its pictures."""
    stated, summaries, contents = _roles(tuple([key for key in fields if key in _PRIORITIES]))
    summary, summary_element, key = _first(fields, summaries)
    if key == "summary" and "description" in fields:
        # RSS with both <summary> and <description>: the description is the content.
        contents = (*contents, "description")
    content, content_element, _ = _first(fields, contents) if contents else _NOTHING
    texts = EntryTexts(summary, content)
    others = [
        element
        for key in stated
        for element in fields[key]
        if element is not summary_element and element is not content_element
    ]
    if "media:content" in fields or "media:group" in fields:
        others += _captions(fields, keys)
    return with_further(texts, title, map(_text, others[:_MOST])) if others else texts


@lru_cache(maxsize=256)
def _roles(stated: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the keys by priority, those of summaries, and those of contents."""
    ordered = sorted(stated, key=_PRIORITIES.__getitem__)
    summaries, contents = (tuple(key for key in ordered if key in role) for role in (_SUMMARIES, _CONTENTS))
    return tuple(ordered), summaries, contents


def with_further(texts: EntryTexts, title: str, others: Iterable[str]) -> EntryTexts:
    """Return the texts with those lines of others added to the content that neither they nor the title have."""
    known = b""
    added: list[str] = []
    for other in others:
        # An exact repetition is by far the most frequent case, and found in a tenth of the time.
        if other in texts.summary or other in texts.content or other == title:
            continue
        known = known or _squeezed(f"{title}\n{texts.summary}\n{texts.content}")
        # By lines, since two texts of an entry often differ in a heading only; as a whole if there are too many lines.
        lines = other.split("\n") if len(added) + other.count("\n") < _MOST_LINES else [other]
        new_lines = [line for line in lines if _squeezed(_TRUNCATION.sub("", line)) not in known]
        known += b"".join(map(_squeezed, new_lines))
        added += new_lines
    if not added:
        return texts
    return texts._replace(content="\n".join([texts.content, *added] if texts.content else added)[:LONGEST])


def _first(fields: Fields, keys: Iterable[str]) -> _FoundText:
    """Return the first nonempty text under any of the keys; an element with a picture or a blank does not count."""
    for key in keys:
        for element in fields[key][:_MOST]:
            if text := _text(element):
                return text, element, key
    return _NOTHING


def _text(element: Element) -> str:
    raw, is_markup = markup_of(element)
    raw = raw[:LONGEST]
    return to_text(raw) if is_markup else plain(raw)


def _captions(fields: Fields, keys: ElementNames) -> list[Element]:
    """Return the elements with titles and descriptions of pictures, single ones or in groups."""
    groups = fields.get("media:group", [])[:_MOST]
    pictures = fields.get("media:content", [])[:_MOST]
    pictures = [*pictures, *groups, *(child for group in groups for child in group[:_MOST])]
    inside = [child for picture in pictures for child in picture if isinstance(child.tag, str)]
    return [child for child in inside if keys[child.tag] in _CAPTIONS][:_MOST]


def _squeezed(text: str) -> bytes:
    """Return a text's letters and digits and all beyond ASCII, case folded: punctuation there rarely differs."""
    return text.casefold().encode("utf-8", "surrogatepass").translate(None, _NOT_WORD)
