"""Read the articles with labelled stories (tests/data/stories), and those of real feeds that stand beside them."""

from __future__ import annotations

import csv
import os
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

from monitor.articles import Origin, articles_from_entries
from monitor.model import Article, Entry

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
