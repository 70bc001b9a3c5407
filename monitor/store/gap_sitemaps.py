"""Remember for each feed with gaps which sitemap of its site fills them, and when that was searched and read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.codec import clean
from monitor.store.dialects import upsert
from monitor.store.tables import gap_sitemaps


@dataclass(frozen=True, slots=True)
class GapSitemap:
    """The sitemap that was found for a feed, empty if none was, and when it was searched and last read."""

    feed_id: int
    url: str
    searched_at: datetime
    read_at: datetime


def get(conn: sa.Connection, feed_id: int) -> GapSitemap | None:
    """Return what is remembered for a feed; None where nothing was searched."""
    row = conn.execute(sa.select(gap_sitemaps).where(gap_sitemaps.c.feed_id == feed_id)).one_or_none()
    return GapSitemap(*row) if row else None


def keep(conn: sa.Connection, found: GapSitemap) -> None:
    """Store what was found for a feed, in place of what was before."""
    row = {"feed_id": found.feed_id, "url": clean(found.url)}
    row |= {"searched_at": found.searched_at, "read_at": found.read_at}
    upsert(conn, gap_sitemaps, [row], ["url", "searched_at", "read_at"])
