"""Judge the past of outlets where alerts are asked for: each person gets one mail, once all of it is read.

What is known already is judged as well, as it is stored: the first poll of a feed tells of its last 24 hours alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.articles import known_by_keys
from monitor.config import Config
from monitor.model import Article, Match
from monitor.query import document
from monitor.steps.config_in_force import is_outdated
from monitor.steps.context import Context
from monitor.steps.plan_alerts import FoundArticle, plan_found_articles
from monitor.store import Connection, article_queries, identities
from monitor.store.article_queries import StoredArticle
from monitor.store.articles import Added
from monitor.store.backfills import Backfill

Version = tuple[tuple[bytes, ...], bytes]
"""The identity keys of an article and the digest of its words."""


@dataclass(frozen=True, slots=True)
class JudgedPast:
    """Articles of the past that was asked for then, and what rules find in them: in those of a page, and those known.

    `generation` is that of the configuration whose rules judged them.
    """

    asked_at: datetime
    page: Sequence[Article]
    known: Sequence[StoredArticle]
    generation: int = 0
    in_page: Mapping[Version, tuple[Match, ...]] = field(default_factory=dict)
    in_known: Mapping[int, tuple[Match, ...]] = field(default_factory=dict)


async def judged_past(ctx: Context, backfill: Backfill, page: Sequence[Article]) -> JudgedPast:
    """Return what the rules in force find in the articles of a page."""
    known = await ctx.store.read(_known, page, backfill.feed_id)
    return await asyncio.to_thread(_judge, ctx, JudgedPast(backfill.asked_at, page, known))


def _known(conn: Connection, page: Sequence[Article], feed_id: int) -> list[StoredArticle]:
    memory = identities.load_memory(conn, page)
    ids = {id_ for one in page if (id_ := known_by_keys(one, memory, feed_id)) is not None}
    return list(article_queries.get(conn, sorted(ids)).values())


def still_judged(conn: Connection, ctx: Context, past: JudgedPast) -> JudgedPast:
    """Return the same, judged anew where the rules have changed since."""
    return _judge(ctx, past) if is_outdated(conn, ctx, past.generation) else past


def _judge(ctx: Context, past: JudgedPast) -> JudgedPast:
    generation, config, now = ctx.active.generation, ctx.active.config, ctx.clock.now()
    in_page = {(one.keys, one.digest): _matches(config, one, now) for one in past.page}
    in_known = {one.id: _matches(config, one.article, now) for one in past.known}
    return JudgedPast(past.asked_at, past.page, past.known, generation, in_page, in_known)


def _matches(config: Config, article: Article, now: datetime) -> tuple[Match, ...]:
    """Return what rules find, also those that wait for the page of an article: those of the past are not read."""
    outlet = config.outlets.get(article.outlet)
    if outlet is None:
        return ()
    read = document(article, outlet)
    return config.index.match(read, now) + config.waiting.match(read, now)


def plan_past(conn: Connection, ctx: Context, past: JudgedPast, added: Iterable[Added]) -> None:
    """Store what rules found in the articles that were added and in known ones, and plan the mail that tells it."""
    new = [(one, past.in_page.get((one.article.keys, one.article.digest), ())) for one in added if one.is_new]
    known = [
        (Added(one.article, one.id, one.story_id, one.version, is_new=False), past.in_known[one.id])
        for one in past.known
    ]
    found = [FoundArticle(one, matches, backfill=past.asked_at) for one, matches in (*new, *known) if matches]
    matched = [(one.added.article_id, one.added.version, one.matches) for one in found]
    article_queries.keep_matches(conn, matched, ctx.clock.now())
    plan_found_articles(conn, ctx.clock, found, ctx.active.config.routes)
