"""Report the health of a monitor from its database and its daemon: what needs attention, totals, and every feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.alerts import FRESH, burst_text
from monitor.model import State
from monitor.reports.mute_list import list_mutes, mute_text
from monitor.reports.outlet_activity import OutletActivity
from monitor.steps import network_outage
from monitor.steps.blocked_pages import is_given_up
from monitor.steps.burst_notes import rule_bursts
from monitor.steps.incident_mails import ACCOUNT, BROKEN, MAIL_ACCOUNT, NETWORK, incident_kind
from monitor.steps.poll_result import READ_WITH_FAULTS
from monitor.steps.sending_accounts import MAIL
from monitor.steps.sitemap_filling import SITEMAP
from monitor.store import (
    Connection,
    article_queries,
    article_texts,
    backup_records,
    delivery_admin,
    fulltext_queue,
    host_lanes,
    incident_records,
    left_accounts,
    page_yields,
    poll_records,
    processes,
    uptime,
)
from monitor.store.backup_records import BackupRecord
from monitor.store.delivery_admin import Backlog
from monitor.store.feeds import FeedState
from monitor.store.host_lanes import DelayedHost
from monitor.store.incident_records import Incident
from monitor.store.page_yields import BlockedPages, PagesInPart
from monitor.store.poll_records import Gap
from monitor.store.processes import Process, Role
from monitor.store.uptime import Run
from monitor.text import clean, counted, times, when

HEARTBEAT_LATE = timedelta(minutes=2)
"""A daemon without a heartbeat for so long is not running."""
LATE = timedelta(minutes=15)
"""A mail that was due so long ago is late."""
STALE = timedelta(days=14)
"""A sitemap that gave nothing new for so long may be none of the news."""
_LEAST_PAGES = 20
"""Pages of a feed from which on their share that gives text is told."""
_DAY = timedelta(days=1)
# Every feed fails so many times in a row now and then.
_USUAL_FAILURES = 2


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The health of a monitor at one moment; `attention` lists what a person should look at, the gravest first.

    `unread` counts pages that are to be read, `awaited` those of them that rules wait for, `pages_today` the articles
    of the last 24 hours (`articles_today`, without those that were older than a day when they were seen) whose page was
    read; `storage` is the incident of a daemon that cannot write to its database;
    `notes` say of feeds that were read, and need no attention, what was odd about their pages, and which gaps of the
    last day were filled (`filled_gaps`); `week` is what each outlet published in the last seven days, if that was
    read; `stories` says by what articles are known to be of one story; `processes` are the monitors on a PostgreSQL
    database.
    """

    now: datetime
    run: Run | None
    articles: int
    articles_today: int
    matches_today: dict[str, int]
    backlog: Backlog
    feeds: list[FeedState]
    unread: int
    awaited: int
    pages_today: int
    gaps: list[Gap]
    filled_gaps: list[Gap]
    incidents: list[Incident]
    network_down_since: datetime | None = None
    storage: Incident | None = None
    backup: BackupRecord | None = None
    running: bool = False
    blocked_pages: Sequence[BlockedPages] = ()
    attention: Sequence[str] = ()
    notes: Sequence[str] = ()
    week: Sequence[OutletActivity] = ()
    stories: str = ""
    processes: Sequence[Process] = ()


def read_health(conn: Connection, now: datetime, storage: Incident | None = None) -> HealthReport:
    """Return the present health by the database, and by what a running daemon said of its storage."""
    since, run = now - _DAY, uptime.last(conn)
    incidents = incident_records.unclosed(conn)
    present = processes.listing(conn)
    # Workers poll on where nobody conducts, and let the monitor count as up, but not as well.
    conducting = [one for one in present if one.role is Role.CONDUCTOR]
    is_conducted = not present or any(now - one.beat_at < HEARTBEAT_LATE for one in conducting)
    has_heartbeat = run is not None and run.stopped_at is None and now - run.beat_at < HEARTBEAT_LATE and is_conducted
    theirs = [one.key for one in incidents if one.key.startswith(ACCOUNT) and not incident_kind(one.kind).ours]
    health = HealthReport(
        now=now,
        run=run,
        articles=article_queries.count(conn),
        articles_today=article_queries.count_news(conn, since, FRESH),
        matches_today=article_queries.match_counts(conn, since),
        backlog=delivery_admin.backlog(conn, now, [key.removeprefix(ACCOUNT) for key in theirs]),
        # An address may hold credentials, which must not be printed.
        feeds=[_without_credentials(feed) for feed in poll_records.states(conn)],
        unread=fulltext_queue.count_waiting(conn),
        pages_today=article_texts.count_pages(conn, since, FRESH),
        awaited=fulltext_queue.count_waiting(conn, awaited=True),
        gaps=[_printable_gap(gap) for gap in poll_records.open_gaps(conn, since)],
        filled_gaps=[_printable_gap(gap) for gap in poll_records.filled_gaps(conn, since)],
        incidents=[_printable(incident) for incident in incidents],
        network_down_since=network_outage.down_since(conn),
        storage=storage,
        backup=backup_records.last(conn),
        blocked_pages=page_yields.blocked(conn),
        processes=present,
        # A daemon that says what is wrong with its storage runs, though its heartbeat cannot be written.
        running=storage is not None or has_heartbeat,
    )
    return replace(health, attention=_attention(health) + _without_sender(conn, health), notes=_notes(conn, health))


