"""What `monitor explain` says of every reader of one story: how it reached them, or why it did not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

import pytest

from monitor.cli.explain_output import lines_of
from monitor.reports.as_json import as_json
from monitor.reports.explanation import explain
from monitor.silence_values import Mute, MuteKind
from monitor.store import mute_records, poll_records, story_records
from monitor.story_values import JoinedStories
from tests.articles.events import BUDGET, FIRE, FIRE_TOLD_AGAIN
from tests.peers.http import Outlet
from tests.steps.world import Item, World, rss

PEOPLE = """
people:
  - {name: ann, mail: ann@readers.test}
  - {name: bob, mail: bob@readers.test}
  - {name: cid, mail: cid@readers.test, away: "2026-11-20..2026-11-30, no digest", timezone: UTC}
  - {name: dan, mail: dan@readers.test, quiet: "09:00-20:00", timezone: UTC}
  - {name: eve, mail: eve@readers.test, max_per_hour: 1}
  - {name: fay, mail: fay@readers.test, send: "daily 18:00", timezone: UTC}
  - {name: gus, mail: gus@readers.test, away: 2026-11-20..2026-11-24, timezone: UTC}
  - {name: ida, mail: ida@readers.test, send: hourly, away: 2026-11-20..2026-11-24, timezone: UTC}
"""
RULES = """
rules:
  - {name: Fire, to: [ann, bob, cid, dan, eve, fay, gus, ida], query: Chios OR harbour}
  - {name: Once, to: [jon@readers.test], query: Chios, developments: no}
  - {name: Over, to: [ann, hal@readers.test], query: Chios, until: 2026-11-22}
