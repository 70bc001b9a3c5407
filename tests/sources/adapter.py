"""Our reading in the shape that `feeds/check.py` of the shared data counts: `check.py tests.sources.adapter:parse`.

Two things that one suite asks for are no words of the feed, and are made here as that parser (fastfeedparser) makes
them: the link where no id is stated; the first 512 characters of the content's text nodes, a space between them, where
no summary is stated. In an `Entry` is what is stated only; what is derived is the business of `articles`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any

from monitor.model import Entry, Page
from monitor.sources import parse as parse_page
from monitor.sources.links import absolute

# Where the suites' own test server stood: relative addresses in their expectations are relative to it.
URL = "http://127.0.0.1:8097/feed.xml"


def parse(raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """A feed's bytes and headers in; plain dictionaries with epoch seconds out."""
    lowered = {name.lower(): value for name, value in headers.items()}
    # The suites say by this header where their documents stand; a server's is no base for addresses any more.
    address = absolute(lowered.get("content-location", ""), URL) or URL
    parsed = parse_page("feed", Page(address, 200, lowered, raw))
    feed = {"title": parsed.title, "link": parsed.link, "language": parsed.language}
    return {"feed": feed, "entries": [_entry(entry) for entry in parsed.entries]}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "link": entry.link,
        "id": entry.id or entry.link,
        "published": _seconds(entry.published),
        "updated": _seconds(entry.updated),
        "summary": entry.summary_html or _beginning(entry.content_html),
        "content": entry.content_html,
        "authors": list(entry.authors),
    }


def _beginning(html: str) -> str:
    return escape(" ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())[:512])


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