def _notes(conn: Connection, health: HealthReport) -> list[str]:
    noted = [feed for feed in health.feeds if feed.notes and not feed.failures and not _needs_attention(feed)]
    notes = [f"{feed.outlet} was read, but: {feed.notes} ({feed.url})" for feed in noted]
    notes += [
        f"{feed.outlet} was never read: {feed.last_error or feed.health} ({feed.url})"
        for feed in health.feeds
        if feed.failures and feed.last_ok_at is None and feed.health != "network" and not _needs_attention(feed)
    ]
    notes += _stale_sitemaps(health)
    lately = health.now - 2 * _DAY
    notes += [_page_note(one) for one in page_yields.mostly_without_text(conn, lately, _LEAST_PAGES)]
    notes += [
        f"{feed.outlet}: its clock is {_error_text(feed.clock_ahead)}, so that its times are corrected ({feed.url})"
        for feed in health.feeds
        if feed.clock_ahead
    ]
    notes += [
        f"{last.outlet}: what may have been missed {span} came by {by}{earlier} ({last.url})"
        for last, span, earlier in _by_feed(health.filled_gaps)
        for by in [last.note or "another feed of it"]
    ]
    notes += map(_delay_note, host_lanes.delayed(conn))
    notes += [f"{said} (monitor mute)" for said in map(mute_text, list_mutes(conn, health.now))]
    notes += [clean(burst_text(burst)) for burst in rule_bursts(conn, health.now)]
    return notes


def _delay_note(one: DelayedHost) -> str:
    """Return that a host is not asked as often as the files let it be."""
    delay = f"states a crawl-delay of {one.crawl_delay.total_seconds():g} s in its robots.txt"
    return f"{clean(one.host)} {delay}: it is asked once at a time, not {one.at_once} times (hosts: in monitor.yaml)"


def _page_note(pages: PagesInPart) -> str:
    """Return how many of the latest pages of a feed gave text, where most gave none."""
    past, known = pages.past, len(pages.past.latest)
    why = f" ({clean(past.reason)})" if past.reason else ""
    then = ", so that one a day is read" if is_given_up(past) else ""
    return f"{pages.outlet}: {past.given or 'none'} of its last {known} pages gave text{why}{then} ({clean(pages.url)})"


def _stale_sitemaps(health: HealthReport) -> list[str]:
    """Return a line for each sitemap, or index of them, that is read in vain for long: the news may stand elsewhere.

    An outlet that never published while it was watched has no habit of which its silence could be told.
    """
    read = [feed for feed in health.feeds if feed.kind == SITEMAP and feed.last_new_at and not feed.failures]
    newest = [(feed, feed.newest_published_at or feed.last_new_at or health.now) for feed in read]
    return [
        f"{feed.outlet}: its sitemap was read, but gave nothing new for {(health.now - at).days} days ({feed.url})"
        for feed, at in newest
        if at <= health.now - STALE and (feed.last_new_at or health.now) <= health.now - _DAY
    ]


def _printable(incident: Incident) -> Incident:
    """Return an incident whose lines are safe on a terminal: they may hold what a mail server answered."""
    return replace(incident, text="\n".join(map(clean, incident.text.splitlines())))


def _printable_gap(gap: Gap) -> Gap:
    return replace(gap, url=clean(gap.url), note=clean(gap.note))


