"""Store what many polls fetched in one transaction: articles, stories, matches, deliveries and validators."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.articles import (
    FeedClock,
    compose,
    known_by_keys,
    resolve_identities,
    select_changed,
)
from monitor.config import Config
from monitor.model import Article, FeedSnapshot, Memory
from monitor.steps.config_in_force import by_present_config, is_outdated
from monitor.steps.context import Context
from monitor.steps.continuity import is_continuous, shown_before, state_before
from monitor.steps.edits_read import read_before_telling
from monitor.steps.feed_clock import learned_clock
from monitor.steps.feed_moves import follow_move
from monitor.steps.gap_records import record_gap
from monitor.steps.gap_tries import next_try
from monitor.steps.held_edits import Edit, Version, held_back
from monitor.steps.host_turns import pause_after
from monitor.steps.ingest_batches import IngestBatch, marks_of_all, transactions, version_of
from monitor.steps.ingest_meanings import add_meanings
from monitor.steps.left_stories import tell_left_stories
from monitor.steps.moved_ends import settle_ends
from monitor.steps.page_requests import request_pages
from monitor.steps.plan_alerts import (
    FoundArticle,
    follow_merged_stories,
    plan_found_articles,
)
from monitor.steps.poll_result import PageAssessment, PollResult, contradicts_validators, end_of_poll
from monitor.steps.rule_verdicts import UNJUDGED, Compared, RuleVerdicts, judge, waiting_rules
from monitor.store import (
    Connection,
    article_queries,
    article_texts,
    articles,
    feeds,
    host_leases,
    host_state,
    identities,
)
from monitor.store.articles import Added
from monitor.store.feeds import PollEnd
from monitor.store.gap_filling import CompletePoll, fill_gaps
from monitor.store.host_leases import HostPause

MOST_EVENTS = 200
"""New articles of polls ingested together that are compared with others by their events."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one poll brought: articles `read` on its page, `new` ones, versions `matched` by a rule, `alerts` planned.

    `gap` says that articles may have been missed since the poll before (`filled`: that a sitemap has brought them),
    `waits` that an edit is held back, `wrongly_unchanged` that the server would have called the page unchanged. `clock`
    is what it told of the feed's.
    """

    read: int = 0
    new: int = 0
    matched: int = 0
    gap: bool = False
    waits: bool = False
    alerts: int = 0
    error: str = ""
    wrongly_unchanged: bool = False
    clock: FeedClock | None = None
    filled: bool = False


async def ingest(ctx: Context, poll_results: list[PollResult]) -> list[Ingested]:
    """Store what the polls fetched, plan the alerts, and end the claims; return a result for each poll, in order."""
    totals = {id(one): Ingested(read=len(one.articles), error=one.error_text) for one in poll_results}
    room = MOST_EVENTS
    for group in transactions(await ctx.store.read(_changed_batches, poll_results)):
        generation, config = ctx.active.generation, ctx.active.config
        if config.rules and any(batch.fresh for batch in group):
            room = await asyncio.to_thread(_match_rules, config, group, ctx.clock.now(), room)
            await add_meanings(ctx, group)
        # What hosts ask for is known to the event loop's clock, and stored in the writer's thread.
        polled = [batch.poll_result.feed for batch in group]
        pauses = [pause_after(ctx, feed.lease) for feed in polled]
        for batch in group:
            # What earlier parts of a poll hold back concerns its last part, which ends the claim.
            batch.waits = totals[id(batch.poll_result)].waits
        for batch, ingested in zip(group, await _stored(ctx, generation, group, pauses), strict=True):
            totals[id(batch.poll_result)] = sum_of(totals[id(batch.poll_result)], ingested)
    results = [totals[id(one)] for one in poll_results]
    if any(one.alerts for one in results):
        ctx.signals.deliveries_planned.set()
    return results


async def _stored(
    ctx: Context, generation: int, group: Sequence[IngestBatch], pauses: Sequence[HostPause]
) -> list[Ingested]:
    return await by_present_config(ctx, lambda: ctx.store.write(_store, ctx, generation, group, pauses))


def sum_of(total: Ingested, part: Ingested) -> Ingested:
    """Return what one poll brought so far, with what a further part of it did."""
    return replace(
        total,
        new=total.new + part.new,
        matched=total.matched + part.matched,
        gap=total.gap or part.gap,
        filled=total.filled or part.filled,
        waits=total.waits or part.waits,
        wrongly_unchanged=total.wrongly_unchanged or part.wrongly_unchanged,
        alerts=total.alerts + part.alerts,
    )


def _changed_batches(conn: Connection, poll_results: Sequence[PollResult]) -> list[IngestBatch]:
    """Return for each poll the articles that are new to us, new to this feed, or say something else than before."""
    # A feed that was never read has shown nothing: all of it is new to that feed, and nothing need be looked up.
    repeated = [one for one in poll_results if one.feed.state.last_ok_at]
    memory = identities.load_memory(conn, [article for one in repeated for article in one.articles])
    pages = {id(one): _with_known_ids(conn, one, memory) for one in repeated}
    uncertain = [article for page in pages.values() for article, id_ in page if id_ is None]
    identities.load_articles(conn, memory, uncertain)
    batches = [
        _changed_batch(conn, one, pages[id(one)], memory) if id(one) in pages else _full_batch(one)
        for one in poll_results
    ]
    ids = {id_ for batch in batches for id_ in batch.edited.values()}
    page_texts = article_texts.read_pages(conn, ids)
    # Where an excerpt breaks off is told by what the feed said before: the body is its page's.
    said = article_texts.all_in_feed_words(conn, article_queries.get(conn, ids))
    for batch in batches if ids else ():
        shown = {id_: memory.shown[batch.poll_result.feed.id, id_] for id_ in batch.edited.values()}
        batch.fresh, batch.edited, continued = settle_ends(batch.fresh, batch.edited, said, shown)
        edited = [(version, one, batch.edited.get(version)) for one in batch.fresh for version in [version_of(one)]]
        batch.composed = {version: compose(one, *page_texts[id_]) for version, one, id_ in edited if id_ in page_texts}
        batch.continued = {version_of(batch.current(one)) for version, one, _ in edited if version in continued}
    return batches


def _with_known_ids(conn: Connection, poll_result: PollResult, memory: Memory) -> list[tuple[Article, int | None]]:
    """Return the articles of a page, each with the id of the stored one that it surely is."""
    known_ids = [known_by_keys(article, memory, poll_result.feed.id) for article in poll_result.articles]
    return list(zip(follow_move(conn, poll_result, known_ids, memory), known_ids, strict=True))


def _full_batch(poll_result: PollResult) -> IngestBatch:
    # Feeds put the newest first; articles are stored oldest first, so that ids and mails follow the order of events.
    return IngestBatch(poll_result, list(poll_result.articles[::-1]), overlaps=False, is_continuous=False)


def _changed_batch(
    conn: Connection, poll_result: PollResult, with_ids: Sequence[tuple[Article, int | None]], memory: Memory
) -> IngestBatch:
    """Return the new and changed articles of a page, with what the rest of the page says about them."""
    page, known_ids, feed = [article for article, _ in with_ids], [id_ for _, id_ in with_ids], poll_result.feed.id
    changes = select_changed(FeedSnapshot(feed, page, poll_result.at), known_ids, memory)
    known = zip(page, changes.known, changes.edited, strict=True)
    shown = [(one, id_) for one, id_ in zip(page, changes.known, strict=True) if id_ and (feed, id_) in memory.shown]
    before = shown_before(conn, poll_result, shown)
    return replace(
        _full_batch(poll_result),
        fresh=[article for article, is_fresh in zip(page, changes.fresh, strict=True) if is_fresh][::-1],
        overlaps=bool(before if poll_result.filling.is_new else shown),
        is_continuous=is_continuous(conn, state_before(conn, poll_result), before, len(page)),
        edited={version_of(article): id_ for article, id_, is_edited in known if id_ and is_edited},
        standing=changes.standing,
        renamed=changes.renamed,
    )


def _match_rules(config: Config, group: Sequence[IngestBatch], now: datetime, room: int = MOST_EVENTS) -> int:
    """Let the rules judge batches; there is `room` to compare so many articles by their events: return what is left."""
    most = Compared.ALL if sum(len(batch.fresh) for batch in group) <= room else Compared.FOUND
    for batch in group:
        verdicts: dict[Version, RuleVerdicts] = {}
        for article in map(batch.current, batch.fresh):
            compared = most if room > 0 else Compared.NONE
            verdict = judge(config, article, batch.poll_result, now, compared)
            verdicts[version_of(article)] = verdict
            room -= verdict.marks.event is not None
        batch.verdicts = verdicts
    return room


def _store(
    conn: Connection, ctx: Context, generation: int, group: Sequence[IngestBatch], pauses: Sequence[HostPause]
) -> list[Ingested]:
    """Store batches in one transaction; skip those whose claim ran out, since whoever claimed the feed stores them.

    `generation` is that of the configuration by whose rules they were matched.
    """
    are_outdated = is_outdated(conn, ctx, generation)
    polled = [batch.poll_result.feed for batch in group]
    held = feeds.still_held(conn, [(feed.id, feed.token) for feed in polled])
    if are_outdated and ctx.active.config.rules:
        # The rules changed since the articles were matched: those in force now decide.
        _match_rules(ctx.active.config, group, ctx.clock.now())
    held_batches = [batch for batch in group if batch.poll_result.feed.id in held]
    for batch in held_batches:
        batch.held_back = _held_back(conn, batch) if batch.edited else frozenset()
    joining = ctx.stories.joining(conn, marks_of_all(held_batches))
    stored = articles.add_all(conn, list(map(_snapshot, held_batches)), resolve_identities, compose, joining)
    follow_merged_stories(conn, stored.merged_stories, ctx.active.config.routes, ctx.clock.now())
    tell_left_stories(conn, ctx.clock, stored.left_stories, ctx.active.config.routes)
    added = {id(batch): one for batch, one in zip(held_batches, stored.by_snapshot, strict=True)}
    ingested = [_store_batch(conn, ctx, one, added[id(one)]) if id(one) in added else Ingested() for one in group]
    ends = [
        _end(ctx, batch, one)
        for batch, one in zip(group, ingested, strict=True)
        if batch.last and batch.poll_result.feed.id in held
    ]
    # Before the claims end, which free the hosts: a pause is stored only by who has the host.
    host_leases.pause(conn, pauses)
    feeds.finish(conn, ends)
    fill_gaps(
        conn,
        [
            CompletePoll(batch.poll_result.feed.id, batch.poll_result.feed.state.outlet, batch.poll_result.at)
            for batch, one in zip(group, ingested, strict=True)
            if batch.last
            and batch.poll_result.feed.id in held
            # A sitemap that could not be read may hold what is missing.
            and not (batch.poll_result.error or batch.poll_result.unread or one.gap)
        ],
    )
    feeds.release(conn, [(feed.id, feed.token) for feed in polled if feed.id not in held])
    host_state.keep_robots(conn, [page.robots for batch in group for page in batch.poll_result.pages if page.robots])
    return ingested


def _end(ctx: Context, batch: IngestBatch, ingested: Ingested) -> PollEnd:
    new = ingested.new + batch.offset + batch.poll_result.ahead.new
    # Also a gap that older pages closed says that more comes between two polls than the feed's page shows.
    gap = ingested.gap or ingested.filled
    wrongly_unchanged = ingested.wrongly_unchanged or batch.poll_result.ahead.wrongly_unchanged
    assessment = PageAssessment(new, gap, _is_own_page(batch), wrongly_unchanged, ingested.clock)
    again = next_try(batch.poll_result)
    end = end_of_poll(ctx.active, ctx.access.network, batch.poll_result, assessment)
    end = replace(end, gap_again_at=again.at, gap_tries=again.tries)
    # An edit that is held back must be seen again, also where nothing else changes: without validators it is.
    return replace(end, etag="", last_modified="", body_hash=b"") if batch.waits or ingested.waits else end


def _is_own_page(batch: IngestBatch) -> bool:
    """Whether a page is this feed's: nothing changed, it shows what the feed held, or the feed never held anything."""
    poll_result = batch.poll_result
    unchanged = poll_result.first is not None and poll_result.first.parsed is None
    is_first = bool(poll_result.articles) and poll_result.feed.state.last_new_at is None
    return unchanged or batch.overlaps or is_first or poll_result.is_index


