"""A day of news, and a wire story, on the whole road: how many messages do people get, is all told?

`python -m tests.bench.newsday day|wire [--articles 2000]`

Outlets and a mail server on loopback; feeds are fetched, parsed, stored, matched, planned and mailed as the monitor
does it, while the clock goes from step to step of ten minutes.

- `day`: the labelled articles of the tuning part of `tests/data/stories`, each topic moved to one day, among made-up
  ones (`tests.bench.generated`), of which half are copies under other titles, cut short or with a footer; eight rules
  for five people, who are told at once. A match is an article that some rule finds for a person. Printed are matches,
  messages, how many messages the labels would allow (one a story and person), the stories of which a person who asked
  was shown no article, and how many seconds passed from the request for a feed to the mails about it.
- `wire`: a story at 40 outlets, in four languages under three titles each; one person is told.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from itertools import groupby
from pathlib import Path

from monitor.articles import event_signs
from monitor.steps.poll import poll
from monitor.store import Connection, Store, poll_records
from tests.bench.generated import World as Generated
from tests.bench.stories import Labelled, rows
from tests.peers.http import Outlet
from tests.peers.smtp import Peer
from tests.steps.world import World, text_of

DAY = datetime(2026, 10, 19, tzinfo=UTC)
STEP = timedelta(minutes=10)
WIRE = "prisoner-swap-130"
"""The story that goes to all outlets in `wire`."""
SHOWN = 30
"""Entries that a feed shows."""
PEOPLE = ("ann", "bob", "cid", "dan", "eve")
RULES = {
    "Ferries": ("ann, bob", "ferry OR ferries OR Fähre* OR feribot*"),
    "Machines that think": ("ann, cid", "Lumino"),
    "Gaza": ("bob, cid, dan", "Gaza OR Gazze OR غزة"),
    "Prisoners": (
        "ann, dan, eve",
        "prisoner* OR Kriegsgefangene* OR Gefangene* OR пленн* OR обмен* OR полон* OR обмін* OR أسير*",
    ),
    "Turkey": ("bob, eve", "Ankara OR Anadolu OR Aksaray OR Анкара OR أنقرة"),
    "Strikes": ("cid, eve", "strike* OR Streik* OR grev OR забастовк* OR страйк*"),
    "Museums": ("ann, dan", "museum* OR Louvre OR Лувр* OR музе*"),
    "Harbour": ("ann, bob, cid, dan, eve", "harbour"),
}
"""By name of a rule, whom it tells and its query; made-up articles are found by the last one alone."""
Rules = Mapping[str, tuple[str, str]]
_LINK = re.compile(r"https://news\.test/[\w/-]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as an outlet publishes it, and which story it belongs to."""

    story: str
    outlet: str
    language: str
    at: datetime
    title: str
    text: str

    def link(self, number: int) -> str:
        """Return its address, given its number among all."""
        return f"https://news.test/{self.outlet}/{number}"


@dataclass
class Played:
    """What came of some articles; `links` are by story, `told` the links that each reader was shown."""

    messages: int = 0
    matches: set[tuple[str, str]] = field(default_factory=set)
    story_of: dict[str, str] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    delays: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def asked(self) -> set[tuple[str, str]]:
        """Return every story that matched for a reader."""
        return {(reader, self.story_of[link]) for reader, link in self.matches}

    @property
    def untold(self) -> set[tuple[str, str]]:
        """Return every story that matched for a reader who was shown no article of it."""
        shown = ((who, link) for who, links in self.told.items() for link in links)
        return self.asked - {(who, self.story_of[link]) for who, link in shown if link in self.story_of}


# --- articles --------------------------------------------------------------------------------------------------


def labelled_day(chosen: Sequence[str] = ()) -> list[Piece]:
    """Return the labelled articles of each topic's fullest day, all moved to one; of these topics if any are given."""
    topics: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows():
        if row.part == "tuning" and (row.topic in chosen or not chosen):
            topics[row.topic].append(row)
    found = []
    for of_topic in topics.values():
        days = [row.published.date() for row in of_topic]
        fullest = max(sorted(set(days)), key=days.count)
        found += [_piece(row) for row in of_topic if row.published.date() == fullest]
    return found


def _piece(row: Labelled) -> Piece:
    at = DAY + timedelta(hours=row.published.hour, minutes=row.published.minute)
    return Piece(row.story, row.outlet, row.language, at, row.title, row.text)


