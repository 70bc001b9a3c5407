"""Request the pages behind new articles: those that rules wait for, and those that their outlet is set to have read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.hostnames import host_of
from monitor.model import Fulltext
from monitor.steps.poll_result import PollResult
from monitor.steps.rule_verdicts import RuleVerdicts
from monitor.store.articles import Added
from monitor.store.fulltext_queue import FulltextRequest

TEXT_WITHIN = timedelta(minutes=2)
"""How long a rule with `wait: text` waits for an article's full text."""
READ_WITHIN = timedelta(hours=1)
"""How long a page that no rule waits for is tried again after its server failed."""
PAGES_A_POLL = 100
"""Pages that no rule waits for which one poll requests at most: those of its newest articles."""

Judged = Sequence[tuple[Added, RuleVerdicts]]
"""The stored articles of a poll, the oldest first, with what the rules say of them."""


def page_requests(fulltext: Fulltext, poll_result: PollResult, judged: Judged, *, late: bool) -> list[FulltextRequest]:
    """Return the requests for pages behind articles that a poll brought to an outlet with this setting."""
    awaited = [_request(one, poll_result, late=late) for one, verdict in judged if verdict.waits]
    if fulltext is Fulltext.NEVER or poll_result.has_whole_texts:
        return awaited
    until = poll_result.at + READ_WITHIN
    others = [_request(one, poll_result, late=late) for one in _unawaited(poll_result, judged)]
    return awaited + [replace(one, until=until, awaited=False) for one in others[-PAGES_A_POLL:]]


def _request(added: Added, poll_result: PollResult, *, late: bool) -> FulltextRequest:
    """Return the request for a page that rules wait for."""
    at, url = poll_result.at, added.article.url
    batch_id = poll_result.feed.state.batch_id or ""
    return FulltextRequest(added.article_id, at, at + TEXT_WITHIN, host_of(url), batch_id, late)


def _unawaited(poll_result: PollResult, judged: Judged) -> Iterator[Added]:
    """Yield the new articles that are to be read; of the backlog of a first poll, those that a rule found."""
    is_backlog = poll_result.feed.state.batch_id is not None
    for one, verdict in judged:
        if one.is_new and one.article.url and not verdict.waits and (verdict.matches or not is_backlog):
            yield one
