"""Report what an outlet published in a span of time against its habit, and how well it was seen.

An outlet's backlog, which was out when it was first read or a day before it was seen, counts apart: it says nothing of
rhythm, delay and text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from statistics import median

from monitor.alerts import FRESH
from monitor.articles import is_part
from monitor.model import Outlet
from monitor.reports.watched_days import unwatched_spans, watched_days
from monitor.sources import WHOLE_TEXTS
from monitor.steps.backtest import Bar
from monitor.steps.incident_mails import BROKEN, OUTLETS, SHRUNKEN_FEED, SHRUNKEN_PAGES, SILENT
from monitor.store import Connection, activity_records, poll_records
from monitor.store.activity_records import BoundedSpan, SeenArticle
from monitor.store.incident_records import Incident
from monitor.store.poll_records import Gap
from monitor.text import clean

HABIT = timedelta(days=28)
"""The habit of an outlet is the mean of so many days before the span."""
_LEAST_DAYS = 7
"""An outlet that was watched for fewer days before the span has no habit."""
_DAY = timedelta(days=1)
_LEAST_WATCHED = _DAY
"""An outlet that was watched for less has no articles a day: a morning says nothing of a night."""
MOST_GAPS = 5
"""So many gaps of an outlet are told one by one, the latest."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapActivity:
    """A time in which articles of a feed may have been missed: when, of what address, and when it was filled.

    `note` says what filled it, if that was no other feed of the outlet, or why nothing did.
    """

    from_at: datetime
    to_at: datetime
    url: str
    filled_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletActivity:
    """What an outlet published in a span, and how it was seen.

    `articles` came while it was watched, `backlog` were out long before. `a_day` and `usual_a_day` are means over
    the time in the span in which it was watched and over the four weeks before, None where that is less than a day
    or a week. `watched_since` is when that time begins, None where it never gave an article. `last_gaps` are the
    latest of `gaps`. `silences` counts the times that it was silent longer than usual, `outages` those that it
    could not be read, `shrinkages` those that its feed or pages gave far less than usual; `silent_since`,
    `unread_since` and `shrunken_since` are those that last. `whole_text` is the share of articles, 0 to 1, of which
    the feed or the page gave the whole text, and `delay_seconds` the median from publication to sight. `never_read`:
    none of its feeds could be read since it is watched.
    """

    outlet: str
    title: str
    articles: int
    backlog: int
    a_day: float | None
    usual_a_day: float | None
    watched_since: datetime | None
    days: tuple[Bar, ...]
    gaps: int
    filled_gaps: int
    last_gaps: tuple[GapActivity, ...]
    silences: int
    silent_since: datetime | None
    outages: int
    unread_since: datetime | None
    shrinkages: int
    shrunken_since: datetime | None
    whole_text: float | None
    delay_seconds: float | None
    never_read: bool = False


@dataclass(slots=True)
class Coverage:
    """What is known of the articles of a span: when they were seen, after how many seconds, how many were whole."""

    moments: list[datetime]
    delays: list[float]
    whole: int = 0
    backlog: int = 0

    def add(self, seen: SeenArticle, watched_since: datetime, *, is_whole: bool) -> None:
        """Count an article of an outlet that is watched since a moment; `is_whole`: its feed gives whole texts."""
        published = seen.published or seen.seen
        if published < watched_since or seen.seen <= watched_since or published < seen.seen - FRESH:
            self.backlog += 1
            return
        self.moments.append(seen.seen)
        self.whole += is_whole or seen.has_page or not is_part(seen.length, seen.ending)
        if seen.published:
            # An outlet's clock that is ahead of ours makes no article early.
            self.delays.append(max(0.0, (seen.seen - seen.published).total_seconds()))

    @property
    def whole_text(self) -> float | None:
        """The share of articles with their whole text, None without articles."""
        return self.whole / len(self.moments) if self.moments else None

    @property
    def delay_seconds(self) -> float | None:
        """The median seconds from publication to sight, None where nothing was dated."""
        return median(self.delays) if self.delays else None


def together(coverages: Iterable[Coverage]) -> Coverage:
    """Return the coverage of several outlets as one."""
    total = Coverage([], [])
    for one in coverages:
        total.moments += one.moments
        total.delays += one.delays
        total.whole += one.whole
        total.backlog += one.backlog
    return total


def a_day(count: int, watched: timedelta) -> float | None:
    """Return how many articles a day so many in this time are, None for less than a day."""
    return count / (watched / _DAY) if watched >= _LEAST_WATCHED else None


