"""Store when the pages of articles are read again, and since when they are gone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from monitor.store.dialects import upsert
from monitor.store.tables import article_pages


def plan_rechecks(conn: sa.Connection, moments: Mapping[int, datetime | None]) -> None:
    """Let the page of each article be read again at its moment; not again where that is None."""
    rows = [{"article_id": id_, "recheck_at": moment} for id_, moment in moments.items()]
    upsert(conn, article_pages, rows, ["recheck_at"])


def due_rechecks(conn: sa.Connection, now: datetime, limit: int) -> list[int]:
    """Return the articles whose page is to be read again by now, the longest due first."""
    p = article_pages.c
    query = sa.select(p.article_id).where(p.recheck_at <= now).order_by(p.recheck_at, p.article_id).limit(limit)
    return list(conn.execute(query).scalars())


def note_gone(conn: sa.Connection, article_id: int, now: datetime) -> None:
    """Record that the page of an article is gone, since now unless that is known."""
    if gone_since(conn, article_id) is None:
        upsert(conn, article_pages, [{"article_id": article_id, "gone_at": now}], ["gone_at"])


def note_present(conn: sa.Connection, article_id: int) -> None:
    """Record that the page of an article is there."""
    conn.execute(sa.update(article_pages).where(article_pages.c.article_id == article_id).values(gone_at=None))


def gone_since(conn: sa.Connection, article_id: int) -> datetime | None:
    """Return when the page of an article was first found gone; None where it was not, or was there since."""
    query = sa.select(article_pages.c.gone_at).where(article_pages.c.article_id == article_id)
    return conn.execute(query).scalar()
