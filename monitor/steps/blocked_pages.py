"""Note what the pages of a feed give; while its outlet refuses them, keep them until they can be read.

A captcha or an outage is over in minutes or hours: one page is tried again soon and then ever less often, and once one
can be read, so are those of the last day, the newest first, as politely as all others. A page that alone gives
nothing is read again a few times: its server lagged behind the feed, a wall stood there once, or a stub is to become a
report.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.articles import FRUITLESS, adds_text, are_pages_given_up, is_excerpt
from monitor.hostnames import host_of
from monitor.page_values import ArticlePage
from monitor.steps.shrinkage import note_page
from monitor.store import (
    Connection,
    article_queries,
    article_texts,
    fulltext_queue,
    host_leases,
    page_yields,
    poll_records,
)
from monitor.store.article_queries import StoredArticle
from monitor.store.fulltext_queue import FulltextRequest
from monitor.store.host_leases import HostPause
from monitor.store.page_yields import NOTHING_MORE, PageYield

KEPT = timedelta(days=1)
"""How long after an article was first seen its page is worth reading that was refused."""
MOST_KEPT = 200
"""Pages of a feed that are kept at most, those of its newest articles."""
ONE_ATTEMPT = 3
"""The attempts that a kept page counts as having had: who asks is told by the next one, not by this one again."""
READ_WITHIN = timedelta(hours=1)
"""How long a page that no rule waits for is tried again after its server failed."""
_ASKED_WITHIN = timedelta(hours=2)
"""How long before the first refusal the articles were seen whose pages were refused."""
_SOONEST, _LATEST = timedelta(minutes=10), timedelta(hours=6)
_LOOKS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""How long after an article was first seen its page is read again that gave no text."""
_LOOKS_AT_STUBS = _LOOKS[:2]
"""The same of one that gave no more than the feed, and little."""
_STUB = 600
"""Characters: a page that says more is no stub which is to become a report."""


def is_blocked(past: PageYield) -> bool:
    """Whether the latest pages of a feed were refused one after the other."""
    return past.blocked_since is not None and past.fruitless >= FRUITLESS


def is_given_up(past: PageYield) -> bool:
    """Whether too few of the latest pages of a feed gave anything, so that only one a day is read where we decide."""
    return are_pages_given_up(past.fruitless, past.given, len(past.latest))


def next_probe(blocked_since: datetime, now: datetime) -> datetime:
    """Return when a refused page is tried again: after as long as that has gone on, 10 minutes to 6 hours."""
    return now + min(max(now - blocked_since, _SOONEST), _LATEST)


def kept(request: FulltextRequest, past: PageYield, now: datetime) -> FulltextRequest:
    """Return the request for a new page so that it waits until one of its feed is tried again."""
    due = max(past.probe_at or now, now)
    return replace(request, due_at=due, until=now + KEPT, attempts=ONE_ATTEMPT, awaited=False)


@dataclass(frozen=True, slots=True)
class GivenPage:
    """What a page gave, or the reason why it gave no text; it may if it is fetched again where that is `passing`.

    `gone`: its server says that it is not there, or not any more; `refused`: that it gives us no page now; `lasting`:
    that it is for subscribers, or for no robot. `published` is the date that it states, if plausible.
    """

    page: ArticlePage = field(default_factory=ArticlePage)
    reason: str = ""
    passing: bool = False
    gone: bool = False
    refused: bool = False
    lasting: bool = False
    published: datetime | None = None

    @property
    def text(self) -> str:
        return self.page.text


def note_yield(
    conn: Connection, request: FulltextRequest, stored: StoredArticle, given: GivenPage, now: datetime
) -> None:
    """Record what the page of a request gave; a failure that passes, or again, teaches nothing of its feed's texts."""
    if given.text:
        _note_text(conn, request, stored, given.text, now)
    elif given.refused:
        _note_refusal(conn, request.feed_id, given.reason, now)
    else:
        _note_fruitless(conn, request, given.reason)
    if given.text or not (given.passing or request.attempts):
        note_page(conn, request.feed_id, stored.article.url, given.reason, given.page)