def report_outlets(
    conn: Connection, outlets: Mapping[str, Outlet], span: BoundedSpan, zone: tzinfo
) -> list[tuple[OutletActivity, Coverage]]:
    """Return the activity of every outlet that is watched or had articles in the span, those with most first."""
    past = _read_past(conn, span)
    whole = {name for name, one in outlets.items() if {feed.kind for feed in one.feeds} <= WHOLE_TEXTS}
    coverages = {name: Coverage([], []) for name in outlets}
    came = list(activity_records.seen_articles(conn, span))
    # Of an outlet without a feed, since they went to others, the first article tells from when it was watched.
    gone = {seen.outlet for seen in came} - past.watched_since.keys()
    since = {**activity_records.first_seen(conn, sorted(gone)), **past.watched_since}
    for seen in came:
        coverage = coverages.setdefault(seen.outlet, Coverage([], []))
        coverage.add(seen, since[seen.outlet], is_whole=seen.outlet in whole)
    titles = {name: one.title for name, one in outlets.items()}
    reports = [
        (_report(name, titles.get(name, name), coverage, past, zone), coverage) for name, coverage in coverages.items()
    ]
    return sorted(reports, key=lambda one: (-one[0].articles, one[0].outlet))


@dataclass(frozen=True, slots=True)
class _Past:
    """What the database says of all outlets, by name, for a span."""

    span: BoundedSpan
    watched_since: Mapping[str, datetime]
    habit: Mapping[str, Mapping[int, int]]
    gaps: Sequence[Gap]
    unwatched: Sequence[BoundedSpan]
    incidents: Mapping[str, Sequence[Incident]]
    never_read: Set[str]


def _read_past(conn: Connection, span: BoundedSpan) -> _Past:
    incidents: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in activity_records.incidents_within(conn, OUTLETS, span):
        incidents[incident.key].append(incident)
    return _Past(
        span,
        activity_records.watched_since(conn),
        activity_records.daily_counts(conn, (span[0] - HABIT, span[0])),
        poll_records.noticed_gaps(conn, span),
        unwatched_spans(conn, span),
        incidents,
        activity_records.never_read(conn),
    )


def _report(name: str, title: str, coverage: Coverage, past: _Past, zone: tzinfo) -> OutletActivity:
    since, until = past.span
    first = past.watched_since.get(name)
    gaps = [gap for gap in past.gaps if gap.outlet == name]
    silences, outages, pages, feeds = (
        past.incidents.get(f"{kind}:{name}", ()) for kind in (SILENT, BROKEN, SHRUNKEN_PAGES, SHRUNKEN_FEED)
    )
    return OutletActivity(
        outlet=name,
        watched_since=max(since, first) if first else None,
        title=clean(title),
        articles=len(coverage.moments),
        backlog=coverage.backlog,
        a_day=a_day(len(coverage.moments), until - max(since, first or until)),
        usual_a_day=_usual_a_day(past.habit.get(name, {}), first or until, since),
        days=watched_days(coverage.moments, past.span, zone, [(since, first or until), *past.unwatched]),
        gaps=len(gaps),
        filled_gaps=sum(gap.filled_at is not None for gap in gaps),
        last_gaps=tuple(map(_told_gap, gaps[:MOST_GAPS])),
        silences=len(silences),
        silent_since=_lasting(silences, until),
        outages=len(outages),
        unread_since=_lasting(outages, until),
        shrinkages=len(pages) + len(feeds),
        shrunken_since=_lasting([*pages, *feeds], until),
        whole_text=coverage.whole_text,
        delay_seconds=coverage.delay_seconds,
        never_read=name in past.never_read,
    )


def _told_gap(gap: Gap) -> GapActivity:
    # An address may hold credentials, which must not be printed.
    url, note = clean(gap.url), clean(gap.note)
    return GapActivity(from_at=gap.from_at, to_at=gap.to_at, url=url, filled_at=gap.filled_at, note=note)


def _usual_a_day(habit: Mapping[int, int], first: datetime, since: datetime) -> float | None:
    """Return the mean of the whole days (UTC) of the habit; the day of the first poll brings the backlog."""
    days = range(max((since - HABIT - _EPOCH) // _DAY, (first - _EPOCH) // _DAY) + 1, (since - _EPOCH) // _DAY)
    return sum(habit.get(day, 0) for day in days) / len(days) if len(days) >= _LEAST_DAYS else None


def _lasting(incidents: Sequence[Incident], until: datetime) -> datetime | None:
    """Return since when the incident is open that was open at the end of the span."""
    return next((one.opened_at for one in incidents if one.closed_at is None or one.closed_at >= until), None)