def made_up(number: int, seed: int = 7) -> list[Piece]:
    """Return so many articles over the day, half of them copies of others; of three stories one is of the harbour."""
    world, chance = Generated(0, seed), random.Random(seed)
    found: list[Piece] = []
    while len(found) < number:
        article, outlet = world.article(0.0, 0.0)
        at, name = DAY + timedelta(minutes=chance.randrange(24 * 60)), f"made-up-{len(found)}"
        text = article.body.replace(". ", " harbour. ", 1) if chance.random() < 1 / 3 else article.body
        found.append(Piece(name, _outlet(outlet.name), outlet.language, at, article.title, text))
        found += _copies(found[-1], chance, min(chance.choice((0, 0, 0, 1, 2, 4)), number - len(found)))
    return found


def _outlet(name: str) -> str:
    """Return one of forty outlets of the same language as one of the two hundred."""
    return f"outlet-{int(name.rpartition('-')[2]) % 42}"


def _copies(one: Piece, chance: random.Random, count: int) -> Iterator[Piece]:
    for number in range(count):
        outlet = f"outlet-{(int(one.outlet.rpartition('-')[2]) + 6 * (number + 1)) % 42}"
        sentences = one.text.split(". ")
        title = " ".join(sentences[number].split()[: 6 + number])
        shorter, longer = ". ".join(sentences[: len(sentences) * 3 // 4]), f"{one.text} Read more at {outlet}."
        text = (one.text, shorter, longer)[number % 3]
        at = one.at + timedelta(minutes=chance.randrange(1, 90))
        yield replace(one, outlet=outlet, at=at, title=title, text=text)


def wire_story(outlets: int = 40) -> list[Piece]:
    """Return one story in four languages, under three titles each, at so many outlets within forty minutes."""
    of_story = [row for row in rows() if row.story == WIRE]
    texts = {row.language: row.text for row in of_story[::-1] if row.kind in ("wire", "translation")}
    languages = ("uk", "ru", "de", "en")
    found = []
    for number in range(outlets):
        language = languages[number % 4]
        text, own = texts[language], [row.title for row in of_story if row.language == language]
        titles = [*own, " ".join(text.split()[:8]), " ".join(text.split()[:12])][:3]
        at = DAY + timedelta(hours=26, minutes=number * 40 // outlets)
        found.append(Piece("wire", f"wire-{number}", language, at, titles[number // 4 % 3], text))
    return found


# --- the road --------------------------------------------------------------------------------------------------


@asynccontextmanager
async def newsroom() -> AsyncIterator[World]:
    """Yield a world on SQLite."""
    with tempfile.TemporaryDirectory() as home, Store.open(str(Path(home) / "monitor.db")) as store:
        async with World(Path(home), store, Peer(), Outlet(record=False)) as world:
            yield world


async def prepare(world: World, pieces: Sequence[Piece], rules: Rules, limit: int = 30) -> None:
    """Let a world watch the outlets of these articles by these rules, so many mails an hour, and have polled each."""
    outlets = {one.outlet: one.language for one in pieces}
    world.clock = min(one.at for one in pieces) - timedelta(hours=1)
    url = world.news.url
    lines = (f"  - {{name: {one}, feed: '{url('/' + one)}', language: {of}}}\n" for one, of in outlets.items())
    people = (f"  - {{name: {who}, mail: {who}@readers.test}}\n" for who in PEOPLE)
    written = (f"  - name: {name}\n    to: [{to}]\n    query: |\n      {find}\n" for name, (to, find) in rules.items())
    world.write(
        {
            "monitor.yaml": world.settings().replace("{fulltext", f"{{max_per_hour: {limit}, fulltext"),
            "people.yaml": "people:\n" + "".join(people),
            "outlets.yaml": "outlets:\n" + "".join(lines),
            "rules.yaml": "rules:\n" + "".join(written),
        }
    )
    for outlet in outlets:
        world.news.feed(f"/{outlet}", feed_of([(0, Piece("", outlet, "en", world.clock, "Hello", "Here we are."))]))
    await world.reload()
    await world.poll()


def feed_of(shown: Iterable[tuple[int, Piece]]) -> bytes:
    """Return a feed in RSS of numbered articles, the newest first."""
    items = (
        f"<item><title>{escape(one.title)}</title><link>{one.link(number)}</link><pubDate>{format_datetime(one.at)}"
        f"</pubDate><description>{escape(one.text)}</description></item>"
        for number, one in shown
    )
    return f'<rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()


async def play(world: World, pieces: Sequence[Piece]) -> Played:
    """Let the articles appear step by step, and tell of them; return what came of it."""
    numbered = sorted(enumerate(pieces, 1), key=lambda pair: pair[1].at)
    played, shown = Played(), defaultdict[str, list[tuple[int, Piece]]](list)
    played.story_of = {one.link(number): one.story for number, one in numbered}
    world.mail.accepted.clear()
    began = time.process_time()
    for step, some in groupby(numbered, key=lambda pair: (pair[1].at - DAY) // STEP):
        world.clock = DAY + STEP * (step + 1)
        for number, one in (news := list(some)):
            shown[one.outlet].insert(0, (number, one))
        changed = {one.outlet for _, one in news}
        for outlet in changed:
            shown[outlet] = shown[outlet][: max(SHOWN, sum(one.outlet == outlet for _, one in news))]
            world.news.feed(f"/{outlet}", feed_of(shown[outlet]))
        played.delays += await tell(world, sorted(changed))
    world.later(hours=1)
    await world.send()
    played.cpu = time.process_time() - began
    await collect(world, played)
    return played


async def tell(world: World, outlets: Sequence[str]) -> list[float]:
    """Poll these outlets and send what that calls for; return for each mail the seconds since we asked for its feed."""
    await world.store.write(poll_records.make_due, world.clock, outlets)
    delays = list[float]()
    while due := await world.claim():
        for feed in due:
            began = time.perf_counter()
            await poll(world.ctx, world.road, feed)
            sent = await world.send()
            delays += [time.perf_counter() - began] * sent
    return delays


async def collect(world: World, played: Played) -> None:
    """Add what matched for whom, and what everybody was told."""

    def matches(conn: Connection) -> list[tuple[str, str]]:
        query = "SELECT DISTINCT url, rule FROM articles JOIN matches ON article_id = id"
        return [(str(url), str(rule)) for url, rule in conn.exec_driver_sql(query)]

    routes = world.ctx.active.config.routes
    found = await world.store.read(matches)
    played.matches = {(route.recipient, url) for url, rule in found for route in routes[rule] if url in played.story_of}
    for who in {reader for reader, _ in played.matches}:
        mails = world.mails(who)
        played.messages += len(mails)
        played.told[who] = {link for mail in mails for link in _LINK.findall(text_of(mail))}


# --- what is measured ------------------------------------------------------------------------------------------


async def day(articles: int) -> str:
    """Play a day; return the figures in words."""
    pieces = labelled_day()
    pieces += made_up(articles - len(pieces))
    async with newsroom() as world:
        await prepare(world, pieces, RULES, limit=1000)
        return figures(await play(world, pieces), len(pieces))


def figures(played: Played, articles: int) -> str:
    """Return what is printed."""
    matches, ratio = len(played.matches), played.messages / max(len(played.matches), 1)
    middle = statistics.median(played.delays or [0.0])
    return (
        f"{articles} articles, {matches} matches, {played.messages} messages: {ratio:.3f} of one a match; the labels "
        f"allow {len(played.asked)}; {len(played.untold)} untold {sorted(played.untold)}\n"
        f"from request to mail: median {middle:.2f} s, at most {max(played.delays, default=0.0):.2f} s; CPU "
        f"{played.cpu / articles * 1000:.1f} ms an article; load {os.getloadavg()[0]:.0f}\n"
    )


async def wire(world: World, outlets: int = 40) -> Played:
    """Play a wire story over a monitor that has seen other articles, so that it knows what is frequent."""
    pieces = wire_story(outlets)
    await prepare(world, pieces, {"Prisoners": ("ann", RULES["Prisoners"][1])})
    for row in rows():
        if row.story != WIRE and (signs := event_signs(row.article())):
            world.ctx.stories.rarity.see(key for sign in signs.signs for key in sign.keys)
    return await play(world, pieces)


async def measure(options: argparse.Namespace) -> str:
    """Return the figures of what was asked for."""
    if options.what == "day":
        return await day(options.articles)
    async with newsroom() as world:
        return figures(await wire(world), 40)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("day", "wire"))
    asked.add_argument("--articles", type=int, default=2000)
    sys.stdout.write(asyncio.run(measure(asked.parse_args())))
