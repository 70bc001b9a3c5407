"""Have the page read again before an edit of its article is told, so that one mail tells the whole change.

A feed shows an edit of its excerpt, the page all of it, mostly at the same time. Where the page cannot be read in time,
what the feed says is told. A rule that finds the article only now waits for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.hostnames import host_of
from monitor.model import Fulltext, Outlet
from monitor.steps.page_requests import TEXT_WITHIN
from monitor.steps.plan_alerts import FoundArticle
from monitor.steps.poll_result import PollResult
from monitor.store import Connection, article_queries, article_texts, fulltext_queue
from monitor.store.fulltext_queue import FulltextRequest


def read_before_telling(
    conn: Connection, outlet: Outlet | None, poll_result: PollResult, found: Sequence[FoundArticle]
) -> list[FoundArticle]:
    """Return what is to be told now of what a poll found; request the pages of the edits that are told later."""
    edits = [one for one in found if one.added.is_edit and one.added.article.url]
    if outlet is None or outlet.fulltext is Fulltext.NEVER or poll_result.has_whole_texts or not edits:
        return list(found)
    ids = [one.added.article_id for one in edits]
    read, pending = article_texts.page_texts(conn, ids).keys(), fulltext_queue.pending_edits(conn, ids)
    known = article_queries.earlier_rules(conn, {one.added.article_id: one.added.version for one in edits})
    told, requests = [], list[FulltextRequest]()
    for one in found:
        id_ = one.added.article_id
        before = pending.get(id_)
        rules = {match.rule for match in one.matches}
        if not one.added.is_edit or one.continues or id_ not in read or not known[id_]:
            told.append(one)
        elif rules <= known[id_]:
            requests.append(_request(one, poll_result, before))
        else:
            told.append(replace(one, edit_of=before.edit_of if before else 0))
            requests += [replace(before, edit_of=0)] if before else []
    fulltext_queue.request(conn, requests)
    return told


def _request(found: FoundArticle, poll_result: PollResult, before: FulltextRequest | None) -> FulltextRequest:
    """Return the request for the page of an edit; one that waits for its page already waits for no longer."""
    at, added = poll_result.at, found.added
    return FulltextRequest(
        added.article_id,
        at,
        before.until if before else at + TEXT_WITHIN,
        host_of(added.article.url),
        found.batch_id,
        found.late,
        poll_result.feed.id,
        edit_of=before.edit_of if before else added.version - 1,
    )
