"""What many visits brought becomes one transaction: articles, stories, matches, deliveries and validators together."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.alerts import FRESH, latest_publication
from monitor.articles import MANY, known_by_keys, may_wait, resolve_identities, same_but_numbers, select_changed
from monitor.config import Config
from monitor.hostnames import host_of
from monitor.model import Article, Match, Memory, Showing
from monitor.query import Document, document
from monitor.steps.context import Context
from monitor.steps.plan_alerts import NOTHING, FoundArticle, PlannedAlerts, plan_found_articles
from monitor.steps.poll_result import IngestResult, PollResult, end_of_poll
from monitor.store import (
    Connection,
    article_queries,
    articles,
    feeds,
    fulltext_queue,
    host_state,
    identities,
    poll_records,
)
from monitor.store.articles import Added
from monitor.store.feeds import PollEnd
from monitor.store.fulltext_queue import FulltextRequest

ARTICLES_A_TRANSACTION = 500
TEXT_WITHIN = timedelta(minutes=2)
"""How long a rule that waits for an article's full text does so."""

SURELY_OUT = timedelta(minutes=5)
"""How long before a poll a piece's date must lie for the poll to have had to show it."""

Version = tuple[tuple[bytes, ...], bytes]


@dataclass(frozen=True, slots=True)
class RuleVerdicts:
    """What rules say of an article at once; `waits` when others want its full text first."""

    matches: tuple[Match, ...]
    waits: bool = False


