"""Compute when a feed is next polled, from its rhythm and the latest outcome. Pure functions.

A feed is polled when the articles expected since would have waited long enough together, so that intervals go by
between the square root and the cube root of the rate; within ten minutes, unless hardly an article is expected. After
failures it is polled within 6 hours, or within a day where it has been missing for days or the server asks for that. No
feed is given up; a network that is down is no failure of a feed; after a gap a feed is polled more often.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from monitor.fetching.believed_hints import after_skipped, believed_interval
from monitor.fetching.rhythm import Rhythm, expected, hourly_rates, start
from monitor.model import UpdateHints

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(minutes=30)
FIRST = timedelta(minutes=10)
BACK_OFF_LIMIT = timedelta(hours=6)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MISSING = (404, 410)
NETWORK_RETRY = timedelta(minutes=1)

PRICE = 9.0  # what a request costs, in minutes that one article waits; a wait of t minutes counts t + t²/LATE
LATE = 0.5
PROMPT = 10  # minutes; an article that waits longer is overdue, which counts OVERDUE minutes more
OVERDUE = 200.0
TURNOVER = 0.5  # the share of a page's entries that may be new at a poll, so that none came and went unseen
GROWTH = 1.5  # the interval grows by at most this factor at a time, so that a quiet hour does not undo a gap
HINT_LIMIT = timedelta(minutes=10)  # the longest max-age that is believed: one of a year is common
GONE_AFTER = 18  # failures in a row, two to four days with their back-off: a 404 or 410 is often a deployment
CONFIGURED, BUDGET = "`every:` in the files", "`requests_a_day`"
"""Why a poll is due then: the reason, and what the reason begins with."""
DOUBLINGS = 12  # a minute doubled so often is more than 6 hours; bounds the power after a year of failures


OURS = frozenset({"headers", "proxy"})
"""Reasons of failures on our side, before a request reaches the outlet: a longer wait would spare it nothing."""


@dataclass(frozen=True, slots=True)
class PollHistory:
    """What is known of a feed, this poll included: `every` if configured, and the interval until now.

    `missing` says that the poll before was answered 404 or 410, `read_before` that this is not the first time that it
    could be read. `rhythm` is None where nothing was learned, `budget` is
    how many polls a day (UTC) the feed may have (None: any number), `polls_today` how many of them it has had. `hints`
    are what the feed says of when it changes.
    """

    every: timedelta | None = None
    interval: timedelta = FIRST
    failures: int = 0
    missing: bool = False
    read_before: bool = True
    rhythm: Rhythm | None = None
    budget: int | None = None
    polls_today: int = 0
    hints: UpdateHints = field(default_factory=UpdateHints)

    @property
    def is_spent(self) -> bool:
        """Whether the budget of the day is used up."""
        return self.every is None and self.budget is not None and self.polls_today >= self.budget


@dataclass(frozen=True, slots=True)
class PollOutcome:
    """The outcome of a poll: `error` is the reason of its FetchError or ParseError, empty for success.

    `retry_after` and `fresh_for` (max-age) are seconds that the server states; `gap` says that the page shares no
    article with the poll before, `network_down` that all requests fail.
    """

    error: str = ""
    status: int | None = None
    retry_after: float | None = None
    gap: bool = False
    fresh_for: float | None = None
    network_down: bool = False


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When the next poll is due, the interval, the number of failures in a row, and the feed's health.

    `health` is `ok`, or what is wrong: `slow down` (429 or 503), `missing` (404 or 410), `gone` (missing for days),
    `refused` (by our address gate), `network` (ours is down), else `failing`. `because` says why it is due then.
    """

    due: datetime
    interval: timedelta
    failures: int
    health: str
    because: str


