"""Readers with chats and notifications: one that throttles, hangs or refuses for good, and threads of replies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.model import Alert, Kind
from monitor.steps.incidents import tell_ripe
from monitor.store import deliveries
from tests.channels.chats import SECRET, answers
from tests.steps.world import OPERATOR, READER, Item, World, text_of

ANN = "ann by telegram"
PATHS = {"telegram": f"/bot{SECRET}/sendMessage", "slack": "/chat.postMessage", "ntfy": "/"}
TAKEN: dict[str, dict[str, Any]] = {
    "telegram": {"ok": True, "result": {"message_id": 41}},
    "slack": {"ok": True, "ts": "176.41"},
    "ntfy": {"id": "x"},
}
ADDRESS = {"telegram": "chat: 7", "slack": "channel: C07", "ntfy": "topic: news"}


async def _begin(world: World, channel: str = "telegram", rule: str = "") -> None:
    """Let one story wait for ann, who has a mail address and one address of this channel."""
    data = world.folder / "data"
    data.mkdir(exist_ok=True)
    for name in ("telegram", "slack"):
        (data / f"{name}.token").write_text(f"{SECRET}\n")
    address = f"{channel}: {{{ADDRESS[channel]}, server: '{world.news.url('')}'}}"
    world.write(
        {
            "people.yaml": f"people:\n  - {{name: ann, mail: {READER}, {address}, by: {channel}}}\n",
            "rules.yaml": f"rules:\n  - {{name: Harbour, to: [ann], query: harbour{rule}}}\n",
        }
    )
    answers(world.news, PATHS[channel], 200, TAKEN[channel])
    assert not (await world.reload()).errors
    await world.settle()
    world.news.requests.clear()
    await _story(world, "harbour")


async def _story(world: World, *names: str) -> None:
    world.publish(*map(Item, names), Item("weather"))
    await world.visit()


def _posted(world: World, channel: str = "telegram") -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in world.news.asked(PATHS[channel])]


@pytest.mark.parametrize("channel", PATHS)
async def test_a_story_is_told_there_and_a_token_never_kept(world: World, channel: str) -> None:
    await _begin(world, channel)
    await world.send()
    (posted,) = _posted(world, channel)
    assert "News of the harbour" in json.dumps(posted)
    who = f"ann by {channel}"
    assert await world.states(who) == ["sent"]
    (delivery,) = await world.deliveries()
    assert SECRET not in repr(delivery)
    assert world.subjects() == []


REPLIES = {
    "telegram": {"reply_parameters": {"message_id": 41, "allow_sending_without_reply": True}},
    "slack": {"thread_ts": "176.41"},
    "ntfy": {},
}


@pytest.mark.parametrize("channel", PATHS)
async def test_a_later_message_of_a_thread_is_a_reply_to_the_first(world: World, channel: str) -> None:
    await _begin(world, channel, ", edits: yes")
    await world.send()
    world.publish(Item("harbour", "The harbour is shut until noon."), Item("weather"))
    await world.visit()
    await world.send()
    first, second = (
        {key: body[key] for key in ("reply_parameters", "thread_ts") if key in body} for body in _posted(world, channel)
    )
    assert (first, second) == ({}, REPLIES[channel])
    assert await world.states(f"ann by {channel}") == ["sent", "sent"]


async def test_notices_of_the_end_reply_to_those_of_the_beginning(world: World) -> None:
    await _begin(world)
    for sequence in range(2):
        alert = Alert(
            ANN, "trouble:x", sequence, Kind.NOTICE, world.clock, channel="telegram", subject="Disk", text="full"
        )
        await world.store.write(deliveries.add, [alert], world.clock)
        await world.send()
    told = [posted for posted in _posted(world) if "Disk" in posted["text"]]
    assert [posted.get("reply_parameters", {}).get("message_id") for posted in told] == [None, 41]


async def test_what_waits_for_a_reader_who_blocks_the_bot_is_told_when_he_takes_it_again(world: World) -> None:
    await _begin(world)
    blocked = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    answers(world.news, PATHS["telegram"], 403, blocked)
    for name in ("harbour two", "harbour three", "harbour four"):
        await world.send()
        await tell_ripe(world.ctx)
        await _story(world, name, "harbour")
        world.later(hours=1)
    await world.send()
    assert set(await world.states(ANN)) == {"waiting", "merged"}
    assert world.subjects(OPERATOR) == ["Trouble: telegram"]
    assert "bot was blocked by the user" in text_of(world.mails(OPERATOR)[0])
    answers(world.news, PATHS["telegram"], 200, TAKEN["telegram"])
    world.news.requests.clear()
    world.later(hours=2)
    await world.send()
    texts = [posted["text"] for posted in _posted(world)]
    assert len(texts) == 1, "a digest of all that waited"
    assert all(sum(f">News of the harbour {name}<" in text for text in texts) == 1 for name in ("two", "three", "four"))
    assert set(await world.states(ANN)) == {"sent", "merged"}


async def test_a_chat_that_is_not_found_waits_until_it_is(world: World) -> None:
    await _begin(world)
    answers(world.news, PATHS["telegram"], 400, {"ok": False, "description": "Bad Request: chat not found"})
    await world.send()
    assert await world.states(ANN) == ["waiting"]
    (incident,) = await world.incidents()
    assert "chat not found" in incident.text
    answers(world.news, PATHS["telegram"], 200, TAKEN["telegram"])
    world.later(minutes=2)
    await world.send()
    assert (await world.states(ANN), await world.incidents()) == (["sent"], [])


async def test_one_that_throttles_is_left_alone_as_long_as_it_says(world: World) -> None:
    await _begin(world)
    answers(world.news, PATHS["telegram"], 429, {"ok": False, "parameters": {"retry_after": 40}})
    await world.send()
    world.later(seconds=39)
    await world.send()
    assert len(_posted(world)) == 1
    answers(world.news, PATHS["telegram"], 200, TAKEN["telegram"])
    world.later(seconds=2)
    await world.send()
    assert (await world.states(ANN), await world.incidents()) == (["sent"], [])


@pytest.mark.parametrize("channel", ["telegram", "slack"])
async def test_one_that_dies_after_the_request_gets_it_once_more_and_no_third_time(world: World, channel: str) -> None:
    await _begin(world, channel)
    world.news.reset(PATHS[channel])
    for _ in range(4):
        await world.send()
        world.later(hours=1)
    first, second = world.news.asked(PATHS[channel])
    assert first.body == second.body
    assert await world.states(f"ann by {channel}") == ["unconfirmed"]
    assert SECRET not in text_of(world.mails(OPERATOR)[0])


async def test_one_that_answers_nothing_is_asked_less_and_less_and_its_messages_wait(world: World) -> None:
    await _begin(world)
    world.news.reset(PATHS["telegram"])
    for name in ("one", "two", "three"):
        await _story(world, f"harbour {name}")
        world.later(seconds=1)
    for _ in range(4):
        await world.send()
        world.later(seconds=80)
    # From the second on the address is in trouble: it is left alone for a minute, then for two, then for four.
    assert len(_posted(world)) == 4
    assert await world.states(ANN) == ["waiting"] * 4
    answers(world.news, PATHS["telegram"], 200, TAKEN["telegram"])
    world.later(minutes=4)
    for _ in range(3):
        await world.send()
        world.later(seconds=1)
    assert await world.states(ANN) == ["sent"] * 4
