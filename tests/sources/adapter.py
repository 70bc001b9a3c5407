"""Our reading in the shape that `feeds/check.py` of the shared data counts: `check.py tests.sources.adapter:parse`.

Three things that the suites ask for are no words of the feed, and are made here. As one of their parsers
(fastfeedparser) makes them: the link where no id is stated; the first 512 characters of the content's text nodes, a
space between them, where no summary is stated. And the white space between words: `check.py` drops tags and puts
nothing in their place, while our text has a line feed between two paragraphs; where the words of a field's markup are
ours, letter by letter, its white space is taken for ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any

from monitor.model import Entry, Page
from monitor.sources import parse as parse_page
from monitor.sources.element_text import fields_of, markup_of
from monitor.sources.links import absolute
from monitor.sources.xml_tree import parse_sound
from monitor.text import plain

# Where the suites' own test server stood: relative addresses in their expectations are relative to it.
URL = "http://127.0.0.1:8097/feed.xml"
_TEXTS = ("description", "summary", "content", "content:encoded")
_TAG = re.compile(r"<[^>]*>")


def parse(raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """A feed's bytes and headers in; plain dictionaries with epoch seconds out."""
    lowered = {name.lower(): value for name, value in headers.items()}
    # The suites say by this header where their documents stand; a server's is no base for addresses any more.
    address = absolute(lowered.get("content-location", ""), URL) or URL
    parsed = parse_page("feed", Page(address, 200, lowered, raw))
    feed = {"title": parsed.title, "link": parsed.link, "language": parsed.language}
    markups = _markups(raw)
    return {"feed": feed, "entries": [_entry(entry, markups) for entry in parsed.entries]}


def _markups(raw: bytes) -> dict[str, str]:
    """Return the markup of the texts of a well-formed feed's entries, by the letters that a reader sees."""
    tree = parse_sound(raw)
    fields = [fields_of(entry, tree.keys) for entry in tree.entries] if tree else []
    texts = [markup_of(element)[0] for one in fields for name in _TEXTS for element in one.get(name, ())]
    return {_letters(_TAG.sub("", text)): text for text in texts}


def _letters(text: str) -> str:
    return "".join(plain(unescape(unescape(text))).split())


def _entry(entry: Entry, markups: Mapping[str, str]) -> dict[str, Any]:
    summary, content = escape(entry.summary), escape(entry.content)
    markup = markups.get(_letters(content), content)
    return {
        "title": entry.title,
        "link": entry.link,
        "id": entry.id or entry.link,
        "published": _seconds(entry.published),
        "updated": _seconds(entry.updated),
        "summary": markups.get(_letters(summary), summary) or _beginning(markup),
        "content": markup,
        "authors": list(entry.authors),
    }


def _beginning(markup: str) -> str:
    return escape(" ".join(unescape(_TAG.sub(" ", markup)).split())[:512])


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
