"""The texts that an entry states in; its summary, its content and whatever else they say out, each word kept.

An entry may state as many texts as there are vocabularies. One is its summary and one its content; a line of any other
is added to the content where it says something that was not said yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from monitor.sources.fields import LONGEST, Element, Fields, markup_of
from monitor.sources.keys import Keys
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
_TEXTS = {key: place for place, key in enumerate((*_SUMMARIES, *_CONTENTS, *_FURTHER))}
_PICTURES = ("media:group", "media:content")
_CAPTIONS = frozenset({"media:title", "media:description", "media:text"})
_MOST = 50
_MOST_LINES = 500
_NOT_WORD = re.compile(r"[\W_]+")
_CUT_SHORT = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.).{0,30}\Z", re.DOTALL)


class Texts(NamedTuple):
    """What an entry says, plain and as safe HTML."""

    summary: str = ""
    summary_html: str = ""
    content: str = ""
    content_html: str = ""


class _Said(NamedTuple):
    text: str = ""
    html: str = ""
    element: Element = None
    key: str = ""


def texts_of(fields: Fields, title: str, keys: Keys, base: str, with_html: bool) -> Texts:
    """The texts of an entry; `keys` names what its pictures hold."""
    stated = [key for key in fields if key in _TEXTS]
    pictures = [holder for key in _PICTURES if key in fields for holder in fields[key][:_MOST]]
    summary = _first(fields, _SUMMARIES, base, with_html)
    content = _first(fields, _contents(fields, summary.key), base, with_html)
    texts = Texts(summary.text, summary.html, content.text, content.html)
    if not pictures and sum(len(fields[key]) for key in stated) <= bool(summary.key) + bool(content.key):
        return texts
    stated.sort(key=_TEXTS.__getitem__)
    others = [element for key in stated for element in fields[key][:_MOST]]
    others += [caption for picture in pictures for caption in _captions(picture, keys)][:_MOST]
    chosen = (summary.element, content.element)
    further = (_text(other) for other in others if not any(other is one for one in chosen))
    return with_further(texts, title, further, with_html)


def with_further(texts: Texts, title: str, others: Iterable[str], with_html: bool) -> Texts:
    """The texts with every line added to the content that neither they nor the title say already."""
    told = _squeezed(f"{title}\n{texts.summary}\n{texts.content}")
    added: list[str] = []
    for other in others:
        if _squeezed(other) in told:
            continue
        # Line by line, since two texts of a piece often differ by a heading only; at once where there are too many.
        lines = other.split("\n") if len(added) + other.count("\n") < _MOST_LINES else [other]
        fresh = [line for line in lines if _squeezed(_CUT_SHORT.sub("", line)) not in told]
        told += "".join(map(_squeezed, fresh))
        added += fresh
    if not added:
        return texts
    content = "\n".join([texts.content, *added] if texts.content else added)[:LONGEST]
    html = "".join([texts.content_html, *(f"<p>{escape(line, quote=False)}</p>" for line in added)])
    return texts._replace(content=content, content_html=html if with_html else "")


def _first(fields: Fields, keys: Iterable[str], base: str, with_html: bool) -> _Said:
    """The first text with words under any of the keys; one that holds a picture or a blank hides no other."""
    for key in keys:
        if key in fields:
            for element in fields[key][:_MOST]:
                said = _said(element, key, base, with_html)
                if said.text:
                    return said
    return _Said()


def _said(element: Element, key: str, base: str, with_html: bool) -> _Said:
    raw, is_markup = markup_of(element)
    raw = raw[:LONGEST]
    if not is_markup:
        html = safe_html(raw.replace("&", "&amp;").replace("<", "&lt;")) if with_html else ""
        return _Said(plain(raw), html, element, key)
    text = to_text(raw)
    if not with_html:
        return _Said(text, "", element, key)
    # The usual summary is plain: then both are one string, and nothing is parsed twice.
    html = text if "<" not in raw and "&" not in raw and ">" not in raw else safe_html(raw, base)
    return _Said(text, html, element, key)


def _text(element: Element) -> str:
    return _said(element, "", "", with_html=False).text


def _contents(fields: Fields, summary_key: str) -> tuple[str, ...]:
    # RSS with both <summary> and <description>: the longer name is the text.
    return (*_CONTENTS, "description") if summary_key == "summary" and "description" in fields else _CONTENTS


def _captions(picture: Element, keys: Keys) -> list[Element]:
    """What is written about the pictures of a group, or about one."""
    found = []
    for child in picture:
        key = keys[child.tag] if isinstance(child.tag, str) else ""
        if key in _CAPTIONS:
            found.append(child)
        elif key == "media:content":
            found += [inner for inner in child if isinstance(inner.tag, str) and keys[inner.tag] in _CAPTIONS]
    return found


def _squeezed(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())