UNJUDGED = RuleVerdicts(())


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one visit: how many articles its page held, how many were new, what was planned for people.

    `lied` says that the server would have called the page unchanged.
    """

    read: int = 0
    new: int = 0
    matched: int = 0
    gap: bool = False
    waits: bool = False
    planned: PlannedAlerts = NOTHING
    error: str = ""
    lied: bool = False


@dataclass(slots=True)
class IngestBatch:
    """A visit, or a part of a large one, on its way into a transaction; only the last part ends the claim."""

    visited: PollResult
    fresh: list[Article]
    # Whether any article on the page was on this feed's pages before.
    shown: bool
    last: bool = True
    brought: int = 0
    judged: Mapping[Version, RuleVerdicts] = field(default_factory=dict)
    # What this feed showed in other words before, by version; which of it is no version yet; whether any such is.
    edited: Mapping[Version, int] = field(default_factory=dict)
    held_back: Set[Version] = frozenset()
    waits: bool = False
    # What the page says beside `fresh`: the pieces that its other entries are, whether its names changed.
    standing: frozenset[int] = frozenset()
    renamed: bool = False


async def ingest(ctx: Context, visits: list[PollResult]) -> list[Ingested]:
    """Store what the visits brought, with the alerts that it calls for, and end their claims; a result for each."""
    totals = {id(visited): Ingested(read=len(visited.articles), error=visited.said) for visited in visits}
    portions = await ctx.store.read(_novel, visits)
    for load in _loads(portions):
        config = ctx.config
        if config.rules and any(portion.fresh for portion in load):
            await asyncio.to_thread(_match, config, load, ctx.now())
        for portion in load:
            portion.waits = totals[id(portion.visited)].waits
        for portion, kept in zip(load, await ctx.store.write(_record, ctx, config, load), strict=True):
            whole = totals[id(portion.visited)]
            totals[id(portion.visited)] = _sum(whole, kept)
        ctx.unread = ctx.unread or any(said.waits for portion in load for said in portion.judged.values())
    kept_all = [totals[id(visited)] for visited in visits]
    if any(kept.planned.alerts for kept in kept_all):
        ctx.planned.set()
    return kept_all


def _sum(whole: Ingested, part: Ingested) -> Ingested:
    return replace(
        whole,
        new=whole.new + part.new,
        matched=whole.matched + part.matched,
        gap=whole.gap or part.gap,
        waits=whole.waits or part.waits,
        lied=whole.lied or part.lied,
        planned=whole.planned + part.planned,
    )


def _novel(conn: Connection, visits: Sequence[PollResult]) -> list[IngestBatch]:
    """Drop what is known: for each visit the articles that are new to us, to this feed, or say something else now."""
    # A feed that was never read has shown us nothing: all of it is new to that feed, and nothing need be looked up.
    again = [visited for visited in visits if visited.feed.state.last_ok_at]
    memory = identities.remember(conn, [article for visited in again for article in visited.articles])
    plain = {id(one): [known_by_keys(article, memory, one.feed.id) for article in one.articles] for one in again}
    pairs = [pair for one in again for pair in zip(one.articles, plain[id(one)], strict=True)]
    identities.recall(conn, memory, [article for article, id_ in pairs if id_ is None])
    return [_portion(one, plain[id(one)], memory) if id(one) in plain else _whole(one) for one in visits]


def _whole(visited: PollResult) -> IngestBatch:
    # Feeds put the newest first; kept oldest first, so that ids and mails follow the order of events.
    return IngestBatch(visited, list(visited.articles[::-1]), shown=False)


def _portion(visited: PollResult, plain: Sequence[int | None], memory: Memory) -> IngestBatch:
    """What of a page is to be kept, with what the rest of the page says about it."""
    page, feed = visited.articles, visited.feed.id
    sifted = select_changed(Showing(feed, page, visited.at), plain, memory)
    known = zip(page, sifted.known, sifted.edited, strict=True)
    return replace(
        _whole(visited),
        fresh=[article for article, is_fresh in zip(page, sifted.fresh, strict=True) if is_fresh][::-1],
        shown=any((feed, id_) in memory.shown for id_ in sifted.known),
        edited={_version(article): id_ for article, id_, is_edited in known if id_ and is_edited},
        standing=sifted.standing,
        renamed=sifted.renamed,
    )


def _loads(portions: Sequence[IngestBatch]) -> Iterator[list[IngestBatch]]:
    """Group portions into transactions of a bounded number of articles; a large visit is spread over several."""
    load: list[IngestBatch] = []
    room = ARTICLES_A_TRANSACTION
    for portion in (part for whole in portions for part in _parts(whole)):
        if load and len(portion.fresh) > room:
            yield load
            load, room = [], ARTICLES_A_TRANSACTION
        load.append(portion)
        room -= len(portion.fresh)
    if load:
        yield load


def _parts(whole: IngestBatch) -> Iterator[IngestBatch]:
    size = ARTICLES_A_TRANSACTION
    cuts = range(0, max(len(whole.fresh), 1), size)
    for start in cuts:
        yield replace(whole, fresh=whole.fresh[start : start + size], last=start == cuts[-1], brought=start)


def _match(config: Config, load: Sequence[IngestBatch], now: datetime) -> None:
    for portion in load:
        portion.judged = {
            _version(article): _judged(config, document(article, outlet), portion.visited, now)
            for article in portion.fresh
            if (outlet := config.outlets.get(article.outlet)) is not None
        }


def _judged(config: Config, read: Document, visited: PollResult, now: datetime) -> RuleVerdicts:
    matches = config.index.match(read, now)
    if not config.waiting.may_match(read):
        return RuleVerdicts(matches)
    if _is_worth_reading(read.article, visited):
        return RuleVerdicts(matches, waits=True)
    return RuleVerdicts(matches + config.waiting.match(read, now))


def _is_worth_reading(article: Article, visited: PollResult) -> bool:
    """Whether a page is fetched for the rules that wait: not for what a first poll brings and nobody is told of."""
    old = latest_publication(article.published, visited.at) < visited.at - FRESH
    return bool(article.url) and not (visited.feed.state.batch_id and old)


def _version(article: Article) -> Version:
    return article.keys, article.digest


def _record(conn: Connection, ctx: Context, config: Config, load: Sequence[IngestBatch]) -> list[Ingested]:
    """The transaction. A claim that ran out meanwhile keeps nothing: whoever holds the feed now will bring it all."""
    held = feeds.still_held(conn, [(portion.visited.feed.id, portion.visited.feed.token) for portion in load])
    if ctx.config is not config and ctx.config.rules:
        # The rules changed while this was on its way: what counts is what they say now.
        _match(ctx.config, load, ctx.now())
    good = [portion for portion in load if portion.visited.feed.id in held]
    for portion in good:
        portion.held_back = _held_back(conn, portion) if portion.edited else frozenset()
    added = dict(zip(map(id, good), articles.add_all(conn, list(map(_showing, good)), resolve_identities), strict=True))
    kept = [_keep_portion(conn, ctx, one, added[id(one)]) if id(one) in added else Ingested() for one in load]
    ends = [
        _end(ctx, portion, one)
        for portion, one in zip(load, kept, strict=True)
        if portion.last and portion.visited.feed.id in held
    ]
    feeds.finish(conn, ends)
    host_state.hold(conn, _held([portion.visited for portion in load]))
    host_state.keep_robots(conn, [portion.visited.robots for portion in load if portion.visited.robots])
    return kept


def _end(ctx: Context, portion: IngestBatch, kept: Ingested) -> PollEnd:
    new = kept.new + portion.brought
    brought = IngestResult(new, kept.gap, _is_kin(portion), kept.lied)
    end = end_of_poll(ctx, portion.visited, brought)
    # What waits must come again, also where the feed shows nothing else: without validators it is read again.
    return replace(end, etag="", last_modified="", body_hash=b"") if portion.waits or kept.waits else end


def _is_kin(portion: IngestBatch) -> bool:
    """Whether a page is this feed's: nothing changed, it shows what the feed held, or the feed never held anything."""
    visited = portion.visited
    unchanged = visited.fetched is not None and bool(visited.fetched.unchanged)
    return unchanged or portion.shown or (bool(visited.articles) and visited.feed.state.last_new_at is None)


