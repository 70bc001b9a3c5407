"""Our reading in the shape that `feeds/check.py` of the shared data counts: `check.py tests.sources.adapter:parse`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
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
        "id": entry.id,
        "published": _seconds(entry.published),
        "updated": _seconds(entry.updated),
        "summary": entry.summary_html,
        "content": entry.content_html,
        "authors": list(entry.authors),
    }


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
