"""What is read for a digest, on both databases: few texts of many stories, exact counts, and figures that are true."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.alerts.digest_choice import SHOWN
from monitor.model import Kind, Match
from monitor.steps.digest_content import chosen_stories, digest_figures
from monitor.store import Store, article_queries
from tests.steps.world import READER, Item, World, rule_for, text_of
from tests.store.make import MINUTE, NOW, alert, article, feed, item, show, watch

ZONE = {"timezone": "Europe/Istanbul"}


def test_of_many_stories_few_are_chosen_and_all_counted(store: Store) -> None:
    watch(store, feed(), feed("b", outlet="wire"))
    names = [f"n{number}" for number in range(1, 121)]
    with store.begin() as conn:
        show(conn, 1, [article(name, f"Peskov {name}", published=NOW) for name in names], NOW)
        same = [article("n7 wire", "Peskov n7", outlet="wire", story_keys=article("n7").story_keys, published=NOW)]
        show(conn, 2, same, NOW + MINUTE)
    with store.reading() as conn:
        stored = article_queries.get(conn, range(1, 200))
        large = next(one.story_id for one in stored.values() if one.article.outlet == "wire")
        items = tuple(item(id_, one.story_id) for id_, one in stored.items() if one.article.outlet == "tass")
        chosen = chosen_stories(conn, alert(items=(*items, item(999))))
    assert (chosen.total, len(chosen.stories), chosen.counts["Peskov"]) == (120, SHOWN, 120)
    assert chosen.stories[0][0].story_id == large


def test_a_rules_week_is_that_of_the_readers_days(store: Store) -> None:
    watch(store, feed())
    with store.begin() as conn:
        show(conn, 1, [article("a", published=NOW)], NOW)
        for ago, ids in ((timedelta(hours=14, minutes=59), (1, 2)), (timedelta(hours=15, minutes=1), (3,))):
            article_queries.keep_matches(conn, [(id_, 1, [Match("Peskov", ())]) for id_ in ids], NOW - ago)
    with store.reading() as conn:
        due = alert(items=(item(1),), **ZONE)
        figures = digest_figures(conn, due, chosen_stories(conn, due), NOW)
    assert figures.weeks == {"Peskov": [0, 0, 0, 0, 0, 1, 2]}
    assert [one.outlet for one in figures.readings] == ["tass"]


async def test_a_digest_that_leaves_tells_the_rules_week_and_what_was_watched(world: World) -> None:
    world.write({"rules.yaml": rule_for([READER]).replace("query", "send: hourly, query")})
    await world.reload()
    await world.settle()
    world.publish(*(Item(f"harbour {number}", at=world.clock) for number in range(3)))
    await world.visit()
    world.later(hours=1)
    await world.visit()
    await world.send()
    (mail,) = world.mails()
    (due,) = [one.alert for one in await world.deliveries() if one.alert.kind is Kind.DIGEST]
    assert len(due.items) == 3
    text = text_of(mail)
    assert "Articles found each day, the last one being today:" in text
    assert " 3 █" in text
    assert "1 of 1 outlet up to date" in text


@pytest.mark.parametrize("edits", ["", ", edits: yes"])
@pytest.mark.parametrize(
    ("now", "says", "is_edited"),
    [
        ("The harbour opens on Friday.", "The *harbour* opens on Friday.", False),
        ("The port opens on Friday.", "The [-harbour opens on Monday.-]{+port opens on Friday.+}", True),
    ],
)
async def test_a_digest_quotes_what_stands_there_when_it_leaves(
    world: World, edits: str, now: str, says: str, *, is_edited: bool
) -> None:
    rule = f"rules:\n  - {{name: Harbour, to: [{READER}], send: hourly, query: harbour{edits}}}\n"
    world.write({"rules.yaml": rule})
    await world.reload()
    await world.settle()
    for text in ("The harbour opens on Monday.", now):
        world.publish(Item("quay", text, at=world.clock), Item("weather"))
        await world.visit()
        world.later(minutes=5)
    world.later(hours=1)
    assert await world.send() == 1
    (mail,) = world.mails()
    told = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert says in told
    assert ("Edited: what went stands in" in told) is is_edited
    assert ("Monday" in told) is is_edited
