"""Each piece is kept and told once, and found by its link, whatever a feed does to ids, links, words and times."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from html import escape

import pytest

from monitor.model import Entry
from monitor.reports.article_history import find
from tests.articles.known_articles import NOW
from tests.articles.newsroom import NEW, OLD, SHOWN, Change, Newsroom
from tests.steps.world import READER, World

SITE = "https://example.org"


def page(entries: Sequence[Entry]) -> bytes:
    """A feed of these entries."""
    return f'<rss version="2.0"><channel><link>{SITE}</link>{"".join(map(_item, entries))}</channel></rss>'.encode()


def _item(one: Entry) -> str:
    link = f"<link>{one.link}</link>" if one.link else ""
    guid = f'<guid isPermaLink="false">{one.id}</guid>' if one.id else ""
    date = f"<pubDate>{format_datetime(one.published)}</pubDate>" if one.published else ""
    return f"<item><title>{escape(one.title)}</title>{link}{guid}{date}<description>{one.summary}</description></item>"


def changes(seed: int) -> list[Change]:
    """What an outlet did, the same each time."""
    chance = random.Random(seed)
    # The same words within hours are one story, and told once: that is for another test.
    kinds = [kind for kind in OLD + NEW if kind != "repeat"]
    return [
        Change(chance.choice(kinds), chance.randrange(SHOWN), chance.choice(["both", "both", "id", "link"]))
        for _ in range(18)
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_every_piece_is_kept_told_and_found_once(world: World, seed: int) -> None:
    world.write({"rules.yaml": f"rules:\n  - {{name: Peskov, to: [{READER}], query: Peskov}}\n"})
    await world.reload()
    world.clock = NOW - timedelta(hours=3)
    await world.settle()
    room = Newsroom()
    for change in [None, *changes(seed)]:
        if change:
            room.change(change)
        for again in (False, True):
            world.news.feed("/rss", page(room.page()))
            world.clock = max(world.clock, NOW + timedelta(hours=room.newest)) + timedelta(minutes=1)
            kept = await world.visit_at("/rss")
            assert not again or (kept.new, kept.matched) == (0, 0)
        await world.send()
    told = [one for one in await world.articles() if "Peskov" in one.article.title]
    # One that is written and dated anew takes the address of another: that is told, as an edit.
    first = [mail for mail in world.mails() if not mail["Subject"].startswith("Edited:")]
    assert len(told) == len(room.pieces) == len(first)
    for piece in room.pieces:
        if piece.link and room.is_alone(piece.link):
            found = await world.store.read(find, world.ctx.active.config, SITE + piece.link)
            assert found is not None
            assert piece.subject in found.article.title