def _store_batch(conn: Connection, ctx: Context, batch: IngestBatch, added: Sequence[Added]) -> Ingested:
    poll_result, state = batch.poll_result, batch.poll_result.feed.state
    late = ctx.clock.outage is not None and (state.last_ok_at or ctx.clock.outage.began) < ctx.clock.outage.ended
    judged = [(one, _verdicts(ctx, batch, one.article)) for one in added]
    outlet = ctx.active.config.outlets.get(state.outlet)
    if outlet is not None:
        request_pages(conn, outlet.fulltext, poll_result, judged, late=late)
    found = [
        FoundArticle(
            one,
            verdict.matches,
            state.batch_id or "",
            late,
            _unjudged(ctx, one, verdict),
            continues=version_of(one.article) in batch.continued,
        )
        for one, verdict in judged
        # Rules may ask to be told of edits that they no longer find.
        if verdict.matches or (one.is_edit and outlet is not None)
    ]
    matched = [(one.added.article_id, one.added.version, one.matches) for one in found if one.matches]
    if matched:
        article_queries.keep_matches(conn, matched, poll_result.at)
    gap = batch.last and _is_gap(poll_result, batch) and poll_result.filling.notices_gap
    filled = batch.last and record_gap(conn, poll_result, is_open=gap)
    told = read_before_telling(conn, outlet, poll_result, found)
    alerts = len(plan_found_articles(conn, ctx.clock, told, ctx.active.config.routes).alerts) if told else 0
    new = [one.article for one in added if one.is_new]
    wrongly_unchanged = contradicts_validators(poll_result, new)
    clock = None if gap or poll_result.filling.is_new else learned_clock(outlet, poll_result, new)
    waits = bool(batch.held_back)
    return Ingested(0, len(new), len(matched), gap, waits, alerts, "", wrongly_unchanged, clock, filled)


