"""Request again the pages of articles that rules found, an hour, a day and a week after those were first seen."""

from __future__ import annotations

from datetime import datetime

from monitor.articles import is_excerpt, next_recheck
from monitor.config import Config
from monitor.hostnames import host_of
from monitor.model import Fulltext
from monitor.steps.blocked_pages import READ_WITHIN
from monitor.steps.context import Context
from monitor.store import Connection, article_pages, article_queries, article_texts, fulltext_queue
from monitor.store.article_queries import StoredArticle
from monitor.store.fulltext_queue import FulltextRequest

OTHERS_FIRST = 50
"""Pages that no rule waits for, so many of which at most wait while pages are requested again: those are last."""


async def request_rechecks(ctx: Context) -> int:
    """Request the pages that are due to be read again, as far as few others wait; return how many."""
    now = ctx.clock.now()
    if not await ctx.store.read(article_pages.due_rechecks, now, 1):
        return 0
    return await ctx.store.write(_request_due, ctx.active.config, now)


def _request_due(conn: Connection, config: Config, now: datetime) -> int:
    room = OTHERS_FIRST - fulltext_queue.count_background(conn, now)
    ids = article_pages.due_rechecks(conn, now, room) if room > 0 else []
    stored = article_queries.get(conn, ids)
    article_pages.plan_rechecks(
        conn,
        {id_: next_recheck(one.seen, one.article.published, now) for id_, one in stored.items()}
        | {id_: None for id_ in ids if id_ not in stored},
    )
    read = article_texts.page_texts(conn, ids).keys()
    requests = [
        FulltextRequest(id_, now, now + READ_WITHIN, host_of(one.article.url), awaited=False)
        for id_, one in stored.items()
        if _is_worth_reading(config, one, was_read=id_ in read) and fulltext_queue.due_of(conn, id_) is None
    ]
    fulltext_queue.request(conn, requests)
    return len(requests)


def _is_worth_reading(config: Config, stored: StoredArticle, *, was_read: bool) -> bool:
    """Whether the outlet still has its pages read, and this one may say more than a feed that shows edits itself."""
    outlet = config.outlets.get(stored.article.outlet)
    if outlet is None or outlet.fulltext is Fulltext.NEVER:
        return False
    return was_read or outlet.fulltext is Fulltext.ALWAYS or is_excerpt(stored.article)
