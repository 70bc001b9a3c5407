"""Report a span of time in figures: what outlets published and how it was seen, what rules found, what mails told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from statistics import median, quantiles
from zoneinfo import ZoneInfo

from monitor.config import Config
from monitor.model import Kind, State
from monitor.reports.outlet_activity import OutletActivity, report_outlets, together
from monitor.reports.watched_days import unwatched_spans, watched_days
from monitor.steps.backtest import Bar
from monitor.steps.past_matches import Span
from monitor.store import Connection, activity_records, article_queries, uptime
from monitor.store.activity_records import BoundedSpan, FoundMatch, PlannedMail

_SLOWEST = 20
"""The slowest one of so many mails that left at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleActivity:
    """What a rule found and told: articles by day, mails sent that name it, and the median seconds until they left.

    Only mails that leave at once count as delayed, since a digest waits on purpose.
    """

    rule: str
    matches: int
    days: tuple[Bar, ...]
    mails: int
    delay_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailActivity:
    """The mails with news that were planned in a span, by state, and the seconds until those that leave at once did.

    `slow_delay_seconds` is the 95th percentile.
    """

    states: Mapping[State, int]
    delay_seconds: float | None
    slow_delay_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityReport:
    """All that happened in a span: its totals, and its parts by outlet and by rule, those with most articles first.

    `articles` came while their outlets were watched, `backlog` were out before or for a day. `a_day` is the sum
    over the outlets that have one, None where none has; `watched_since` is since when the first outlet of them was
    watched. `usual_a_day` is None unless every outlet with articles has a habit. `down_seconds` is how long no
    monitor ran since its `first_start`, both None where it never did, and `matches` counts articles that any rule
    matched, those of the backlog too.
    """

    since: datetime
    until: datetime
    timezone: str
    articles: int
    backlog: int
    a_day: float | None
    usual_a_day: float | None
    watched_since: datetime | None
    days: tuple[Bar, ...]
    whole_text: float | None
    delay_seconds: float | None
    gaps: int
    filled_gaps: int
    first_start: datetime | None
    down_seconds: float | None
    matches: int
    mails: MailActivity
    outlets: tuple[OutletActivity, ...]
    rules: tuple[RuleActivity, ...]


def report_activity(conn: Connection, config: Config, span: Span, now: datetime) -> ActivityReport:
    """Return the report of a span; where that is not bounded, it begins with the first article and ends now."""
    until = min(span[1] or now, now)
    since = min(span[0] or article_queries.first_seen(conn) or until, until)
    bounded, zone = (since, until), ZoneInfo(config.settings.timezone)
    by_day = partial(watched_days, span=bounded, zone=zone, unwatched=unwatched_spans(conn, bounded))
    reported = report_outlets(conn, config.outlets, bounded, zone)
    outlets, total = tuple(one for one, _ in reported), together(coverage for _, coverage in reported)
    matches = activity_records.found_matches(conn, bounded)
    mails = [mail for mail in activity_records.planned_mails(conn, bounded) if mail.kind is not Kind.NOTICE]
    rates = [one.a_day for one in outlets if one.a_day is not None]
    habits = [one.usual_a_day for one in outlets if one.articles]
    return ActivityReport(
        since=since,
        until=until,
        timezone=zone.key,
        articles=len(total.moments),
        backlog=total.backlog,
        a_day=sum(rates) if rates else None,
        usual_a_day=sum(filter(None, habits)) if None not in habits else None,
        watched_since=min((one.watched_since for one in outlets if one.watched_since), default=None),
        days=by_day(total.moments),
        whole_text=total.whole_text,
        delay_seconds=total.delay_seconds,
        gaps=sum(one.gaps for one in outlets),
        filled_gaps=sum(one.filled_gaps for one in outlets),
        first_start=uptime.first(conn),
        down_seconds=_down_seconds(conn, bounded),
        matches=len({match.article_id for match in matches}),
        mails=_mail_activity(mails),
        outlets=outlets,
        rules=_rule_activities({*config.rules}, matches, mails, by_day),
    )


def _down_seconds(conn: Connection, span: BoundedSpan) -> float | None:
    if uptime.last(conn) is None:
        return None
    return sum((end - begin).total_seconds() for begin, end in uptime.outages(conn, *span))


def _mail_activity(mails: Sequence[PlannedMail]) -> MailActivity:
    delays = _delays(mails)
    return MailActivity(
        states=Counter(mail.state for mail in mails),
        delay_seconds=median(delays) if delays else None,
        slow_delay_seconds=quantiles(delays, n=_SLOWEST, method="inclusive")[-1] if len(delays) > 1 else None,
    )


def _rule_activities(
    rules: set[str],
    matches: Sequence[FoundMatch],
    mails: Sequence[PlannedMail],
    by_day: Callable[[list[datetime]], tuple[Bar, ...]],
) -> tuple[RuleActivity, ...]:
    """Return the activity of every rule of the files, and of those that found something before they were removed."""
    moments: dict[str, list[datetime]] = {rule: [] for rule in rules}
    for match in matches:
        moments.setdefault(match.rule, []).append(match.at)
    naming: dict[str, list[PlannedMail]] = {rule: [] for rule in moments}
    for mail in mails:
        for rule in mail.rules & naming.keys():
            naming[rule].append(mail)
    found = []
    for rule, times in moments.items():
        delays = _delays(naming[rule])
        sent = sum(mail.state is State.SENT for mail in naming[rule])
        delay = median(delays) if delays else None
        shown = RuleActivity(rule=rule, matches=len(times), days=by_day(times), mails=sent, delay_seconds=delay)
        found.append(shown)
    return tuple(sorted(found, key=lambda one: (-one.matches, one.rule)))


def _delays(mails: Sequence[PlannedMail]) -> list[float]:
    """Return the seconds from plan to sent of the mails that leave at once."""
    return [
        (mail.finished_at - mail.created_at).total_seconds()
        for mail in mails
        if mail.kind is Kind.ALERT and mail.state is State.SENT and mail.finished_at
    ]
