"""Note what the pages of a feed give; while its outlet refuses them, keep them until they can be read.

A captcha or an outage is over in minutes or hours: one page is tried again soon and then ever less often, and once one
can be read, so are those of the last day, the newest first, as politely as all others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.articles import FRUITLESS, adds_text, are_pages_given_up
from monitor.errors import FetchError
from monitor.hostnames import host_of
from monitor.page_values import ArticlePage
from monitor.steps.shrinkage import note_page
from monitor.store import Connection, article_queries, article_texts, fulltext_queue, host_leases, page_yields
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
_ASKED_WITHIN = timedelta(hours=2)
"""How long before the first refusal the articles were seen whose pages were refused."""
_SOONEST, _LATEST = timedelta(minutes=10), timedelta(hours=6)


def is_passing(error: FetchError) -> bool:
    """Whether the error may be over in a moment: a busy server or a lost connection, not a refusal."""
    return error.reason != "refused" and (error.status is None or error.status >= 500 or error.status == 429)


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


class GivenPage(NamedTuple):
    """What a page gave, or the reason why it gave no text: that may pass, or its outlet `refused` it."""

    page: ArticlePage
    reason: str = ""
    passing: bool = False
    refused: bool = False


def note_yield(conn: Connection, feed_id: int, stored: StoredArticle, given: GivenPage, now: datetime) -> None:
    """Record what a feed's page gave; a failure that passes teaches nothing of its texts."""
    if given.page.text:
        _note_text(conn, feed_id, stored, given.page.text, now)
    elif given.refused:
        _note_refusal(conn, feed_id, given.reason, now)
    else:
        page_yields.note_reading(conn, feed_id, given.reason)
    if not given.passing:
        note_page(conn, feed_id, stored.article.url, given.reason, given.page)


def postpone(
    conn: Connection, request: FulltextRequest, later: tuple[datetime, HostPause], refusal: str, now: datetime
) -> None:
    """Have a claimed page tried again later, and its host left alone until then; note that its outlet refused it."""
    due, pause = later
    host_leases.pause(conn, [pause])
    if fulltext_queue.postpone(conn, request, due) and refusal and request.feed_id:
        _note_refusal(conn, request.feed_id, refusal, now)


def _note_text(conn: Connection, feed_id: int, stored: StoredArticle, text: str, now: datetime) -> None:
    """Note that a page of a feed gave a text; those that were refused before can be read, too."""
    was_blocked = is_blocked(page_yields.get(conn, feed_id))
    adds = adds_text(article_texts.in_feed_words(conn, stored).body, text)
    page_yields.note_reading(conn, feed_id, "" if adds else NOTHING_MORE)
    page_yields.note_block(conn, feed_id, None, None)
    if was_blocked:
        fulltext_queue.reschedule(conn, feed_id, now)


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


def _kept(stored: StoredArticle, feed_id: int, due: datetime) -> FulltextRequest:
    host = host_of(stored.article.url)
    return FulltextRequest(
        stored.id, due, stored.seen + KEPT, host, feed_id=feed_id, attempts=ONE_ATTEMPT, awaited=False
    )
