"""Read which rules and stories are at a burst, and which of these bursts a message is to say to its reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from monitor.alerts import Burst, BurstKind, Pace, usual_outlets, usual_stories
from monitor.alerts.bursts import DAYS, HOURS, LEAST
from monitor.model import Alert
from monitor.store import Connection, burst_records

KEPT = timedelta(days=90)
"""How long is remembered what was news for a rule, so that rare rules have a habit as well."""
_SAID = 5
"""Bursts that one message says at most; the others wait for the next one."""


def bursts_to_say(conn: Connection, alert: Alert, stories: Collection[int], now: datetime) -> tuple[Burst, ...]:
    """Return the bursts that a message is the first to say: of its rules and of these stories of it.

    What was said to its recipient is said again only after it had calmed.
    """
    rules = {match.rule for item in alert.items for match in item.matches}
    paces = [*_rule_paces(conn, rules, now), *_story_paces(conn, stories, now)]
    said = burst_records.said(conn, alert.recipient) if paces else {}
    found = [
        burst
        for pace in paces
        if (burst := pace.burst)
        if (at := said.get((pace.kind, pace.target))) is None or pace.has_calmed(now - at)
    ]
    return tuple(sorted(found, key=lambda one: one.usual / one.count)[:_SAID])


def note_said(conn: Connection, recipient: str, bursts: Iterable[Burst], now: datetime) -> None:
    """Record that a message says these bursts to its recipient."""
    burst_records.note_said(conn, recipient, [(one.kind.value, one.target) for one in bursts], now)


def rule_bursts(conn: Connection, now: datetime) -> list[Burst]:
    """Return the bursts that rules are at."""
    return [burst for pace in _rule_paces(conn, None, now) if (burst := pace.burst)]


def story_bursts(conn: Connection, stories: Collection[int], now: datetime) -> list[Burst]:
    """Return the bursts that these stories are at."""
    return [burst for pace in _story_paces(conn, stories, now) if (burst := pace.burst)]


def _rule_paces(conn: Connection, rules: Collection[str] | None, now: datetime) -> list[Pace]:
    """Return the paces of those of these rules (None: of all) that find enough for a burst."""
    busy = [rule for rule in burst_records.busy_rules(conn, LEAST, now) if rules is None or rule in rules]
    by_day = {rule: burst_records.stories_by_day(conn, rule, DAYS, now) for rule in busy}
    return [Pace(BurstKind.RULE, rule, counts, usual_stories(counts)) for rule, counts in by_day.items()]


def _story_paces(conn: Connection, stories: Collection[int], now: datetime) -> list[Pace]:
    """Return the paces of those of these stories that are at enough outlets for a burst."""
    by_hour = burst_records.outlets_by_hour(conn, stories, HOURS, now)
    large = {story: counts for story, counts in by_hour.items() if counts[0] >= LEAST}
    usual = usual_outlets(burst_records.latest_sizes(conn, now)) if large else None
    return [Pace(BurstKind.STORY, str(story), counts, usual) for story, counts in large.items()]