def look_again(
    conn: Connection, request: FulltextRequest, stored: StoredArticle, given: GivenPage, now: datetime
) -> None:
    """Have the page of a request, which has ended, read again where it gave no more of its article than the feed.

    Not where the feed's pages give nothing anyway, or are refused and kept.
    """
    if given.lasting or (given.text and not _is_stub(conn, stored, given.text)):
        return
    past = page_yields.get(conn, request.feed_id)
    due = next_look(stored.seen, now, _LOOKS_AT_STUBS if given.text else _LOOKS)
    if due and not is_given_up(past) and not is_blocked(past):
        again = replace(request, due_at=due, until=due + READ_WITHIN, attempts=1, awaited=False, edit_of=0)
        fulltext_queue.request(conn, [again])


def _is_stub(conn: Connection, stored: StoredArticle, text: str) -> bool:
    """Whether the text of a page says no more than its feed, and both may be the beginning of a report."""
    said = article_texts.in_feed_words(conn, stored)
    # The text of a page begins with its heading more often than not.
    return len(text) <= _STUB and is_excerpt(said) and not adds_text(f"{said.title}\n{said.body}", text)


def next_look(seen: datetime, now: datetime, looks: Sequence[timedelta]) -> datetime | None:
    """Return the first of these moments after an article was seen that is yet to come; None after the last."""
    return next((moment for moment in (seen + wait for wait in looks) if moment > now), None)


def postpone(
    conn: Connection, request: FulltextRequest, later: tuple[datetime, HostPause], refusal: str, now: datetime
) -> None:
    """Have a claimed page tried again later, and its host left alone until then; note that its outlet refused it."""
    due, pause = later
    host_leases.pause(conn, [pause])
    if fulltext_queue.postpone(conn, request, due) and refusal and request.feed_id:
        _note_refusal(conn, request.feed_id, refusal, now)


def _note_text(conn: Connection, request: FulltextRequest, stored: StoredArticle, text: str, now: datetime) -> None:
    """Note that a page of a feed gave a text; those that were refused before can be read, too."""
    was_blocked = is_blocked(page_yields.get(conn, request.feed_id))
    if _adds_text(conn, stored, text):
        page_yields.note_reading(conn, request.feed_id, "")
    else:
        _note_fruitless(conn, request, NOTHING_MORE)
    page_yields.note_block(conn, request.feed_id, None, None)
    if was_blocked:
        fulltext_queue.reschedule(conn, request.feed_id, now)


def _note_fruitless(conn: Connection, request: FulltextRequest, reason: str) -> None:
    """Note why a page gave nothing; that another look finds the same teaches nothing of the feed's other pages."""
    if not request.attempts:
        page_yields.note_reading(conn, request.feed_id, reason)


def _adds_text(conn: Connection, stored: StoredArticle, text: str) -> bool:
    """Whether the text of an article's page says notably more than its feed."""
    return adds_text(article_texts.in_feed_words(conn, stored).body, text)


def _note_refusal(conn: Connection, feed_id: int, reason: str, now: datetime) -> None:
    """Note that an outlet refused a page of a feed; from the fifth in a row on, keep them and try again later."""
    page_yields.note_reading(conn, feed_id, reason)
    past = page_yields.get(conn, feed_id)
    since = min(past.blocked_since or now, now)
    if past.fruitless < FRUITLESS:
        page_yields.note_block(conn, feed_id, since, None)
        return
    probe = next_probe(since, now)
    page_yields.note_block(conn, feed_id, since, probe)
    refused = article_queries.refused(conn, feed_id, max(since - _ASKED_WITHIN, now - KEPT), MOST_KEPT)
    fulltext_queue.request(conn, [_kept(one, feed_id, probe) for one in refused])
    fulltext_queue.keep(conn, feed_id, since + KEPT)
    fulltext_queue.reschedule(conn, feed_id, probe)


def read_refused(conn: Connection, outlets: Collection[str], now: datetime) -> None:
    """Have the pages of these outlets read that were refused in the last day: now they are asked for in another way."""
    for feed in poll_records.states(conn) if outlets else ():
        if feed.outlet in outlets:
            refused = article_queries.refused(conn, feed.id, now - KEPT, MOST_KEPT)
            fulltext_queue.request(conn, [_kept(one, feed.id, now) for one in refused])
            fulltext_queue.reschedule(conn, feed.id, now)


def _kept(stored: StoredArticle, feed_id: int, due: datetime) -> FulltextRequest:
    host = host_of(stored.article.url)
    return FulltextRequest(
        stored.id, due, stored.seen + KEPT, host, feed_id=feed_id, attempts=ONE_ATTEMPT, awaited=False
    )
