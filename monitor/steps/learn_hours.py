"""The hours in which each outlet has news, learned from what is stored and kept across restarts."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.fetching.publishing_hours import DAY, REMEMBERED, WEEK, PublishingHours, came_at
from monitor.steps.context import Context
from monitor.store import Connection, article_queries, config_files

_HOURS = "hours of "
_LEARNED = "hours learned up to"
_PAGE = 2000
_PAST = DAY * 7 * (REMEMBERED // WEEK)


class LearnedHours:
    """What is known of every outlet's hours."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._hours: dict[str, PublishingHours] | None = None
        self._learned = 0

    async def learn(self) -> Mapping[str, PublishingHours]:
        """Learn from what came since the last time; return the hours of every outlet."""
        if self._hours is None:
            self._learned, known = await self._ctx.store.read(_load, self._ctx)
            self._hours = known
        known = self._hours
        while page := await self._ctx.store.read(article_queries.arrivals, self._learned, _PAGE):
            for one in page:
                known[one.outlet] = known.get(one.outlet, PublishingHours()).and_at(came_at(one.published, one.seen))
            kept = {one.outlet: f"{known[one.outlet].last}:{known[one.outlet].bits:x}" for one in page}
            await self._ctx.store.write(_keep, kept, page[-1].id)
            self._learned = page[-1].id
        return known


def _load(conn: Connection, ctx: Context) -> tuple[int, dict[str, PublishingHours]]:
    """What was learned; nothing of it yet, the articles of the last weeks are to be learned from."""
    kept = {outlet: text.partition(":") for outlet, text in config_files.get_values(conn, _HOURS).items()}
    hours = {outlet: PublishingHours(int(last), int(bits, 16)) for outlet, (last, _, bits) in kept.items()}
    learned = config_files.get_value(conn, _LEARNED)
    if learned:
        return int(learned), hours
    first = article_queries.between(conn, (ctx.now() - _PAST, None), limit=1)
    return (first[0].id - 1 if first else 0), hours


def _keep(conn: Connection, hours: Mapping[str, str], learned: int) -> None:
    config_files.set_values(conn, _HOURS, hours)
    config_files.set_value(conn, _LEARNED, str(learned))