def _unjudged(ctx: Context, added: Added, verdict: RuleVerdicts) -> frozenset[str]:
    """Return the rules that have yet to judge an edit, since they wait for its page."""
    return waiting_rules(ctx.active.config) if added.is_edit and verdict.waits else frozenset()


def _verdicts(ctx: Context, batch: IngestBatch, article: Article) -> RuleVerdicts:
    """Return the verdicts on an article as it was stored; its page may have been read since the batch was matched."""
    if not (batch.verdicts or ctx.active.config.rules):
        return UNJUDGED
    version = version_of(article)
    if version in batch.verdicts or not ctx.active.config.rules:
        return batch.verdicts.get(version, UNJUDGED)
    return judge(ctx.active.config, article, batch.poll_result, ctx.clock.now())


def _held_back(conn: Connection, batch: IngestBatch) -> set[Version]:
    """Return the edits of a batch that are not stored yet."""
    edits = []
    for article in batch.fresh:
        if (id_ := batch.edited.get(version := version_of(article))) is not None:
            current = batch.current(article)
            verdict = batch.verdicts.get(version_of(current), UNJUDGED)
            # Rules that wait are judged by the page as it was read last: else each poll of a text that is never the
            # same would store a version and have the page read again.
            rules = frozenset(match.rule for match in (*verdict.matches, *verdict.preliminary))
            edits.append(Edit(version, id_, article, current.digest, rules))
    return held_back(conn, edits, batch.poll_result.at)


def _snapshot(batch: IngestBatch) -> FeedSnapshot:
    held_back = batch.held_back
    shown = [one for one in batch.fresh if version_of(one) not in held_back] if held_back else batch.fresh
    standing = batch.standing.union(batch.edited[version] for version in batch.held_back)
    return FeedSnapshot(batch.poll_result.feed.id, shown, batch.poll_result.at, standing, batch.renamed)


async def leaves_gap(ctx: Context, poll_result: PollResult) -> bool:
    """Whether a poll that is not stored yet does not go on where its feed's page before ended."""
    if not poll_result.may_leave_gap:
        return False
    (batch,) = await ctx.store.read(_changed_batches, [poll_result])
    return _is_gap(poll_result, batch)


def _is_gap(poll_result: PollResult, batch: IngestBatch) -> bool:
    """Whether articles may have come and gone between two polls of a feed, or since the gap that is looked into."""
    return poll_result.may_leave_gap and bool(poll_result.articles) and not batch.is_continuous
