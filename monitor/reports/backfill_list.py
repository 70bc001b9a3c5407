"""List how far the past of feeds is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.store import Connection, backfills
from monitor.text import clean


@dataclass(frozen=True, slots=True)
class ListedBackfill:
    """The past of a feed since a moment: pages that were read and are `left`, new `articles`, and `undated` ones.

    Undated articles were left out; `note` is why the last page was not read that could not be. `alerts` says that
    people are told of what rules find in it.
    """

    outlet: str
    feed: str
    since: datetime
    pages: int
    left: int
    articles: int
    undated: int
    finished: datetime | None
    note: str
    alerts: bool


def list_backfills(conn: Connection) -> list[ListedBackfill]:
    """Return all of them, by outlet and address."""
    return [
        ListedBackfill(
            one.outlet,
            clean(one.url),
            one.since,
            one.pages,
            len(one.pending),
            one.articles,
            one.undated,
            one.finished_at,
            clean(one.note),
            one.alerts,
        )
        for one in backfills.all_of_them(conn)
    ]