def _contradicts_validators(visited: PollResult, added: Sequence[Added]) -> bool:
    """Whether a page has new articles that the feed's validators did, or would, call unchanged.

    They came under the very validators of the page before; or the daily full request brought what had been out
    when the last poll said 304, and nothing but 304 had come since the full request before.
    """
    state, fetched = visited.feed.state, visited.fetched
    new = [one.article for one in added if one.is_new]
    if not new or fetched is None or not (state.etag or state.last_modified):
        return False
    got = fetched.validators
    if got.etag == state.etag if state.etag else got.last_modified == state.last_modified:
        return True
    if not (visited.full and state.last_poll_at and state.last_full_at and state.last_new_at):
        return False
    surely_out = state.last_poll_at - SURELY_OUT
    hidden = any(one.published is None or one.published < surely_out for one in new)
    return hidden and state.last_new_at <= state.last_full_at


def _held(visits: Sequence[PollResult]) -> dict[str, datetime]:
    """The hosts that asked to be left alone, and until when: it counts for all their feeds, and after a restart."""
    waits = [(one, getattr(one.error, "retry_after", None)) for one in visits]
    return {host_of(one.feed.state.url): one.at + timedelta(seconds=seconds) for one, seconds in waits if seconds}


def _keep_portion(conn: Connection, ctx: Context, portion: IngestBatch, added: Sequence[Added]) -> Ingested:
    visited, state = portion.visited, portion.visited.feed.state
    late = ctx.outage is not None and (state.last_ok_at or ctx.outage.began) < ctx.outage.ended
    judged = [(one, portion.judged.get(_version(one.article), UNJUDGED)) for one in added]
    fulltext_queue.ask(conn, [_reading(one, visited, late=late) for one, said in judged if said.waits])
    found = [FoundArticle(one, said.matches, state.batch_id or "", late) for one, said in judged if said.matches]
    if found:
        article_queries.keep_matches(
            conn, [(one.added.article_id, one.added.version, one.matches) for one in found], visited.at
        )
    gap = portion.last and _is_gap(visited, portion)
    if gap and state.last_ok_at:
        poll_records.record_gap(conn, visited.feed.id, (state.last_ok_at, visited.at), visited.at)
    planned = plan_found_articles(conn, ctx, found) if found else NOTHING
    lied = _contradicts_validators(visited, added)
    return Ingested(0, _new(added), len(found), gap, bool(portion.held_back), planned, lied=lied)


def _held_back(conn: Connection, portion: IngestBatch) -> set[Version]:
    """The edits that are no version yet: the piece has had many, and no rule finds it that never did.

    They are as if not shown, so that each later poll asks anew: nothing that a rule would find waits.
    """
    histories = article_queries.histories(conn, portion.edited.values(), MANY)
    held = set()
    for article in portion.fresh:
        version = _version(article)
        past = histories.get(portion.edited.get(version, 0))
        said = portion.judged.get(version, UNJUDGED)
        rules = {match.rule for match in said.matches}
        if past and not said.waits and rules <= past.rules and same_but_numbers(past.title, article.title):
            held |= {version} if may_wait(past.version, past.first, past.last, portion.visited.at) else set()
    return held


def _showing(portion: IngestBatch) -> Showing:
    shown = [article for article in portion.fresh if _version(article) not in portion.held_back]
    standing = portion.standing.union(portion.edited[version] for version in portion.held_back)
    return Showing(portion.visited.feed.id, shown, portion.visited.at, standing, portion.renamed)


def _reading(added: Added, visited: PollResult, *, late: bool) -> FulltextRequest:
    until = visited.at + TEXT_WITHIN
    return FulltextRequest(added.article_id, added.version, visited.at, until, visited.feed.state.batch_id or "", late)


def _new(added: Sequence[Added]) -> int:
    return sum(one.is_new for one in added)


def _is_gap(visited: PollResult, portion: IngestBatch) -> bool:
    """Two polls of a feed whose articles do not overlap: something may have come and gone between them."""
    state = visited.feed.state
    unlike = bool(visited.articles) and not portion.shown
    return state.last_new_at is not None and state.batch_id is None and unlike
