"""Within a transaction: what was found meets what was told before, and the deliveries that follow are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts import CATCH_UP, DIGEST, OVERFLOW, SUMMARY, Matched, Situation, plan, stamp
from monitor.model import Alert, Kind, Match, Route, Silence
from monitor.steps.context import Context, Outage
from monitor.store import Connection, deliveries
from monitor.store.articles import Added

# A summary waits for the first polls that it covers, but not for outlets that do not answer.
SUMMARY_WAITS = timedelta(minutes=5)
_HOUR = timedelta(hours=1)
_SLOTS_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Found:
    """A stored article version with the rules that it satisfies; `epoch` names the first poll that brought it.

    `late` says that it came out while we did not run.
    """

    added: Added
    matches: tuple[Match, ...]
    epoch: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning decided: the alerts written and the silences with their reasons."""

    alerts: tuple[Alert, ...] = ()
    silences: tuple[Silence, ...] = ()

    def __add__(self, other: Planned) -> Planned:
        return Planned(self.alerts + other.alerts, self.silences + other.silences)


NOTHING = Planned()


def plan_found(
    conn: Connection, ctx: Context, found: Sequence[Found], routes: Mapping[str, tuple[Route, ...]] | None = None
) -> Planned:
    """Plan and write the deliveries for what was found, by the routes in force or those given; return both outcomes."""
    chosen = ctx.config.routes if routes is None else routes
    planned = Planned()
    for epoch in dict.fromkeys(one.epoch for one in found):
        some = [one for one in found if one.epoch == epoch]
        situation = _situation(conn, some, chosen, ctx.now(), epoch)
        decided = plan(situation)
        late = {one.added.article_id for one in some if one.late}
        alerts = [_caught_up(alert, ctx.outage, late) for alert in decided.alerts]
        kept = deliveries.add(conn, alerts, situation.now)
        planned += Planned(tuple(one.alert for one in kept), decided.silences)
    return planned


def _caught_up(alert: Alert, outage: Outage | None, late: set[int]) -> Alert:
    """After an outage of ours the single mails about its hours become one, sent once every outlet was asked again."""
    if outage is None or alert.kind is not Kind.ALERT or not all(item.article_id in late for item in alert.items):
        return alert
    thread = CATCH_UP + stamp(outage.ended)
    return replace(alert, thread=thread, sequence=0, kind=Kind.CATCH_UP, due=alert.due + SUMMARY_WAITS)


def _situation(
    conn: Connection, found: Sequence[Found], routes: Mapping[str, tuple[Route, ...]], now: datetime, epoch: str
) -> Situation:
    pairs = {
        (route.recipient, one.added.story_id)
        for one in found
        for match in one.matches
        for route in routes.get(match.rule, ())
    }
    people = sorted({recipient for recipient, _ in pairs})
    threads = deliveries.threads_since(conn, people, (DIGEST, OVERFLOW, SUMMARY), now - _SLOTS_KEPT)
    return Situation(
        now=now,
        matched=tuple(_matched(one, now) for one in found),
        routes=routes,
        told=frozenset(deliveries.told(conn, pairs)),
        counts=deliveries.planned_between(conn, people, (now - _HOUR, now)),
        sequences={key: last if is_open else last + 1 for key, (last, is_open) in threads.items()},
        summary=epoch,
        summary_due=now + SUMMARY_WAITS if epoch else None,
    )


def _matched(found: Found, now: datetime) -> Matched:
    added = found.added
    return Matched(
        article_id=added.article_id,
        story_id=added.story_id,
        version=added.version,
        outlet=added.article.outlet,
        published=added.article.published,
        seen=added.article.seen or now,
        first_poll=bool(found.epoch),
        matches=found.matches,
    )
