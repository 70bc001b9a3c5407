"""A worker goes by what the conductor has put in force: an edit is told exactly once, whatever is in flight."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels import layout
from monitor.config.outlet_rows import pack_outlets
from monitor.errors import ConfigError, StoreError
from monitor.fetching import HostLimiter
from monitor.run.startup import PARSE_JOB
from monitor.steps import ingest as ingest_step
from monitor.steps.active_config import ActiveConfig
from monitor.steps.apply_config import apply_config, plan_summaries
from monitor.steps.claims import Claims
from monitor.steps.clock import Clock
from monitor.steps.clock_jumps import handle_clock_jump
from monitor.steps.config_in_force import keep_in_force, put_in_force, stored_config
from monitor.steps.context import Context
from monitor.steps.deliver import deliver_by
from monitor.steps.held_outlets import HeldOutlets, held_by
from monitor.steps.host_rounds import claim_work
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.poll import open_pipeline, poll
from monitor.steps.read_page import JOB
from monitor.steps.sending_accounts import MAIL
from monitor.steps.signals import Signals
from monitor.steps.work import Work
from monitor.store import Connection, config_files, config_generation, outlet_records, poll_records, uptime
from monitor.store.host_claims import HostWork, Room
from tests.steps.page_reading import html, page
from tests.steps.shared_workers import shared_workers
from tests.steps.world import READERS, START, Item, World, rule_for

ANN, BOB = READERS[:2]


async def worker_of(world: World, name: str = "worker") -> Context:
    """A worker that has begun by what is stored, with memory of its own."""
    is_shared = world.store.is_postgres
    config = await stored_config(world.store, world.folder / "data") if is_shared else world.ctx.active.config
    access = OutletAccess(world.ctx.access.client, shared_workers(PARSE_JOB), HostLimiter(0))
    claims = Claims(world.store, lambda: world.clock, name)
    worker = replace(
        world.ctx,
        claims=claims,
        active=ActiveConfig(config),
        access=access,
        clock=Clock(world.ctx.clock.now),
        conducts=False,
        signals=Signals(),
    )
    if not is_shared:
        # A file has no workers, and no outlets are stored for them: what many processes do is tried there, too.
        put_in_force(worker, config, world.ctx.active.generation)
    assert await claim_work(worker, Room(0)) == HostWork()
    return worker


async def poll_by(world: World, worker: Context) -> None:
    """Let the worker poll everything, made due first."""
    await world.store.write(poll_records.make_due, world.clock)
    for feed in (await claim_work(worker, Room(10))).feeds:
        assert feed.token.startswith("worker:")
        assert await poll(worker, open_pipeline(worker), feed) is not None


async def test_a_worker_goes_by_what_the_conductor_put_in_force(world: World) -> None:
    (world.folder / "config" / "templates").mkdir()
    shipped = Path(layout.__file__).parent / "templates" / "alert.txt"
    world.write({"rules.yaml": rule_for([ANN]), "templates/alert.txt": shipped.read_text(encoding="utf-8")})
    await world.reload()
    worker = await worker_of(world)
    assert worker.active.config.rules.keys() == world.ctx.active.config.rules.keys()
    assert worker.active.config.templates == world.ctx.active.config.templates != ()
    assert worker.active.generation == world.ctx.active.generation
    world.write({"rules.yaml": rule_for([ANN], "Market")})
    await world.reload()
    await claim_work(worker, Room(1))
    assert list(worker.active.config.rules) == ["Market"]


async def test_files_that_a_worker_cannot_use_let_it_do_nothing(world: World) -> None:
    """Such as those of a newer version: nothing is done by rules that are no longer in force."""
    worker = await worker_of(world)
    files = await world.store.read(config_files.load)

    def keep_newer(conn: Connection) -> None:
        config_files.keep(conn, files | {"monitor.yaml": files["monitor.yaml"] + "unheard_of: yes\n"}, world.clock)
        config = world.ctx.active.config
        keep_in_force(conn, config.templates, pack_outlets(config), config_generation.advance(conn))

    await world.store.write(keep_newer)
    with pytest.raises(StoreError, match=r"cannot be used on this machine: .*unheard_of"):
        await claim_work(worker, Room(1))
    with pytest.raises(StoreError, match="cannot be used on this machine"):
        await deliver_by(worker, MAIL)
    with pytest.raises(ConfigError):
        await stored_config(world.store, world.folder / "data")
    await world.store.write(config_files.keep, files, world.clock)
    assert (await claim_work(worker, Room(1))).feeds


async def test_a_new_reader_is_told_of_what_a_worker_had_read_by_old_rules(world: World) -> None:
    """Articles are stored by the rules in force, whoever has fetched them before the edit."""
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    world.write({"rules.yaml": rule_for([ANN, BOB])})
    await world.reload()
    assert worker.active.generation < world.ctx.active.generation
    await poll_by(world, worker)
    assert worker.active.generation == world.ctx.active.generation
    await world.send()
    assert [len(world.mails(reader)) for reader in (ANN, BOB)] == [1, 1]


async def test_what_a_worker_had_matched_before_an_adoption_is_matched_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    await world.store.write(poll_records.make_due, world.clock)
    (feed,) = (await claim_work(worker, Room(1))).feeds
    matched = []
    match_rules = ingest_step._match_rules
    monkeypatch.setattr(ingest_step, "_match_rules", lambda *args: (matched.append(args), match_rules(*args)))
    await apply_config(world.ctx, world.load())
    await poll(worker, open_pipeline(worker), feed)
    assert len(matched) == 2
    await world.send()
    assert world.subjects() == ["News of the harbour"]


async def test_a_new_reader_is_told_once_of_what_a_worker_stored_just_before(world: World) -> None:
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    await poll_by(world, worker)
    world.write({"rules.yaml": rule_for([ANN, BOB])})
    await world.reload()
    await plan_summaries(world.ctx)
    await poll_by(world, worker)
    world.later(minutes=10)
    await world.send()
    assert [len(world.mails(reader)) for reader in (ANN, BOB)] == [1, 1]


async def test_what_one_process_alone_may_do_a_worker_leaves(world: World) -> None:
    worker = await worker_of(world)
    worker.clock.latest = world.clock
    before = await world.store.read(uptime.last)
    world.later(hours=-3)
    await handle_clock_jump(worker)
    assert await world.store.read(uptime.last) == before


HOSTILE = "Ουτοπία '; DROP TABLE outlets; -- %s {0} \\\\N"


async def test_workers_poll_read_and_send_by_the_rows_that_come_with_their_work(world: World) -> None:
    """No file of outlets is read, and no outlet held but those of the work, whatever they are called."""
    link = world.news.url("/harbour.html")
    other = f"  - {{name: other, feed: {world.news.url('/other')}}}\n"
    named = f'  - {{name: "{HOSTILE}", feed: {world.news.url("/rss")}, title: Utopia, fulltext: always}}\n'
    world.write({"outlets.yaml": f"outlets:\n{named}{other}", "rules.yaml": rule_for([ANN])})
    assert not (await world.reload()).problems
    name = HOSTILE.replace("\\\\", "\\")
    world.publish(Item("weather", at=START))
    world.publish(Item("weather", at=START), path="/other")
    poller, polling = await holding_nothing(world, "worker")
    await poll_by(world, poller)
    assert polling.names() == {name, "other"}
    html(world, "/harbour.html", page())
    world.publish(Item("harbour", link=link, at=world.clock), Item("weather", at=START))
    await poll_by(world, poller)
    reader, reading = await holding_nothing(world, "reader")
    work = Work(reader, "", shared_workers(JOB, timeout=20.0))
    await work.hosts.drain()
    assert reading.names() == {name}
    assert await world.count("SELECT count(*) FROM article_texts") > 0, "the page was read"
    world.later(minutes=10)
    sender, sending = await holding_nothing(world, "sender")
    assert await deliver_by(sender, MAIL) == 1
    assert sending.names() == {name}
    (mail,) = world.mails(ANN)
    assert "Utopia" in mail["From"]


async def holding_nothing(world: World, name: str) -> tuple[Context, HeldOutlets]:
    """A worker that begins, and what it holds; it can read no outlet one by one."""
    worker = await worker_of(world, name)
    assert [path for path, _ in worker.active.config.memo.parsed_files] == ["monitor.yaml", "rules.yaml"]
    held = held_by(worker.active.config)
    assert held is not None
    assert held.names() == set()
    held._store = None  # type: ignore[assignment]
    return worker, held


async def test_an_edit_of_an_outlet_is_followed_by_what_a_worker_has_in_hand(world: World) -> None:
    """What was fetched before the edit is matched by what the outlet is now."""
    await world.settle()
    rule = f"rules:\n  - {{name: Harbour, to: [{ANN}], query: harbour AND group:east}}\n"
    outlets = f"outlets:\n  - {{name: news, feed: {world.news.url('/rss')}"
    elsewhere = f"  - {{name: far, groups: [east], feed: {world.news.url('/far')}}}\n"
    world.write({"rules.yaml": rule, "outlets.yaml": f"{outlets}}}\n{elsewhere}"})
    assert not (await world.reload()).problems
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    await world.store.write(poll_records.make_due, world.clock)
    work = await claim_work(worker, Room(10))
    keys = "groups: [east], language: uk, user_agent: agency/1, select: {item: li}, fulltext: always, every: 7m"
    login = "login: {url: 'http://127.0.0.1/login', user: ann, password_file: secret}"
    page_ = f"page: {world.news.url('/page')}"
    world.write({"outlets.yaml": f"{outlets}, {keys}, {login}, {page_}}}\n{elsewhere}"})
    loaded = await world.reload()
    assert not loaded.errors, loaded.errors
    for feed in work.feeds:
        if feed.state.outlet == "news":
            assert await poll(worker, open_pipeline(worker), feed) is not None
    known, present = worker.active.config, world.ctx.active.config
    assert worker.active.generation == world.ctx.active.generation
    assert known.outlets["news"] == present.outlets["news"]
    assert known.sites["news"] == worker.access.sites["news"] == present.sites["news"]
    assert known.feeds[world.news.url("/page")] == present.feeds[world.news.url("/page")]
    assert worker.active.configured_interval(world.news.url("/rss")) == timedelta(minutes=7)
    world.later(minutes=10)
    await world.send()
    assert len(world.mails(ANN)) == 1


async def test_of_an_outlet_that_is_gone_a_worker_stores_nothing_and_holds_nothing(world: World) -> None:
    await world.settle()
    worker = await worker_of(world)
    world.publish(Item("harbour"), Item("weather"))
    await world.store.write(poll_records.make_due, world.clock)
    (feed,) = (await claim_work(worker, Room(10))).feeds
    assert worker.access.network.watched == 1
    world.write({"outlets.yaml": f"outlets: [{{name: other, feed: {world.news.url('/other')}}}]\n"})
    assert not (await world.reload()).problems
    await poll(worker, open_pipeline(worker), feed)
    assert [one.article.title for one in await world.articles()] == ["News of the weather"]
    assert worker.active.generation == world.ctx.active.generation
    assert worker.active.config.outlets.get("news") is None
    assert worker.active.feeds.get(feed.state.url) is None
    assert await world.count("SELECT count(*) FROM outlets") == 1


async def test_an_outlet_that_a_worker_does_not_understand_lets_it_do_nothing(world: World) -> None:
    worker = await worker_of(world)
    rows = {"news": '{"outlet":{"name":"news","title":"news","feeds":[],"unheard_of":1}}'}
    await world.store.write(outlet_records.keep, rows)
    with pytest.raises(StoreError, match=r"another version: outlet\.unheard_of"):
        await claim_work(worker, Room(1))
    assert await world.claim(), "the claim was given back"


async def test_a_worker_waits_where_no_outlets_were_stored_for_it(world: World) -> None:
    """As by a conductor of a version before: no outlets at all would let it find that none is watched."""
    worker = await worker_of(world)
    await world.store.write(config_generation.advance)
    for attempt in (claim_work(worker, Room(1)), deliver_by(worker, MAIL), stored_config(world.store, world.folder)):
        with pytest.raises(StoreError, match="stores no outlets for workers"):
            await attempt