def _without_credentials(feed: FeedState) -> FeedState:
    moved_to = clean(feed.moved_to) if feed.moved_to else None
    said = replace(feed, last_error=clean(feed.last_error), notes=clean(feed.notes), shrunken=clean(feed.shrunken))
    return replace(said, url=clean(feed.url), moved_to=moved_to)


def _attention(health: HealthReport) -> list[str]:
    found = []
    if not health.running:
        found.append("no daemon is running (monitor run)")
    # A failing feed has its own line, and so has the network while it is down.
    incidents = [one for one in health.incidents if one.kind not in (BROKEN, NETWORK)]
    known = [*([health.storage] if health.storage else ()), *incidents]
    found += [f"{incident.kind}: {incident.text}" for incident in known]
    if health.network_down_since:
        found.append(f"network: no outlet can be reached since {when(health.network_down_since)}; none is blamed")
    backlog = health.backlog
    if backlog.oldest_due_at and health.now - backlog.oldest_due_at > LATE:
        found.append(f"mails that are due: {backlog.due}, the oldest since {when(backlog.oldest_due_at)}")
    if backlog.held:
        found.append(f"mails that are held: {backlog.held} (monitor alerts release or drop)")
    if failed := backlog.counts.get(State.FAILED, 0):
        found.append(f"mails that failed: {failed} (monitor alerts list --state failed)")
    if unconfirmed := backlog.counts.get(State.UNCONFIRMED, 0):
        found.append(f"mails that may have arrived or not: {unconfirmed} (monitor alerts list --state unconfirmed)")
    found += [
        f"{feed.outlet}: {feed.last_error or feed.notes or feed.health} ({feed.url})"
        for feed in health.feeds
        if _needs_attention(feed)
    ]
    found += [
        f"{one.outlet}: its pages are refused since {when(one.since)} ({clean(one.reason)}); "
        f"{counted(one.waiting, 'page')} kept, tried again {when(one.probe_at)} ({clean(one.url)})"
        for one in health.blocked_pages
    ]
    return found + _gaps(health.gaps)


def _without_sender(conn: Connection, health: HealthReport) -> list[str]:
    """Return why no process can send the mails that are due, where no incident of the mail account says so."""
    senders = left_accounts.senders(conn, MAIL, health.now)
    if not health.backlog.due or not senders or not all(one.why for one in senders):
        return []
    if any(one.kind == MAIL_ACCOUNT for one in health.incidents):
        return []
    return [f"no process here can send by the mail account: {'; '.join(clean(str(one)) for one in senders)}"]


def _needs_attention(feed: FeedState) -> bool:
    """Whether a feed needs attention: it keeps failing, is gone, empty or damaged; not while our network is down."""
    return feed.health in ("gone", *READ_WITH_FAULTS) or (feed.failures > _USUAL_FAILURES and feed.health != "network")


def _gaps(gaps: Sequence[Gap]) -> list[str]:
    """Return one line for each feed with gaps, however many it has."""
    return [
        f"{last.outlet}: items may have been missed {span}"
        + (f"{earlier} ({last.url})" if earlier else "")
        + (f"; not filled: {last.note}" if last.note else "")
        for last, span, earlier in _by_feed(gaps)
    ]


def _error_text(ahead: int) -> str:
    """Return an error of minutes as people say it."""
    hours, minutes = divmod(abs(ahead), 60)
    return f"{hours}:{minutes:02} h {'fast' if ahead > 0 else 'slow'}"


def _by_feed(gaps: Sequence[Gap]) -> Iterator[tuple[Gap, str, str]]:
    """Yield each feed's last gap with its time as people read it, and a text that says how many were before."""
    by_feed: dict[int, list[Gap]] = {}
    for gap in gaps:
        by_feed.setdefault(gap.feed_id, []).append(gap)
    for last, *earlier in by_feed.values():
        span = f"from {last.from_at:%Y-%m-%d %H:%M} to {when(last.to_at)}"
        yield last, span, f", and {times(len(earlier))} before" if earlier else ""


def is_sound(health: HealthReport) -> bool:
    """Whether monitor does its work: it runs, outlets can be reached, mail leaves, and the files have no errors.

    Outlets and recipients that cannot be reached do not count, since that is no failure of monitor.
    """
    oldest_due, down_since = health.backlog.oldest_due_at, health.network_down_since
    ours = [incident for incident in health.incidents if incident_kind(incident.kind).ours]
    has_failed = ours or health.storage or (down_since and health.now - down_since >= network_outage.PATIENCE)
    return health.running and not has_failed and (oldest_due is None or health.now - oldest_due <= LATE)
