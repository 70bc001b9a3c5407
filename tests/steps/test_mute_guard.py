"""What is muted is not mailed, whether it comes or waits; what was muted is told again as new once that is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from monitor.alerts import SilenceReason
from monitor.model import State
from monitor.silence_values import Mute, MuteKind, Silence
from monitor.steps import mute_guard
from monitor.store import mute_records, poll_records, silence_records
from tests.peers.http import Outlet
from tests.steps.world import READER, READERS, START, Item, World, rss, text_of

OPEN = "The harbour is open again to ships of every size, says the captain of the port on Monday."
BOB = "bob@readers.test"
HOUR = timedelta(hours=1)
UNTIL = START + 3 * HOUR
REASON = "muted until 2026-11-23 13:00 UTC"


def rules(send: str = "at once") -> str:
    to = f"to: [{READER}, {BOB}], send: {send}"
    return f"rules:\n  - {{name: Harbour, {to}, query: harbour}}\n  - {{name: Council, {to}, query: council}}\n"


async def start(world: World, send: str = "at once") -> None:
    world.write({"rules.yaml": rules(send)})
    assert not (await world.reload()).problems
    world.publish(Item("weather", "Rain.", at=START))
    await poll(world)
    world.later(minutes=10)
    await world.send()
    world.mail.accepted.clear()


@pytest.fixture
async def other(world: World) -> AsyncIterator[Outlet]:
    """A second outlet, whose first poll is over."""
    async with Outlet(("127.0.0.2",)) as other:
        other.feed("/rss", rss([Item("market", "Sun.")], "https://other.test"))
        more = f"  - {{name: other, feed: {other.url('/rss')}, language: en}}\n"
        world.write({"outlets.yaml": world.outlets("/rss", more=more)})
        await world.reload()
        await poll(world)
        yield other


async def poll(world: World) -> None:
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()


async def mute(world: World, kind: MuteKind, target: str, who: str = "") -> None:
    await world.store.write(mute_records.put, [Mute(kind, target, who, UNTIL)], world.clock)


async def come(world: World, *items: Item) -> None:
    world.publish(*items, Item("weather", "Rain."))
    await poll(world)


async def copied(world: World, other: Outlet) -> None:
    """Let the other outlet have the same."""
    other.feed("/rss", rss([Item("harbour", OPEN)], "https://other.test"))
    await poll(world)


async def reasons(world: World, article: int) -> dict[tuple[str, str], str]:
    kept = await world.store.read(silence_records.of_article, article)
    return {(one.silence.recipient, one.silence.rule): one.silence.reason for one in kept}


async def test_a_muted_rule_is_silent_and_others_tell_the_story(world: World) -> None:
    await start(world)
    await mute(world, MuteKind.RULE, "Harbour")
    await come(world, Item("harbour"), Item("port", OPEN))
    assert await world.send() == 2
    (mail,) = world.mails()
    assert mail.get_all("X-Monitor-Rule") == ["Council"]
    both = {(READER, "Harbour"), (BOB, "Harbour")}
    for one in await world.articles():
        if "harbour" in one.article.body:
            assert await reasons(world, one.id) == dict.fromkeys(both, f"{REASON} (the rule)")


async def test_an_outlet_muted_for_one_is_told_to_the_other(world: World) -> None:
    await start(world)
    await mute(world, MuteKind.OUTLET, "news", READER)
    await come(world, Item("harbour"))
    assert await world.send() == 1
    assert (len(world.mails()), len(world.mails(BOB))) == (0, 1)


async def test_a_story_that_was_muted_is_told_as_new_when_that_is_over(world: World, other: Outlet) -> None:
    await start(world)
    await mute(world, MuteKind.RULE, "Harbour")
    await mute(world, MuteKind.RULE, "Council")
    await come(world, Item("harbour", OPEN))
    assert await world.send() == 0
    world.clock = UNTIL
    await copied(world, other)
    assert len({one.story_id for one in await world.articles() if "open" in one.article.body}) == 1
    assert await world.send() == 2


@pytest.mark.parametrize(
    ("kind", "target"), [(MuteKind.STORY, ""), (MuteKind.OUTLET, "news"), (MuteKind.RULE, "Harbour")]
)
async def test_what_waits_in_a_digest_is_taken_out_when_it_leaves(
    world: World, other: Outlet, kind: MuteKind, target: str
) -> None:
    await start(world, "hourly")
    await come(world, Item("harbour", OPEN), Item("port", "A council without water."))
    one = next(one for one in await world.articles() if "open" in one.article.body)
    await mute(world, kind, target or str(one.story_id), READER)
    assert await world.send() == 0
    world.later(hours=1)
    is_all = kind is MuteKind.OUTLET
    assert await world.send() == (1 if is_all else 2)
    assert "open" in text_of(world.mails(BOB)[0])
    assert ["open" in text_of(mail) for mail in world.mails()] == ([] if is_all else [False])
    assert (await reasons(world, one.id))[READER, "Harbour"] == f"{REASON} (the {kind})"
    if is_all:
        (dropped,) = [one for one in await world.deliveries() if one.state == "dropped"]
        assert (dropped.alert.recipient, dropped.note) == (READER, f"{REASON} (the outlet)")
        # Nobody was told of it: after the mute it is news.
        world.clock = UNTIL
        await copied(world, other)
        world.later(hours=1)
        assert await world.send() == 1
        assert "open" in text_of(world.mails()[0])


async def test_what_is_unmuted_before_its_digest_leaves_is_in_it(world: World) -> None:
    await start(world, "hourly")
    await come(world, Item("harbour", OPEN))
    await mute(world, MuteKind.RULE, "Harbour")
    assert await world.send() == 0
    await world.store.write(mute_records.remove, [Mute(MuteKind.RULE, "Harbour")])
    world.later(hours=1)
    assert await world.send() == 2


async def test_a_mail_that_a_server_has_seen_keeps_its_bytes(world: World) -> None:
    await start(world)
    await come(world, Item("harbour", OPEN))
    world.mail.fault(f"rcpt:{READER}=450")
    await world.send()
    world.mail.fault()
    await mute(world, MuteKind.RULE, "Harbour")
    world.later(minutes=30)
    assert await world.send() == 1
    assert "open" in text_of(world.mails()[0])


@pytest.mark.parametrize("reason", [SilenceReason.COPY, SilenceReason.RETOLD, SilenceReason.DEVELOPMENT])
async def test_what_was_silent_tells_the_story_where_the_outlet_that_was_to_tell_it_is_muted(
    world: World, other: Outlet, reason: SilenceReason
) -> None:
    await start(world, "hourly")
    await come(world, Item("harbour", OPEN))
    await copied(world, other)
    first, copy = [one.id for one in await world.articles() if "open" in one.article.body]
    await mute(world, MuteKind.OUTLET, "news", READER)
    assert set((await reasons(world, copy)).values()) == {"a copy of what was told"}
    await world.store.write(silence_records.keep, [Silence(READER, "Harbour", copy, reason)], world.clock)
    world.later(hours=1)
    assert await world.send() == 2
    ((mail,), (to_bob,)) = world.mails(), world.mails(BOB)
    assert mail["X-Monitor-Outlet"] == "other"
    assert to_bob["X-Monitor-Outlet"] == "news"
    assert (READER, "Harbour") not in await reasons(world, copy)
    assert (await reasons(world, first))[READER, "Harbour"].startswith("muted until")


async def test_much_that_is_muted_is_taken_out_in_several_transactions_before_anything_is_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All processes wait for a transaction that writes: one of a minute, for 2,000 mails, held up all others."""
    await world.wait_for(*READERS[:3])
    monkeypatch.setattr(mute_guard, "AT_MOST", 1)
    await mute(world, MuteKind.RULE, "Harbour")
    counts: list[int] = []
    write = world.store.write

    async def watched(work, *args, **more):  # type: ignore[no-untyped-def]
        result = await write(work, *args, **more)
        counts.append(sum(one.state is State.WAITING for one in await world.deliveries()))
        return result

    monkeypatch.setattr(world.store, "write", watched)
    assert await world.send() == 0
    assert list(dict.fromkeys(counts)) == [2, 1, 0], "one more after each transaction"
    assert world.mail.accepted == []
