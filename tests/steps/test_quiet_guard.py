"""Nobody is mailed in quiet hours or between slots, however a mail came due: start, reload, retry, release, outage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model import Alert, Kind
from monitor.steps.clock import Outage
from monitor.store import Connection, deliveries, delivery_admin
from tests.steps.world import OPERATOR, READER, START, Item, World, text_of

HOUR = timedelta(hours=1)
BOB = "bob@readers.test"
RULES = f"rules:\n  - {{name: Harbour, to: [ann, {BOB}], query: harbour}}\n"
# At START it is noon in Kyiv.
QUIET = 'quiet: "11:00-15:00"'
END = START + 3 * HOUR


async def _people(world: World, settings: str = "", rules: str = RULES) -> None:
    more = f", {settings}" if settings else ""
    people = f"people:\n  - {{name: ann, mail: {READER}, timezone: Europe/Kyiv{more}}}\n"
    world.write({"rules.yaml": rules, "people.yaml": people})
    loaded = await world.reload()
    assert not loaded.problems, loaded.problems


async def _release(world: World) -> int:
    await world.work().summaries.round()
    return await world.send()


def _told(world: World, to: str = READER) -> list[str]:
    """The titles' numbers in each mail to somebody."""
    return ["".join(n for n in "0123456789" if f"harbour {n}" in text_of(mail)) for mail in world.mails(to)]


@pytest.mark.parametrize(
    ("settings", "moment"),
    [
        (QUIET, END),
        ("send: hourly", START + HOUR),
        ('send: "daily 14:00"', START + 2 * HOUR),
        ("send: weekly Tue 08:00", START + 20 * HOUR),
        (f'{QUIET}, send: "daily 14:00"', END),
    ],
)
async def test_the_summary_of_a_start_waits_for_its_readers_time(world: World, settings: str, moment: object) -> None:
    await _people(world, settings)
    world.publish(*(Item(f"harbour {number}", at=START) for number in range(3)))
    await world.poll()
    assert await _release(world) == 1, "the other reader has it at once"
    assert (_told(world), _told(world, BOB)) == ([], ["012"])
    for due in (await world.deliveries(),):
        assert [one.alert.due for one in due if one.alert.recipient == READER] == [moment]
    world.clock = moment - timedelta(seconds=1)  # type: ignore[operator]
    assert await _release(world) == 0
    world.later(seconds=1)
    assert await _release(world) == 1
    assert _told(world) == ["012"]


async def test_a_summary_leaves_before_quiet_hours_begin_if_its_polls_are_complete(world: World) -> None:
    await _people(world, 'quiet: "12:02-15:00"')
    world.publish(Item("harbour 0", at=START))
    await world.poll()
    assert await _release(world) == 2
    assert _told(world) == ["0"]


async def test_a_new_rule_is_summed_up_with_the_next_digest(world: World) -> None:
    await world.settle()
    world.publish(Item("market 0"), Item("weather"))
    await world.visit()
    world.clock = START + timedelta(minutes=20)
    await _people(world, "send: hourly", RULES.replace("query: harbour", "query: market").replace("Harbour", "Market"))
    assert await _release(world) == 1, "the other reader has his summary at once"
    world.clock = START + HOUR
    assert await _release(world) == 1
    assert world.subjects() == ["1 story: Market 1"]


async def _waiting(world: World, count: int = 2) -> None:
    """Alerts that wait for a mail server which does not answer."""
    await _people(world)
    await world.settle()
    world.publish(*(Item(f"harbour {number}") for number in range(count)), Item("weather"))
    await world.visit()


async def test_quiet_hours_set_while_mails_wait_hold_them(world: World) -> None:
    await _waiting(world)
    await _people(world, QUIET)
    assert await world.send() == 2
    assert (_told(world), sorted(_told(world, BOB))) == ([], ["0", "1"])
    world.later(minutes=170)
    assert await world.send() == 1
    assert _told(world) == ["01"]
    assert sorted(await world.states())[-3:] == ["merged", "merged", "sent"]


async def _refused_before_quiet_hours(world: World) -> None:
    """Let a server put off one mail, and the reader's quiet hours begin before it is tried again."""
    await _people(world, 'quiet: "12:30-15:00"')
    await world.settle()
    world.publish(Item("harbour 0"), Item("weather"))
    await world.visit()
    world.mail.fault(f"rcpt:{READER}=450")
    await world.send()
    world.mail.fault()
    world.clock = START + HOUR


