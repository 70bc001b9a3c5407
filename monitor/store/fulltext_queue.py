"""Queue the pages of articles that are to be read: requested with the article, claimed, read and removed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from monitor.store import host_leases
from monitor.store.codec import clean
from monitor.store.column_types import Row
from monitor.store.dialects import chunks, upsert
from monitor.store.host_leases import HostLease
from monitor.store.tables import articles, fulltext_requests, page_yields


@dataclass(frozen=True, slots=True)
class FulltextRequest:
    """A request to read the page of an article at `host`, which is tried again `until` then.

    Rules wait for it until then if it is `awaited`; else the article was judged without it for now. `batch_id` and
    `late` are those of the poll that found the article, for the mails about it, and `feed_id` is the polled feed. Where
    an edit of the article is told once its page was read again, `edit_of` is the version that it is an edit of. `lane`
    is that of its host in which it was claimed, empty for the host's own.
    """

    article_id: int
    due_at: datetime
    until: datetime
    host: str = ""
    batch_id: str = ""
    late: bool = False
    feed_id: int = 0
    attempts: int = 0
    awaited: bool = True
    edit_of: int = 0
    token: str = ""
    lane: str = ""

    @property
    def lease(self) -> HostLease:
        """The claim of its host."""
        return HostLease(self.host, self.token, lane=self.lane)


_FIELDS = ("article_id", "due_at", "until", "host", "batch_id", "late", "feed_id", "attempts", "awaited", "edit_of")
CLAIMED = tuple(fulltext_requests.c[name] for name in (*_FIELDS, "token"))
"""The columns of a FulltextRequest that is claimed."""


def request(conn: sa.Connection, requests: Sequence[FulltextRequest]) -> None:
    """Request these pages; a newer request for an article replaces the older one, and ends its claim."""
    rows: list[dict[str, Any]] = [
        {name: getattr(one, name) for name in _FIELDS}
        | {"batch_id": clean(one.batch_id), "token": None, "lease_until": None}
        for one in requests
    ]
    upsert(conn, fulltext_requests, rows, [*_FIELDS[1:], "token", "lease_until"])
    host_leases.add_known(conn, [one.host for one in requests])


def pending_edits(conn: sa.Connection, ids: Sequence[int]) -> dict[int, FulltextRequest]:
    """Return by article the requests for pages after which edits are told."""
    p = fulltext_requests.c
    query = sa.select(*CLAIMED[:-1]).where(p.edit_of > 0)
    rows = [row for some in chunks(sorted(set(ids))) for row in conn.execute(query.where(p.article_id.in_(some)))]
    return {row.article_id: FulltextRequest(*row) for row in rows}


def claimed(rows: Iterable[Row]) -> list[FulltextRequest]:
    """Return the requests of claimed rows, by deadline."""
    return sorted((FulltextRequest(*row) for row in rows), key=lambda one: (one.until, one.article_id))


def postpone(conn: sa.Connection, one: FulltextRequest, due: datetime) -> bool:
    """Release a claim and try again at `due`; False where the claim was lost."""
    change = {"due_at": due, "attempts": one.attempts + 1, "lease_until": None, "token": None}
    is_held = bool(conn.execute(sa.update(fulltext_requests).where(*_is_claimed(one)).values(change)).rowcount)
    host_leases.free_idle(conn, [one.token])
    return is_held


def finish(conn: sa.Connection, one: FulltextRequest) -> bool:
    """Delete a claimed request; False where the claim was lost, and then nothing must be stored."""
    is_held = bool(conn.execute(sa.delete(fulltext_requests).where(*_is_claimed(one))).rowcount)
    host_leases.free_idle(conn, [one.token])
    return is_held


def _is_claimed(one: FulltextRequest) -> tuple[sa.ColumnElement[bool], ...]:
    return fulltext_requests.c.article_id == one.article_id, fulltext_requests.c.token == one.token


def release(conn: sa.Connection, one: FulltextRequest) -> None:
    """Release a claim and change nothing else."""
    conn.execute(sa.update(fulltext_requests).where(*_is_claimed(one)).values(token=None, lease_until=None))
    host_leases.free_idle(conn, [one.token])


class WaitingPage(NamedTuple):
    """A page that is to be read, of an article of an outlet; `is_told_after` says that rules or an edit wait for it."""

    article_id: int
    feed_id: int
    outlet: str
    is_told_after: bool


def waiting_pages(conn: sa.Connection) -> list[WaitingPage]:
    """Return all pages that are to be read."""
    p = fulltext_requests.c
    query = sa.select(p.article_id, p.feed_id, articles.c.outlet, sa.or_(p.awaited, p.edit_of > 0))
    return [WaitingPage(*row) for row in conn.execute(query.join(articles, articles.c.id == p.article_id))]


def withdraw(conn: sa.Connection, ids: Sequence[int]) -> None:
    """Delete the requests for the pages of these articles, also where they are claimed."""
    for some in chunks(ids):
        conn.execute(sa.delete(fulltext_requests).where(fulltext_requests.c.article_id.in_(some)))


def set_batch(conn: sa.Connection, batch_id: str) -> None:
    """Let the articles of all requests go into the summary of one batch."""
    conn.execute(sa.update(fulltext_requests).values(batch_id=clean(batch_id)))


def keep(conn: sa.Connection, feed_id: int, until: datetime) -> None:
    """Keep the pages of a feed that no rule waits for at least until then."""
    p = fulltext_requests.c
    waiting = (p.feed_id == feed_id, ~p.awaited, p.until < until)
    conn.execute(sa.update(fulltext_requests).where(*waiting).values(until=until))


def reschedule(conn: sa.Connection, feed_id: int, due: datetime) -> None:
    """Have the pages of a feed that no rule waits for read from then on, the newest first; forget what is too old.

    One falls due each second, so that the first one is judged before all are begun.
    """
    p = fulltext_requests.c
    waiting = (p.feed_id == feed_id, ~p.awaited)
    conn.execute(sa.delete(fulltext_requests).where(*waiting, p.token.is_(None), p.until < due))
    ids = conn.execute(sa.select(p.article_id).where(*waiting).order_by(p.article_id.desc())).scalars().all()
    rows = [{"id_": id_, "due": due + timedelta(seconds=at)} for at, id_ in enumerate(ids)]
    if rows:
        conn.execute(_SET_DUE, rows)


_SET_DUE = (
    sa.update(fulltext_requests)
    .where(fulltext_requests.c.article_id == sa.bindparam("id_"))
    .values(due_at=sa.bindparam("due", type_=fulltext_requests.c.due_at.type))
)


def count_background(conn: sa.Connection, now: datetime) -> int:
    """Return how many pages are due that no rule waits for, but those of feeds whose pages are refused now."""
    p, refused = fulltext_requests.c, sa.select(page_yields.c.feed_id).where(page_yields.c.probe_at.is_not(None))
    query = sa.select(sa.func.count()).where(~p.awaited, p.due_at <= now, p.feed_id.not_in(refused))
    return conn.execute(query).scalar_one()


def count_waiting(conn: sa.Connection, *, awaited: bool | None = None) -> int:
    """Return how many pages are still to be read; those that rules wait for or that none does, if `awaited` says so."""
    query = sa.select(sa.func.count()).select_from(fulltext_requests)
    return conn.execute(query if awaited is None else query.where(fulltext_requests.c.awaited == awaited)).scalar_one()


def batch_ids(conn: sa.Connection) -> set[str]:
    """Return the batch ids of the pages that rules wait for."""
    p = fulltext_requests.c
    return set(conn.execute(sa.select(p.batch_id).where(p.awaited, p.batch_id != "").distinct()).scalars())


def count_late(conn: sa.Connection) -> int:
    """Return how many pages are yet to be read of articles published while monitor did not run.

    Only those count that rules wait for, or that were never tried: what is tried again later is told by itself.
    """
    p = fulltext_requests.c
    return conn.execute(sa.select(sa.func.count()).where(p.late, sa.or_(p.awaited, p.attempts == 0))).scalar_one()


def due_of(conn: sa.Connection, article_id: int) -> datetime | None:
    """Return when the page of an article is to be read, whether rules wait for it or not; None where it is not."""
    query = sa.select(fulltext_requests.c.due_at).where(fulltext_requests.c.article_id == article_id)
    return conn.execute(query).scalar()


def of_article(conn: sa.Connection, article_id: int) -> datetime | None:
    """Return until when rules wait for the full text of an article; None where none waits."""
    p = fulltext_requests.c
    query = sa.select(p.until).where(p.article_id == article_id, p.awaited)
    return conn.execute(query).scalar()
