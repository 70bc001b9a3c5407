"""Read the articles with labelled stories (tests/data/stories), and what stands beside them.

That are those of real feeds, and made-up ones of different events that have a rare phrase in common.
"""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from monitor.articles import Origin, articles_from_entries
from monitor.model import Article, Entry
from tests.bench.generated import World as Generated

SETS = Path(__file__).parents[1] / "data" / "stories"
PARTS = ("tuning", "test")
_SEEN_AFTER = timedelta(minutes=2)
_CROWD_WORDS, _CROWD_TEXT = 20, 700
"""The fewest words of an article of the crowd, and the most characters, so that it is as long as the labelled ones."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row of the sets: an article and the story that it belongs to."""

    id: str
    language: str
    topic: str
    story: str
    part: str
    kind: str
    outlet: str
    published: datetime
    title: str
    text: str

    def entry(self) -> Entry:
        """How a feed shows it."""
        link = f"https://{self.outlet}.example.org/{self.id}"
        return Entry(self.title, link, link, self.published, summary=self.text, language=self.language)

    def article(self) -> Article:
        """The article that the monitor makes of it, as one of a feed seen two minutes after it was published."""
        origin = Origin(self.outlet, f"https://{self.outlet}.example.org/rss")
        return articles_from_entries([self.entry()], origin, self.published + _SEEN_AFTER)[0]


@cache
def rows() -> tuple[Labelled, ...]:
    """Return all labelled articles, the oldest first."""
    found = []
    for path in sorted(SETS.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                published = datetime.fromisoformat(row.pop("published"))
                found.append(Labelled(language=path.stem, published=published, **row))
    return tuple(sorted(found, key=lambda one: (one.published, one.id)))


@cache
def crowd() -> tuple[Labelled, ...]:
    """Return the articles of real feeds in `MONITOR_TEST_DATA`, spread over the week of the labelled ones.

    Each stands for a story of its own; a title counts once.
    """
    from tests.bench.fulltext_day import sample_feeds

    chance = random.Random(14)
    found: dict[str, Labelled] = {}
    for article in chain(*sample_feeds(Path(os.environ["MONITOR_TEST_DATA"]) / "feeds" / "sample")):
        moment = rows()[0].published + timedelta(minutes=chance.randrange(10 * 24 * 60))
        text, id_ = article.body[:_CROWD_TEXT], f"crowd-{len(found)}"
        if len(text.split()) >= _CROWD_WORDS and article.title not in found:
            labels = (id_, article.language, "crowd", id_, "crowd", "single", article.outlet)
            found[article.title] = Labelled(*labels, moment, article.title, text)
    return tuple(found.values())


def crowd_before(moment: datetime, count: int) -> list[Labelled]:
    """Return so many articles of the crowd, at random, all within the three days before a moment; at most all."""
    chance = random.Random(3)
    some = chance.sample(crowd(), min(count, len(crowd()))) if count else []
    return [replace(one, published=moment - timedelta(minutes=chance.randrange(3 * 24 * 60))) for one in some]


@cache
def topical() -> tuple[Labelled, ...]:
    """Return articles of different events within hours, each with one of few rare phrases in its title and text.

    They are the first of each topic of the tuning part, long and cut short, and others of made-up words; a phrase has
    four made-up words of their language, as of a law, a product or a conference.
    """
    chance, world = random.Random(14), Generated(24)
    known, found = dict[tuple[str, str], Labelled](), list[Labelled]()
    for row in rows():
        if row.part == "tuning":
            known.setdefault((row.language, row.topic), row)
    for number, one in enumerate([*known.values(), *_made_up(world)]):
        phrase = " ".join(chance.choice(world.of_language[one.language]).words)
        phrase = phrase.title() if number % 3 else phrase
        text = " ".join(one.text.split()[: (20, 50, 110)[number % 3]])
        text, title = f"{phrase}. {text}" if number % 2 else f"{text} {phrase}.", f"{phrase}: {one.title}"
        at, outlet = rows()[0].published + timedelta(minutes=chance.randrange(8 * 60)), f"outlet-{number}"
        found.append(replace(one, outlet=outlet, published=at, title=title, text=text, kind="single"))
    return tuple(sorted(found, key=lambda one: (one.published, one.id)))


def _made_up(world: Generated) -> Iterator[Labelled]:
    for number in range(400):
        article, _ = world.article(0, 0)
        id_, title = f"made-up-{number}", " ".join(article.title.split()[:6])
        labels = (id_, article.language, "made-up", id_, "tuning", "single", article.outlet)
        yield Labelled(*labels, rows()[0].published, title, article.body)
