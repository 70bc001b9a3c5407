"""A story that a service refuses alone: it is found, and everything else arrives, each story once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import pytest

from monitor.steps.incidents import tell_ripe
from tests.peers.http import Request, reply
from tests.steps.world import OPERATOR, READER, Item, World, text_of

ANN = "ann by webhook"
POISON = b"ballet"


async def _begin(world: World, send: str = "at once") -> None:
    """Have ann told by webhook, which answers 500 to what is about the ballet."""
    person = f"{{name: ann, webhook: '{world.news.url('/ann')}', send: {send}}}"
    rules = "rules:\n  - {name: Harbour, to: [ann], query: harbour}\n"
    world.write({"people.yaml": f"people:\n  - {person}\n", "rules.yaml": rules})
    _refuse(world, POISON)
    assert not (await world.reload()).errors
    await world.settle()
    world.news.requests.clear()


def _refuse(world: World, words: bytes, status: int = 500) -> None:
    """Let the webhook refuse what holds these words, and take all else."""
    yes, no = reply(200, b"ok", None), reply(status, b"", None)

    async def answer(request: Request, writer: asyncio.StreamWriter) -> bool:
        return await (no if words in request.body else yes)(request, writer)

    world.news.routes["/ann"] = answer


async def _stories(world: World, *names: str) -> None:
    world.publish(*(Item(f"harbour {name}") for name in names), Item("weather"))
    await world.visit()


async def _live(world: World, hours: float, minutes: int = 10) -> None:
    for _ in range(int(hours * 60 / minutes)):
        await world.send()
        await tell_ripe(world.ctx)
        world.later(minutes=minutes)


def _taken(world: World) -> Counter[str]:
    """How often each story was taken."""
    posted = [json.loads(one.body) for one in world.news.asked("/ann") if POISON not in one.body]
    return Counter(story["title"].removeprefix("News of the harbour ") for one in posted for story in one["stories"])


async def test_what_alone_is_refused_stops_nothing_and_is_tried_as_every_message(world: World) -> None:
    await _begin(world)
    await _stories(world, "ballet")
    await world.send()
    await _stories(world, "crane", "ballet")
    await world.send()
    assert _taken(world) == {"crane": 1}, "within the pause, since nothing says yet that the address is in trouble"
    await _stories(world, "wheat", "crane", "ballet")
    await world.send()
    assert _taken(world) == {"crane": 1, "wheat": 1}
    assert (await world.states(ANN), await world.incidents()) == (["waiting", "sent", "sent"], [])
    refused = [one for one in world.news.asked("/ann") if POISON in one.body]
    assert len({one.body for one in refused}) == 1
    await _live(world, 9, minutes=60)
    (one, *_), states = await world.deliveries(), await world.states(ANN)
    assert (one.attempts >= 5, states, await world.incidents()) == (True, ["waiting", "sent", "sent"], [])
    (mail,) = world.mails(OPERATOR)
    assert mail["Subject"] == "Trouble: refused alert"
    assert "“News of the harbour ballet” https://news.test/" in text_of(mail)
    assert "is tried again for five days, next at" in text_of(mail)


async def test_what_alone_is_refused_is_no_trouble_of_its_address_after_a_restart(world: World) -> None:
    await _begin(world)
    await _stories(world, "ballet")
    await _live(world, 0.2)
    await _stories(world, "crane", "ballet")
    await _live(world, 0.5)
    await world.begin()
    await _live(world, 6, minutes=30)
    assert (await world.states(ANN), await world.incidents()) == (["waiting", "sent"], [])
    one, *_ = await world.deliveries()
    assert one.attempts > 4


async def test_a_catch_up_with_one_such_story_is_taken_but_for_that(world: World) -> None:
    await _begin(world)
    _refuse(world, b"")
    for name in ("ballet", "crane", "wheat", "chess", "icon"):
        await _stories(world, name)
        await _live(world, 0.5, minutes=30)
    await _live(world, 3, minutes=30)
    _refuse(world, POISON)
    world.news.requests.clear()
    await _live(world, 12, minutes=30)
    assert _taken(world) == {"crane": 1, "wheat": 1, "chess": 1, "icon": 1}
    assert Counter(await world.states(ANN))["waiting"] == 1
    assert await world.incidents() == []


async def test_a_story_that_comes_shows_that_the_address_works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.steps.message_parts.MOST_TRIES", 9)
    await _begin(world, "every 30m")
    await _stories(world, "ballet", "crane", "wheat")
    await _live(world, 1)
    assert not _taken(world)
    await _stories(world, "salmon")
    await _live(world, 1)
    assert _taken(world) == {"salmon": 1, "crane": 1, "wheat": 1}
    assert Counter(await world.states(ANN)) == {"sent": 3, "merged": 2, "waiting": 1}


async def test_a_digest_that_is_refused_for_good_is_sent_in_parts(world: World) -> None:
    await _begin(world, "every 30m")
    names = ["ballet", *(f"story{number}" for number in range(7))]
    _refuse(world, POISON, 400)
    await _stories(world, *names)
    await _live(world, 1)
    assert _taken(world) == dict.fromkeys(names[1:], 1)
    assert Counter(await world.states(ANN)) == {"merged": 3, "sent": 3, "failed": 1}
    assert world.subjects(OPERATOR) == ["Trouble: refused alert"]


@pytest.mark.parametrize(("status", "most", "minutes"), [(500, 26, 10), (422, 20, 1)])
async def test_several_such_stories_keep_nothing_else_waiting(
    world: World, status: int, most: int, minutes: int
) -> None:
    await _begin(world, "every 30m")
    names = [*(f"ballet{n}" for n in range(3)), *(f"story{n}" for n in range(9))]
    _refuse(world, POISON, status)
    await _stories(world, *names)
    world.later(minutes=30)
    await _live(world, minutes / 60, minutes=1)
    assert _taken(world) == dict.fromkeys(names[3:], 1)
    assert len(world.news.asked("/ann")) <= most
    await _live(world, 2, minutes=20)
    told = "".join(map(text_of, world.mails(OPERATOR)))
    assert [told.count(f"“News of the harbour {name}”") for name in names] == [1] * 3 + [0] * 9
    assert all(subject.startswith("Trouble: refused alert") for subject in world.subjects(OPERATOR))
    assert await world.incidents() == []


async def test_what_an_address_refused_that_was_in_trouble_is_one_message_again(world: World) -> None:
    await _begin(world, "every 30m")
    names = [f"story{n}" for n in range(9)]
    _refuse(world, b"")
    await _stories(world, *names)
    await _live(world, 1.5)
    assert len(world.news.asked("/ann")) <= 14, "it is left alone all the same"
    await world.begin()
    _refuse(world, POISON)
    world.news.requests.clear()
    await _live(world, 1.5)
    assert _taken(world) == dict.fromkeys(names, 1)
    assert len(world.news.asked("/ann")) == 2, "the one that showed it, and all others"


async def test_most_stories_of_a_digest_may_be_refused_for_good(world: World) -> None:
    await _begin(world, "every 30m")
    names = [*(f"ballet{n}" for n in range(8)), "crane", "wheat"]
    _refuse(world, POISON, 400)
    await _stories(world, *names)
    await _live(world, 1)
    assert _taken(world) == {"crane": 1, "wheat": 1}


async def test_who_refuses_every_part_is_not_asked_story_by_story(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.steps.message_parts.MOST_IN_VAIN", 1)
    await _begin(world, "every 30m")
    _refuse(world, b"", 400)
    await _stories(world, "ballet", "crane", "wheat", "chess")
    await _live(world, 1)
    sizes = [len(json.loads(one.body)["stories"]) for one in world.news.asked("/ann")]
    assert sizes == [4, 2, 2, 1, 1]
    assert Counter(await world.states(ANN)) == {"merged": 2, "failed": 3}


@pytest.mark.parametrize("answer", ["554 5.6.0 content rejected", "554 5.7.1 rejected as spam", "451 4.3.0 filter"])
async def test_a_filter_that_refuses_one_story_of_a_mail_takes_the_others(world: World, answer: str) -> None:
    rules = f"rules:\n  - {{name: Harbour, to: [{READER}], query: harbour, send: every 30m}}\n"
    world.write({"rules.yaml": rules})
    await world.reload()
    await world.settle()
    world.mail.filters[POISON] = answer
    await _stories(world, "ballet", "crane", "wheat", "chess")
    await _live(world, 1)
    await _stories(world, "salmon")
    await _live(world, 8)
    texts = [text_of(mail) for mail in world.mails()]
    for name in ("crane", "wheat", "chess", "salmon"):
        assert sum(f"harbour {name}" in text for text in texts) == 1
    states = Counter(await world.states())
    assert states["waiting" if answer.startswith("4") else "failed"] == 1
    assert states["sent"] == len(texts)
