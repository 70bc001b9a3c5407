"""Read a feed with feedparser, for feeds of which our own parser lost entries."""

from __future__ import annotations

import warnings
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from monitor.model import Entry, Parsed
from monitor.sources.element_text import shortened
from monitor.sources.feed_entry import fallback_title, tidy_language
from monitor.sources.links import absolute, base_of
from monitor.sources.source_input import SourceInput
from monitor.text import safe_html, to_text

_HEADERS = {"content-type": "text/xml; charset=utf-8"}
# Characters. feedparser takes 0.7 s a megabyte; of a larger feed our own result stays.
_LARGEST = 2_000_000


def parse_with_feedparser(text: str, source: SourceInput) -> Parsed | None:
    """Return the feed as feedparser reads it, or None if it cannot."""
    if len(text) > _LARGEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Imported here because few feeds need it, and it is larger than all the rest.
        import feedparser

        try:
            feed = feedparser.parse(text.encode("utf-8", "replace"), response_headers=_HEADERS)
        except Exception:  # it may raise anything for what it cannot read
            return None
    link = absolute(str(feed.feed.get("link", "")), source.url)
    base = base_of(source.url, link)
    entries = [entry for found in feed.entries[:10_000] if (entry := _entry(found, base, link)) is not None]
    return Parsed(
        kind="feed",
        title=to_text(str(feed.feed.get("title", ""))[:10_000]),
        link=link,
        language=tidy_language(str(feed.feed.get("language", ""))),
        entries=tuple(entries),
        notes=(*source.notes, "read by feedparser"),
    )


def _entry(found: Any, base: str, site: str) -> Entry | None:
    summary = str(found.get("summary", ""))
    content = str((found.get("content") or [{}])[0].get("value", ""))
    link = absolute(str(found.get("link", "")), base)
    title = shortened(to_text(str(found.get("title", ""))[:20_000]))
    title = title or fallback_title(to_text(summary or content), link)
    if not title:
        return None
    return Entry(
        title=title,
        link=link or site,
        id=str(found.get("id", ""))[:2_000],
        published=_moment(found.get("published_parsed")),
        updated=_moment(found.get("updated_parsed")),
        published_text=str(found.get("published", ""))[:100],
        updated_text=str(found.get("updated", ""))[:100],
        summary=to_text(summary),
        summary_html=safe_html(summary, base),
        content=to_text(content),
        content_html=safe_html(content, base),
    )


def _moment(parts: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