def next_poll(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    """Return the next poll; `jitter` (0 to 1) spreads feeds that would otherwise be due together."""
    if outcome.error and outcome.network_down:
        due = now + NETWORK_RETRY * (1 + jitter)
        return NextPoll(due, past.interval, past.failures, "network", "our network is down")
    if outcome.error:
        return _after_failure(past, outcome, now, jitter)
    if past.every:
        # Up to a tenth earlier and never later than the files ask for.
        return NextPoll(now + past.every * (0.9 + 0.1 * jitter), past.every, 0, "ok", CONFIGURED)
    interval, because = adaptive(past, outcome, now)
    if past.budget is not None:
        allowed = within_budget(past, past.budget, interval, now, is_urgent=outcome.gap)
        if allowed > interval:
            because = f"{BUDGET} leaves {max(past.budget - past.polls_today, 0)} until midnight UTC"
        interval = allowed
    due = _midnight(now) if past.is_spent else now + interval * (0.9 + 0.1 * jitter)
    wanted = due if outcome.gap else after_skipped(due, past.hints, past.rhythm or start(now, None))
    because = "the feed wants the hours before to be skipped (skipHours, skipDays)" if wanted > due else because
    return NextPoll(wanted, interval, 0, "ok", because)


def _after_failure(past: PollHistory, outcome: PollOutcome, now: datetime, jitter: float) -> NextPoll:
    failures = past.failures + 1
    interval = past.every or past.interval
    if outcome.status in MISSING and past.missing and failures >= GONE_AFTER:
        return NextPoll(now + DAY * (0.9 + 0.1 * jitter), interval, failures, "gone", "missing for days")
    delay = back_off(interval, 1 if outcome.error in OURS else failures) * (0.75 + 0.25 * jitter)
    # Retry-After can only lengthen the wait: some servers state 0 all day long.
    asked = min(timedelta(seconds=outcome.retry_after or 0.0), DAY)
    because = "the server asks for that long (Retry-After)" if asked > delay else f"failures in a row: {failures}"
    due = now + max(delay, asked)
    return NextPoll(max(due, _midnight(now)) if past.is_spent else due, interval, failures, _health(outcome), because)


def back_off(interval: timedelta, failures: int) -> timedelta:
    """Return the wait after so many failures in a row: the interval, doubled for each further one, up to 6 hours."""
    first = min(max(interval, SHORTEST), BACK_OFF_LIMIT)
    doubled: int = 2 ** min(failures - 1, DOUBLINGS)
    return min(first * doubled, BACK_OFF_LIMIT)


def _health(outcome: PollOutcome) -> str:
    if outcome.status in (429, 503):
        return "slow down"
    if outcome.status in MISSING:
        return "missing"
    return "refused" if outcome.error == "refused" else "failing"


def adaptive(past: PollHistory, outcome: PollOutcome, now: datetime) -> tuple[timedelta, str]:
    """Return the interval for a feed without `every`, 1 to 30 minutes, and why: by its rhythm, halved after a gap."""
    if outcome.gap:
        return _bounded(past.interval / 2), "articles may have come and gone unseen"
    rhythm = past.rhythm or start(now, None)
    planned, because = by_rhythm(rhythm, now)
    slowest = _bounded(past.interval * GROWTH)
    if planned > slowest:
        step = "slowing down step by step" if past.read_before else "a new feed is looked at soon again"
        planned, because = slowest, f"{step}: {because}"
    # Before max-age has passed, a cache gives the same answer.
    max_age = timedelta(seconds=min(max(outcome.fresh_for or 0.0, 0.0), HINT_LIMIT.total_seconds()))
    stated = min(believed_interval(past.hints, rhythm, now), LONGEST)
    if stated > max(planned, max_age):
        return stated, "the feed asks for that long (ttl, sy:updatePeriod)"
    return (max_age, "the server asks for that long (max-age)") if max_age > planned else (planned, because)


def by_rhythm(rhythm: Rhythm, now: datetime) -> tuple[timedelta, str]:
    """Return after how long the articles expected unseen have waited for PRICE together, or fill half the page.

    That is at most PROMPT where the articles expected by then would, overdue, cost as much as a request: at a rate r,
    intervals of t > PROMPT cost (PRICE - OVERDUE r PROMPT) / t + OVERDUE r for requests and overdue articles, which
    grows with t at a higher rate and falls at a lower one. It is at most LONGEST, also in a quiet night.
    """
    minutes = unseen = waited = squared = cost = 0.0
    most = max(rhythm.shown * TURNOVER, 1.0)
    for articles in expected(rhythm, now, hours=1):
        minutes += 1
        squared += 2 * waited + unseen + articles
        unseen += articles
        waited += unseen
        before, cost = cost, waited + squared / LATE
        if cost >= PRICE:
            minutes -= (cost - PRICE) / (cost - before)
        is_overdue = minutes >= PROMPT and unseen * OVERDUE >= PRICE
        if cost >= PRICE or unseen >= most or is_overdue or minutes * SHORTEST >= LONGEST:
            break
    hourly = unseen / max(minutes, 1) * 60
    because = f"{f'{hourly:,.0f}' if hourly >= 10 else f'{hourly:.2g}'} articles an hour are expected"
    if unseen >= most and cost < PRICE:
        because += f", and its page holds {rhythm.shown}"
    return _bounded(minutes * SHORTEST), because


def within_budget(past: PollHistory, budget: int, interval: timedelta, now: datetime, *, is_urgent: bool) -> timedelta:
    """Return the interval, lengthened where the polls of the day would not last until midnight (UTC).

    Where the rhythm wants more polls than are left, it is slowed down for the rest of the day alike; not where that is
    urgent. Once no more than one poll every 30 minutes is left, they are spread evenly.
    """
    rest, left = _midnight(now) - now, budget - past.polls_today
    if not is_urgent:
        wanted = polls_wanted(past.rhythm or start(now, None), now, rest)
        interval = max(interval, min(interval * (wanted / max(left, 1)), LONGEST))
    return max(interval, rest / max(left, 1)) if left <= rest / LONGEST else interval


def polls_wanted(rhythm: Rhythm, now: datetime, span: timedelta) -> float:
    """Return about how many polls the rhythm wants in a span of at most a day."""
    hours = -(-span // HOUR)
    a_minute = [rate / 60 for rate in hourly_rates(rhythm, now, hours)]
    return sum(HOUR / _bounded(_minutes(rate) * SHORTEST) for rate in a_minute) * (span / (hours * HOUR))


def _minutes(rate: float) -> float:
    """Return about how many minutes `by_rhythm` waits where so many articles a minute are expected all the time."""
    # Of the two terms of the cost, the larger one decides; `LEAST` articles an hour keep the rate above zero.
    by_wait: float = min((2 * PRICE / rate) ** (1 / 2), (3 * LATE * PRICE / rate) ** (1 / 3))
    return min(by_wait, max(PRICE / OVERDUE / rate, PROMPT))


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + DAY, time(), UTC)


def _bounded(interval: timedelta) -> timedelta:
    return min(max(interval, SHORTEST), LONGEST)