async def test_a_retry_does_not_wake_anybody(world: World) -> None:
    await _refused_before_quiet_hours(world)
    (waiting,) = [one for one in await world.deliveries() if one.attempts]
    await world.store.write(delivery_admin.retry, [waiting.id], world.clock)
    assert await world.send() == 0
    world.clock = END
    assert await world.send() == 1
    assert (await world.states())[-1] == "sent"


async def test_a_mail_that_a_server_has_seen_waits_as_it_is(world: World) -> None:
    await _refused_before_quiet_hours(world)
    assert await world.send() == 0
    (waiting,) = [one for one in await world.deliveries() if one.attempts]
    assert (waiting.alert.due, waiting.alert.kind, waiting.attempts) == (END, Kind.ALERT, 1)
    world.clock = END
    assert await world.send() == 1
    assert world.subjects() == ["News of the harbour 0"]


@pytest.mark.parametrize("settings", [QUIET, "send: hourly"])
async def test_a_release_after_a_restore_keeps_everybodys_time(world: World, settings: str) -> None:
    await _people(world, settings)
    await world.settle()
    world.clock = START
    world.publish(Item("harbour 0"), Item("harbour 1"), Item("weather"))
    await world.visit()
    await world.store.write(delivery_admin.hold_all, "restored")
    assert await world.send() == 0
    await world.store.write(delivery_admin.release, None, world.clock)
    await _release(world)
    assert (_told(world), sorted(_told(world, BOB))) == ([], ["0", "1"])
    world.clock = END
    await _release(world)
    assert _told(world) == ["01"]


async def test_what_is_made_due_in_any_way_waits_all_the_same(world: World) -> None:
    await _people(world, QUIET)
    await world.settle()
    world.clock = START
    world.publish(Item("harbour 0"), Item("weather"))
    await world.visit()

    def pull_in(conn: Connection) -> None:
        deliveries.set_due(conn, [one.id for one in delivery_admin.listing(conn)], world.clock - 3 * HOUR)

    await world.store.write(pull_in)
    await world.send()
    assert _told(world) == []
    world.clock = END
    await world.send()
    assert _told(world) == ["0"]


async def test_a_notice_of_trouble_leaves_at_any_time(world: World) -> None:
    await _people(world, QUIET)
    notice = Alert(READER, "trouble:1", 0, Kind.NOTICE, world.clock, subject="x", text="y")
    await world.store.write(deliveries.add, [notice], world.clock)
    assert await world.send() == 1
    assert OPERATOR not in world.mails()[0]["To"]


@pytest.mark.parametrize(("settings", "moment"), [(QUIET, END), ("send: hourly", START + HOUR)])
async def test_the_news_of_our_outage_wait_for_their_readers_time(world: World, settings: str, moment: object) -> None:
    await _people(world, settings)
    await world.settle()
    world.clock = START + 72 * HOUR
    world.ctx.clock.outage = Outage(START, world.clock)
    world.publish(*(Item(f"harbour {n}", at=START + (10 + 20 * n) * HOUR) for n in range(3)), Item("weather"))
    await world.visit()
    assert await _release(world) == 1
    assert (_told(world), _told(world, BOB)) == ([], ["012"])
    assert world.subjects(BOB)[0].startswith("3 stories that waited")
    world.clock = moment + 72 * HOUR  # type: ignore[operator]
    await _release(world)
    assert _told(world) == ["012"]


@pytest.mark.parametrize("shorter", ["", 'quiet: "11:00-11:30"', "away: 2026-11-20..2026-11-22"])
async def test_what_waits_leaves_when_quiet_hours_or_a_holiday_are_shortened(world: World, shorter: str) -> None:
    await _people(world, "away: 2026-11-20..2026-12-05" if "away" in shorter or not shorter else QUIET)
    await world.settle()
    world.clock = START
    world.publish(Item("harbour 0"), Item("harbour 1"), Item("weather"))
    await world.visit()
    await world.send()
    assert _told(world) == []
    await _people(world, shorter)
    await world.send()
    assert _told(world) == ["01"]
    assert len({one.alert.due for one in await world.deliveries() if one.state == "waiting"}) == 0


async def test_a_summary_in_quiet_hours_is_part_of_the_digest_at_their_end(world: World) -> None:
    await _people(world, QUIET)
    world.publish(Item("harbour 0", at=START))
    await world.poll()
    world.publish(Item("harbour 1", at=START), Item("harbour 0", at=START))
    await world.visit()
    await _release(world)
    world.clock = END
    await _release(world)
    assert _told(world) == ["01"]
