"""Request the pages behind new articles: those that rules wait for, and those that are worth it for their outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median_low

from monitor.articles import has_changed_shape, is_excerpt, next_recheck, pages_worth_reading
from monitor.config import Config
from monitor.hostnames import host_of
from monitor.model import Fulltext, Outlet
from monitor.steps.blocked_pages import READ_WITHIN, is_blocked, is_given_up, kept
from monitor.steps.poll_result import PollResult
from monitor.steps.rule_verdicts import RuleVerdicts
from monitor.store import Connection, article_pages, fulltext_queue, page_yields
from monitor.store.articles import Added
from monitor.store.fulltext_queue import FulltextRequest, WaitingPage

TEXT_WITHIN = timedelta(minutes=2)
"""How long a rule with `wait: text` waits for an article's full text."""
PAGES_A_POLL = 100
"""Pages that no rule waits for which one poll requests at most: those of its newest articles."""

Judged = Sequence[tuple[Added, RuleVerdicts]]
"""The stored articles of a poll, the oldest first, with what the rules say of them."""


def request_pages(conn: Connection, fulltext: Fulltext, poll_result: PollResult, judged: Judged, *, late: bool) -> None:
    """Request the pages behind articles that a poll brought to an outlet with this setting."""
    requests = [_request(one, poll_result, late=late) for one, verdict in judged if verdict.waits]
    if not poll_result.has_whole_texts:
        plan_rechecks(conn, fulltext, [one for one, verdict in judged if verdict.matches], poll_result.at)
    if fulltext is not Fulltext.NEVER and not poll_result.has_whole_texts:
        until = poll_result.at + READ_WITHIN
        others = _unawaited(poll_result, judged)
        if fulltext is Fulltext.AUTO and others:
            others = _worth_reading(conn, poll_result, others)
        unawaited = [_request(one, poll_result, late=late) for one in others[-PAGES_A_POLL:]]
        past = page_yields.get(conn, poll_result.feed.id)
        requests += [
            kept(one, past, poll_result.at) if is_blocked(past) else replace(one, until=until, awaited=False)
            for one in unawaited
        ]
    fulltext_queue.request(conn, requests)


def withdraw_unwanted(conn: Connection, config: Config) -> None:
    """Ask for no more pages of outlets that are watched no more, nor where their setting now is `never`.

    Where something is told only after a page was read, the page is read all the same while its outlet is watched.
    """
    unwanted = [
        one for one in fulltext_queue.waiting_pages(conn) if not _is_wanted(config.outlets.get(one.outlet), one)
    ]
    fulltext_queue.withdraw(conn, [one.article_id for one in unwanted])
    for feed_id in {one.feed_id for one in unwanted if one.feed_id}:
        page_yields.note_block(conn, feed_id, None, None)


def _is_wanted(outlet: Outlet | None, page: WaitingPage) -> bool:
    return outlet is not None and (page.is_told_after or outlet.fulltext is not Fulltext.NEVER)


def plan_rechecks(conn: Connection, fulltext: Fulltext, found: Sequence[Added], now: datetime) -> None:
    """Have the pages of articles that rules found read again later, unless their outlet wants none read."""
    if fulltext is not Fulltext.NEVER:
        articles = {one.article_id: one.article for one in found if one.article.url}
        moments = {id_: next_recheck(one.seen or now, one.published, now) for id_, one in articles.items()}
        article_pages.plan_rechecks(conn, {id_: moment for id_, moment in moments.items() if moment})


def _request(added: Added, poll_result: PollResult, *, late: bool) -> FulltextRequest:
    """Return the request for a page that rules wait for."""
    at, feed = poll_result.at, poll_result.feed
    host = host_of(added.article.url)
    return FulltextRequest(added.article_id, at, at + TEXT_WITHIN, host, feed.state.batch_id or "", late, feed.id)


def _unawaited(poll_result: PollResult, judged: Judged) -> list[Added]:
    """Return the new articles that may be read; of the backlog of a first poll, those that a rule found."""
    is_backlog = poll_result.feed.state.batch_id is not None
    return [
        one
        for one, verdict in judged
        if one.is_new and one.article.url and not verdict.waits and (verdict.matches or not is_backlog)
    ]


def _worth_reading(conn: Connection, poll_result: PollResult, added: Sequence[Added]) -> list[Added]:
    """Return the articles of which the feed gives an excerpt, as far as its latest pages gave more than that."""
    excerpts = [one for one in added if is_excerpt(one.article)]
    if not excerpts:
        return []
    feed_id, now = poll_result.feed.id, poll_result.at
    past = page_yields.get(conn, feed_id)
    length = median_low(len(article.body) for article in poll_result.articles)
    afresh = past.requested_at is not None and has_changed_shape(length, past.length)
    if is_blocked(past) and not afresh:
        return excerpts
    given_up = is_given_up(past) and not afresh
    most = pages_worth_reading(past.requested_at, now, PAGES_A_POLL, given_up=given_up)
    if most:
        page_yields.note_request(conn, feed_id, length, now, afresh=afresh)
    return excerpts[-most:] if most else []
