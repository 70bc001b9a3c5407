"""Learn from stored articles in which hours each outlet publishes; the database keeps what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.fetching.publishing_hours import DAY, REMEMBERED, WEEK, PublishingHours, came_at
from monitor.store import Connection, Store, article_queries, config_files

_HOURS = "hours of "
_LEARNED = "hours learned up to"
_PAGE = 2000
_PAST = DAY * 7 * (REMEMBERED // WEEK)


class LearnedHours:
    """The publishing hours of every outlet, learned from each stored article once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hours: dict[str, PublishingHours] | None = None
        self._learned_up_to = 0

    async def learn(self, now: datetime) -> Mapping[str, PublishingHours]:
        """Learn from the articles that came since the last call; return the publishing hours by outlet."""
        if self._hours is None or _is_ahead(self._hours, now):
            self._learned_up_to, loaded = await self._store.read(_load, now)
            self._hours = loaded
        hours_of = self._hours
        while page := await self._store.read(article_queries.arrivals, self._learned_up_to, _PAGE):
            for one in page:
                came = min(came_at(one.published, one.seen), now)
                hours_of[one.outlet] = hours_of.get(one.outlet, PublishingHours()).with_hour_of(came)
            changed = {one.outlet: f"{hours_of[one.outlet].last}:{hours_of[one.outlet].bits:x}" for one in page}
            await self._store.write(_store, changed, page[-1].id)
            self._learned_up_to = page[-1].id
        return hours_of


def _load(conn: Connection, now: datetime) -> tuple[int, dict[str, PublishingHours]]:
    """Return the last article id learned from and the hours by outlet; at first, the id before the last five weeks.

    Hours that a clock ahead of ours wrote have pushed earlier ones out: all are learned from the stored articles again.
    """
    kept = {outlet: text.partition(":") for outlet, text in config_files.get_values(conn, _HOURS).items()}
    hours = {outlet: PublishingHours(int(last), int(bits, 16)) for outlet, (last, _, bits) in kept.items()}
    learned_up_to = config_files.get_value(conn, _LEARNED)
    if learned_up_to and not _is_ahead(hours, now):
        return int(learned_up_to), hours
    first = article_queries.between(conn, (now - _PAST, None), limit=1)
    # `arrivals` returns the ids above this one.
    return (first[0].id - 1 if first else 0), {}


def _is_ahead(hours: Mapping[str, PublishingHours], now: datetime) -> bool:
    """Whether any outlet had articles in an hour that has not begun."""
    return any(one.last_at > now for one in hours.values())


def _store(conn: Connection, hours: Mapping[str, str], learned_up_to: int) -> None:
    config_files.set_values(conn, _HOURS, hours)
    config_files.set_value(conn, _LEARNED, str(learned_up_to))