"""
MUTED = "muted until 2026-11-23 19:10 UTC (the rule)"
AWAY = "away, and wants no digest of it (until 2026-12-01 00:00 UTC)"
ENDED = "the rule ended 2026-11-23 00:00 UTC (until:)"
HOLIDAY = "waits until 2026-11-25 00:00 UTC (the end of a holiday)"
QUIET = "waits until 2026-11-23 20:00 UTC (the end of quiet hours)"
SLOT = "waits until 2026-11-23 18:00 UTC (the slot of its digest)"
LIMIT = "waits until 2026-11-23 11:00 UTC (more came than max_per_hour)"
SILENT = {"Fire bob": f"not told: {MUTED}", "Fire cid": f"not told: {AWAY}", "Over hal": f"not told: {ENDED}"}
FIRST = "told in mail, sent 2026-11-23 10:10 UTC"
REPLY = "told in mail, sent 2026-11-23 10:20 UTC"
WAITING = {"Fire dan": QUIET, "Fire eve": LIMIT, "Fire fay": SLOT, "Fire gus": HOLIDAY, "Fire ida": HOLIDAY}


class Newsroom:
    """Two outlets, and what explain says of their articles."""

    def __init__(self, world: World, other: Outlet) -> None:
        self.world, self.other = world, other

    async def tell(self, *items: Item, at_other: tuple[Item, ...] = ()) -> None:
        """Let these pieces stand in the feeds, and send what is due."""
        self.world.publish(*items)
        self.other.feed("/rss", rss(at_other, "https://other.test"))
        await self.world.store.write(poll_records.make_due, self.world.clock)
        await self.world.poll()
        await self.world.send()

    async def outcomes(self, url: str) -> dict[str, str]:
        """What the text says of each rule and reader, without the numbers of mails; --json must say the same."""
        world, span = self.world, (self.world.clock, self.world.clock)
        (found,) = await world.store.read(explain, world.ctx.active.config, [url], None, span)
        said: dict[str, str] = {}
        record, rule = as_json(found), ""
        kept = {f"{of['rule']} {one['to'].partition('@')[0]}": one for of in record["rules"] for one in of["told"]}
        for line in lines_of(found):
            if line.startswith("rule  "):
                rule = line.split()[1].rstrip(":")
            elif line.startswith("  ") and "@readers.test: " in line:
                who, _, what = line.strip().partition("@readers.test: ")
                one = kept[f"{rule} {who}"]
                assert one["state"] == "sent" or one["reason"] in what
                assert one["silence"] in what
                assert (one["mail"] is None) == what.startswith("not told")
                said[f"{rule} {who}"] = what.replace(f"mail {one['mail']}", "mail")
        assert said.keys() == kept.keys()
        return said


@pytest.fixture
async def newsroom(world: World) -> AsyncIterator[Newsroom]:
    """The readers of a fire: mail of another story came before it, and then a copy, a retelling and a development."""
    world.write({"people.yaml": PEOPLE, "rules.yaml": RULES})
    async with Outlet(("127.0.0.2",)) as other:
        more = f"  - {{name: other, feed: {other.url('/rss')}, language: en}}\n"
        world.write({"outlets.yaml": world.outlets("/rss", more=more)})
        assert not (await world.reload()).problems
        made = Newsroom(world, other)
        await made.tell(Item("weather", "Rain.", at=world.clock), at_other=(Item("market", "Sun."),))
        world.later(minutes=10)
        mute = Mute(MuteKind.RULE, "Fire", "bob@readers.test", world.clock + timedelta(hours=9))
        await world.store.write(mute_records.put, [mute], world.clock)
        await made.tell(Item("harbour", "The harbour opens.", at=world.clock))
        await made.tell(Item("fire", FIRE[1], at=world.clock))
        world.later(minutes=5)
        copy = Item("copy", f"{FIRE[1]} Subscribe to our letter.", at=world.clock)
        await made.tell(at_other=(copy, Item("again", FIRE_TOLD_AGAIN[1], at=world.clock)))
        world.later(minutes=5)
        await made.tell(Item("toll", FIRE[1].replace("212", "260"), at=world.clock))
        yield made


def expected(waiting: Mapping[str, str], **told: str) -> dict[str, str]:
    """What is said of everybody: of who waits, of who is silent whatever comes, and of the rest."""
    return SILENT | dict(waiting) | {name.replace("_", " "): what for name, what in told.items()}


async def test_who_is_told_and_who_waits_for_what(newsroom: Newsroom) -> None:
    waiting = {who: f"mail {what}" for who, what in WAITING.items()}
    over = f"{ENDED}; already told for rule Fire: "
    first = expected(waiting, Fire_ann=FIRST, Once_jon=FIRST, Over_ann=over + FIRST)
    assert await newsroom.outcomes("https://news.test/fire.html") == first
    newsroom.world.later(hours=1)
    await newsroom.world.send()
    first["Fire eve"] = "told in mail, sent 2026-11-23 11:20 UTC"
    assert await newsroom.outcomes("https://news.test/fire.html") == first


@pytest.mark.parametrize(
    ("name", "silence"), [("copy", "a copy of what was told"), ("again", "it tells again what was told")]
)
async def test_who_has_it_by_another_article(newsroom: Newsroom, name: str, silence: str) -> None:
    waiting = {who: f"{silence}; to be told by news's article: mail {what}" for who, what in WAITING.items()}
    told = f"; already told by news's article: {FIRST}"
    assert await newsroom.outcomes(f"https://other.test/{name}.html") == expected(
        waiting, Fire_ann=silence + told, Once_jon=silence + told, Over_ann=ENDED + told
    )


async def test_who_is_told_how_it_goes_on(newsroom: Newsroom) -> None:
    waiting = {who: f"mail {what}" for who, what in WAITING.items()}
    kept = "not told: the story goes on, which the rule does not tell"
    over = f"{ENDED}; already told for rule Fire: {REPLY}"
    assert await newsroom.outcomes("https://news.test/toll.html") == expected(
        waiting, Fire_ann=REPLY, Once_jon=kept, Over_ann=over
    )


async def test_a_development_that_is_muted_was_not_told_by_the_mail_of_the_first_report(newsroom: Newsroom) -> None:
    world, text = newsroom.world, FIRE[1].replace("212", "275")
    world.later(minutes=5)
    mute = Mute(MuteKind.OUTLET, "other", "ann@readers.test", world.clock + timedelta(hours=9))
    await world.store.write(mute_records.put, [mute], world.clock)
    await newsroom.tell(at_other=(Item("final", text, at=world.clock),))
    muted = "muted until 2026-11-23 19:25 UTC (the outlet)"
    assert (await newsroom.outcomes("https://other.test/final.html"))["Fire ann"] == f"not told: {muted}"
    world.later(minutes=5)
    await newsroom.tell(Item("last", text, at=world.clock))
    told = f"{muted}; already told by news's article: told in mail, sent 2026-11-23 10:30 UTC"
    assert (await newsroom.outcomes("https://other.test/final.html"))["Fire ann"] == told


async def test_what_tells_a_development_again_names_the_mail_of_that(newsroom: Newsroom) -> None:
    newsroom.world.later(minutes=5)
    copy = f"{FIRE[1].replace('212', '260')} Subscribe to our letter."
    await newsroom.tell(at_other=(Item("more", copy, at=newsroom.world.clock),))
    said = (await newsroom.outcomes("https://other.test/more.html"))["Fire ann"]
    assert said == f"a copy of what was told; already told by news's article: {REPLY}"


async def test_a_mail_that_a_new_holiday_put_off_says_so(newsroom: Newsroom) -> None:
    """What was to leave at once then waits as does what comes on it."""
    world = newsroom.world
    newsroom.other.feed("/rss", rss([], "https://other.test"))
    world.publish(Item("pier", "The harbour has a new pier.", at=world.clock))
    await world.store.write(poll_records.make_due, world.clock)
    await world.poll()
    world.write(
        {
            "people.yaml": PEOPLE.replace(
                "ann@readers.test", "ann@readers.test, away: 2026-11-23..2026-11-24, timezone: UTC"
            )
        }
    )
    assert not (await world.reload()).problems
    await world.send()
    assert (await newsroom.outcomes("https://news.test/pier.html"))["Fire ann"] == f"mail {HOLIDAY}"


async def test_a_development_whose_mail_failed_was_not_told_by_the_mail_before_it(newsroom: Newsroom) -> None:
    newsroom.world.mail.fault("rcpt:ann@readers.test=550")
    newsroom.world.later(minutes=5)
    await newsroom.tell(Item("final", FIRE[1].replace("212", "390"), at=newsroom.world.clock))
    said = (await newsroom.outcomes("https://news.test/final.html"))["Fire ann"]
    assert said.startswith("mail failed 2026-11-23 10:25 UTC: ")
    assert "550" in said


async def test_an_article_whose_story_became_part_of_another_says_of_which_and_why(newsroom: Newsroom) -> None:
    world, at = newsroom.world, newsroom.world.clock
    await newsroom.tell(
        Item("brief", "A long day in the parliament.", at=at), at_other=(Item("tax", BUDGET[1], at=at),)
    )
    world.later(minutes=5)
    told_again = (
        "Sterling rose when Eleanor Whitcombe put a penny on income tax in London. Parliament heard that 26 billion "
        "pounds are missing, and the opposition said that a promise was broken."
    )
    await newsroom.tell(Item("brief", told_again, at=at))
    said = await _said(world, "https://other.test/tax.html")
    line = next(line.strip() for line in said if "a story of its own" in line)
    assert line.startswith("it began a story of its own, found later to be that of news (")
    assert "whitcombe" in line.casefold()


async def test_an_article_whose_story_another_article_joined_to_an_older_one_says_so(newsroom: Newsroom) -> None:
    world = newsroom.world
    await newsroom.tell(at_other=(Item("tax", BUDGET[1], at=world.clock),))
    first, *_, last = sorted(await world.articles(), key=lambda one: one.id)
    said = await _said(world, last.article.url)
    assert not [line for line in said if "a story of its own" in line]
    merged = JoinedStories({}, [], {}, {last.story_id: first.story_id}, {}, {})
    await world.store.write(story_records.write, merged)
    assert (
        "             it began a story of its own; the addresses or the text of an article led to both"
        in await _said(world, last.article.url)
    )


async def _said(world: World, url: str) -> list[str]:
    (found,) = await world.store.read(explain, world.ctx.active.config, [url], None, (world.clock, world.clock))
    return list(lines_of(found))
