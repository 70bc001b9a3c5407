"""Put a loaded configuration in force: write its feeds and files, then plan the summaries that it owes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from monitor.alerts import FRESH, stamp
from monitor.config import Config, Loaded
from monitor.config.host_keys import at_once_by_host
from monitor.config.mail_templates import digest_of
from monitor.config.outlet_rows import PackedOutlets, pack_outlets
from monitor.model import Fulltext, Route
from monitor.query import RuleIndex, document
from monitor.steps.account_turns import resume_accounts
from monitor.steps.blocked_pages import read_refused
from monitor.steps.config_in_force import keep_in_force, put_in_force
from monitor.steps.context import Context
from monitor.steps.incident_mails import TEMPLATE
from monitor.steps.incidents import announce
from monitor.steps.page_requests import withdraw_unwanted
from monitor.steps.plan_alerts import FoundArticle, PlannedAlerts, plan_found_articles
from monitor.steps.quiet_guard import hasten_rested
from monitor.steps.replanned_polls import replan_polls
from monitor.store import (
    Connection,
    article_queries,
    burst_records,
    config_files,
    config_generation,
    feeds,
    host_lanes,
    incident_records,
    poll_records,
)
from monitor.store.article_queries import StoredArticle
from monitor.store.articles import Added

# Keys of `meta`: the (rule, recipient) pairs in force when the daemon last ran, and those owed a summary, by batch; the
# private hosts that were allowed then, the digest of the templates, and those of the queries by rule.
_ROUTES = "routes"
_OWED = "summaries owed"
_PRIVATE_HOSTS = "private hosts allowed"
_TEMPLATES = "templates"
_QUERIES = "queries"
_PAGE = 500  # articles that are read and matched at a time
# A batch id names its second: what was stored later in that second may not have been matched by the new rules.
_SECOND = timedelta(seconds=1)

Pair = tuple[str, str]
"""A rule and a recipient."""


async def apply_config(ctx: Context, loaded: Loaded) -> str:
    """Put a loaded configuration in force, and return the batch id of its first polls.

    A recipient gets one summary for all pairs that are new in it.
    """
    config = loaded.config or ctx.active.config
    # Only PostgreSQL has workers.
    packed = await asyncio.to_thread(pack_outlets, config) if ctx.store.is_postgres else None
    return await ctx.store.write(_apply, ctx, loaded, packed, ctx.clock.now())


def _apply(conn: Connection, ctx: Context, loaded: Loaded, packed: PackedOutlets | None, now: datetime) -> str:
    generation = config_generation.advance(conn, ctx.active.generation)
    config = loaded.config or ctx.active.config
    batch_id = stamp(now)
    feeds.sync(conn, [feed for outlet in config.outlets.values() for feed in outlet.feeds], now, batch_id)
    host_lanes.open_lanes(conn, at_once_by_host(config.settings.keys.hosts))
    _retry_refused(conn, config, now)
    _end_template_trouble(conn, config, now)
    _forget_edited(conn, config)
    config_files.keep(conn, loaded.files, now)
    pairs = _new_pairs(conn, config)
    if pairs:
        owed = json.loads(config_files.get_value(conn, _OWED, "{}"))
        config_files.set_value(conn, _OWED, json.dumps(owed | {batch_id: owed.get(batch_id, []) + pairs}))
    read_refused(conn, _asked_otherwise(ctx.active.config, config), now)
    budgets = {url: ctx.active.polls_a_day(url) for url in ctx.active.feeds}
    put_in_force(ctx, config, generation)
    ctx.access.watch(config.feeds)
    keep_in_force(conn, config.templates, packed, generation)
    resume_accounts(conn)
    hasten_rested(conn, ctx.active, now)
    replan_polls(conn, ctx.active, budgets, now)
    withdraw_unwanted(conn, config)
    return batch_id


def _asked_otherwise(before: Config, config: Config) -> set[str]:
    """Return the outlets whose pages are asked for, or understood, in another way than before."""

    def way(one: Config, name: str) -> object:
        outlet = one.outlets.get(name)
        return one.sites.get(name), outlet and (outlet.article, outlet.fulltext)

    known = [name for name, outlet in config.outlets.items() if outlet.fulltext is not Fulltext.NEVER]
    return {name for name in known if name in before.outlets and way(before, name) != way(config, name)}


def _retry_refused(conn: Connection, config: Config, now: datetime) -> None:
    """Make the feeds due whose addresses were refused, if other private hosts are allowed than when we last ran."""
    allowed = json.dumps(sorted(map(str, config.settings.keys.private_hosts_allowed)))
    if allowed != config_files.get_value(conn, _PRIVATE_HOSTS, "[]"):
        config_files.set_value(conn, _PRIVATE_HOSTS, allowed)
        poll_records.make_refused_due(conn, now)


def _end_template_trouble(conn: Connection, config: Config, now: datetime) -> None:
    """End the incident of a template that fails, if the templates are others than when we last ran."""
    digest = digest_of(config.templates)
    if digest != config_files.get_value(conn, _TEMPLATES, ""):
        config_files.set_value(conn, _TEMPLATES, digest)
        incident_records.close(conn, [TEMPLATE], now)
        announce(conn, config, now)


def _forget_edited(conn: Connection, config: Config) -> None:
    """Let a rule have no habit yet whose query is another one than when we last ran: more is no burst of it."""
    now = {name: _digest(rule.query) for name, rule in config.rules.items()}
    before = json.loads(config_files.get_value(conn, _QUERIES, "{}"))
    config_files.set_value(conn, _QUERIES, json.dumps(now))
    burst_records.forget(conn, [name for name in before if now.get(name) != before[name]])


def _digest(query: str) -> str:
    return blake2b(query.encode(errors="replace"), digest_size=8).hexdigest()


def _new_pairs(conn: Connection, config: Config) -> list[Pair]:
    now = sorted({(route.rule, route.recipient) for routes in config.routes.values() for route in routes})
    before = {(rule, recipient) for rule, recipient in json.loads(config_files.get_value(conn, _ROUTES, "[]"))}
    config_files.set_value(conn, _ROUTES, json.dumps(now))
    return [pair for pair in now if pair not in before]


async def plan_summaries(ctx: Context) -> int:
    """Plan the summaries that new rules and recipients are owed; return how many recipients get one.

    The transaction that plans a summary deletes the note that it is owed, so that a crash before it repeats the search
    and nothing else.
    """
    owed = await ctx.store.read(_owed_pairs)
    planned = PlannedAlerts()
    for batch_id, pairs in owed.items():
        routes = _routes_of(ctx.active.config, pairs)
        found = await _past_matches(ctx, routes, batch_id)
        planned += await ctx.store.write(_plan_summary, ctx, found, routes, batch_id)
    if planned.alerts:
        ctx.signals.deliveries_planned.set()
    return len({alert.recipient for alert in planned.alerts})


def _owed_pairs(conn: Connection) -> dict[str, list[Pair]]:
    owed = json.loads(config_files.get_value(conn, _OWED, "{}"))
    return {batch_id: [(rule, recipient) for rule, recipient in pairs] for batch_id, pairs in owed.items()}


def _routes_of(config: Config, pairs: Sequence[Pair]) -> dict[str, tuple[Route, ...]]:
    wanted = set(pairs)
    chosen = {
        name: tuple(route for route in routes if (name, route.recipient) in wanted)
        for name, routes in config.routes.items()
    }
    return {name: routes for name, routes in chosen.items() if routes}


async def _past_matches(ctx: Context, routes: Mapping[str, tuple[Route, ...]], batch_id: str) -> list[FoundArticle]:
    """Return what these rules find among the articles of the 24 hours before the batch, read page by page."""
    config, found = ctx.active.config, list[FoundArticle]()
    index = RuleIndex.build([config.compiled[name] for name in routes if name in config.compiled])
    until = datetime.fromisoformat(batch_id) + _SECOND
    after: tuple[datetime, int] | None = None
    while routes:
        page = await ctx.store.read(article_queries.between, (until - FRESH, until), after=after, limit=_PAGE)
        # In a thread, since matching a page takes a third of a second, in which polls and mails would wait.
        found += await asyncio.to_thread(_match, config, index, page, batch_id, ctx.clock.now())
        if len(page) < _PAGE:
            break
        after = page[-1].seen, page[-1].id
    return found


def _match(
    config: Config, index: RuleIndex, page: Sequence[StoredArticle], batch_id: str, now: datetime
) -> list[FoundArticle]:
    found = []
    for one in page:
        outlet = config.outlets.get(one.article.outlet)
        if outlet and (matches := index.match(document(one.article, outlet), now)):
            added = Added(one.article, one.id, one.story_id, one.version, is_new=False)
            found.append(FoundArticle(added, matches, batch_id))
    return found


def _plan_summary(
    conn: Connection,
    ctx: Context,
    found: Sequence[FoundArticle],
    routes: Mapping[str, tuple[Route, ...]],
    batch_id: str,
) -> PlannedAlerts:
    owed = _owed_pairs(conn)
    owed.pop(batch_id, None)
    config_files.set_value(conn, _OWED, json.dumps(owed))
    # Counted as found by the rule, as what comes from now on.
    matched = [(one.added.article_id, one.added.version, one.matches) for one in found]
    article_queries.keep_matches(conn, matched, ctx.clock.now())
    return plan_found_articles(conn, ctx.clock, found, routes) if found else PlannedAlerts()
