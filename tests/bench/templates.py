"""How many articles of one template are taken for copies, and how many copies for news (tests/data/templates).

    python -m tests.bench.templates [--misses]

Each row is a pair of articles in one text: where `{first|second}` stands, each has its own.
`different` pairs are two events, or two days of one bulletin, in the same words: whoever asked for both must be told of
both, at one outlet and at two. `same` pairs are one text as two outlets show it, or one event in two languages: told
once. Half of the rows (`test`) are there to be measured only. They were written and committed before the code that is
to pass them.

Each pair is stored by a monitor that knows what is frequent and has seen nothing else, `minutes` apart. The second is

- `anew`: of a story of its own, so that it is told as new;
- `on`: of the first one's story, and says something new: told as a reply to the first;
- `silent`: of that story, and says nothing new: only counted;
- `lost`: not even an article of its own.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from monitor.articles import (
    Origin,
    articles_from_entries,
    compose,
    event_signs,
    resolve_identities,
    text_signature,
)
from monitor.model import Article, Entry, FeedSnapshot
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, Store, story_records
from monitor.store.articles import Added, add_all
from monitor.story_values import Relation, TextMarks
from monitor.text import tokenize
from tests.bench.stories import PARTS, rows

SETS = Path(__file__).parents[1] / "data" / "templates"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OUTLETS = (1, 2)
_SEEN_AFTER = timedelta(minutes=2)
_either = re.compile(r"\{([^{|}]*)\|([^{|}]*)\}").sub


class Fate(StrEnum):
    """What becomes of the second article of a pair."""

    ANEW = "anew"
    ON = "on"
    SILENT = "silent"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, published `minutes` apart, in one text with what either has of its own."""

    language: str
    id: str
    verdict: str
    kind: str
    part: str
    minutes: int
    title: str
    text: str

    def article(self, number: int, outlet: int) -> Article:
        """The first (0) or second (1) article, as one of a feed of this outlet."""
        title, text = (_either(rf"\{number + 1}", one) for one in (self.title, self.text))
        published = NOW + timedelta(minutes=number * self.minutes)
        home = f"https://outlet-{outlet}.example.org"
        link = f"{home}/{self.id}-{number}"
        entry = Entry(title, link, link, published, summary=text, language=self.language)
        return articles_from_entries([entry], Origin(f"outlet-{outlet}", f"{home}/rss"), published + _SEEN_AFTER)[0]


@cache
def pairs() -> tuple[Pair, ...]:
    """Return all pairs."""
    found = []
    for path in sorted(SETS.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                minutes = int(row.pop("minutes"))
                found.append(Pair(language=path.stem, minutes=minutes, **row))
    return tuple(found)


@cache
def _experienced() -> StoryMemory:
    """A monitor's memory that knows what is frequent, from the articles of tests/data/stories."""
    memory = StoryMemory()
    for row in rows():
        memory.rarity.see(key for sign in event_signs(row.article()).signs for key in sign.keys)
    return memory


class _ForgottenError(Exception):
    """Ends a transaction of which nothing is kept."""


class Outcome(NamedTuple):
    """What becomes of the second article of a pair at so many outlets, and why it is of the first one's story."""

    pair: Pair
    outlets: int
    fate: Fate
    why: str


def outcome(store: Store, pair: Pair, outlets: int) -> Outcome:
    """Show a pair to a monitor, which then forgets it."""
    first, second = pair.article(0, 1), pair.article(1, outlets)
    memory = deepcopy(_experienced())
    try:
        with store.begin() as conn:
            found = _shown(conn, memory, 1, [first])
            found += _shown(conn, memory, outlets, [first, second] if outlets == 1 else [second])
            links = story_records.links_of(conn, [one.article_id for one in found])
            raise _ForgottenError
    except _ForgottenError:
        link = links.get(found[-1].article_id)
        return Outcome(pair, outlets, _fate_of(found), f"{link.relation}: {', '.join(link.why)}" if link else "")


def _shown(conn: Connection, memory: StoryMemory, feed_id: int, page: Sequence[Article]) -> list[Added]:
    marks = {
        one.digest: TextMarks(text_signature(tokenize(one.title), tokenize(one.body), one.language), event_signs(one))
        for one in page
    }
    snapshot = FeedSnapshot(feed_id, page, page[-1].seen or NOW)
    return add_all(conn, [snapshot], resolve_identities, compose, memory.joining(conn, marks)).by_snapshot[0]


def _fate_of(found: Sequence[Added]) -> Fate:
    if len(found) < 2 or not found[1].is_new:
        return Fate.LOST
    if found[1].story_id != found[0].story_id:
        return Fate.ANEW
    return Fate.ON if found[1].relation is Relation.UPDATE else Fate.SILENT


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Return what becomes of all pairs: of different ones at one outlet and at two, of the same at two."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "monitor.db") as store:
        return tuple(
            outcome(store, pair, outlets)
            for pair in pairs()
            for outlets in OUTLETS
            if pair.verdict == "different" or outlets > 1
        )


def fates(verdict: str, part: str, outlets: int) -> Counter[Fate]:
    """Count what becomes of the pairs of one verdict and part at so many outlets."""
    found = [one for one in outcomes() if (one.pair.verdict, one.pair.part, one.outlets) == (verdict, part, outlets)]
    return Counter(one.fate for one in found)


def misses(part: str) -> Iterator[str]:
    """Yield each different pair of which the second is not told, and each pair of copies that makes two messages."""
    for one in outcomes():
        is_silent = one.fate in (Fate.SILENT, Fate.LOST)
        if one.pair.part == part and is_silent != (one.pair.verdict == "same"):
            yield f"{one.pair.verdict:9} {one.fate:6} {one.pair.id} {one.pair.kind:18} at {one.outlets}: {one.why}"


def main() -> None:
    """Print the figures of both parts."""
    for part in PARTS:
        for verdict, outlets in (("different", 1), ("different", 2), ("same", 2)):
            found = fates(verdict, part, outlets)
            each = ", ".join(f"{found[fate]} {fate}" for fate in Fate)
            print(f"{part:6} {verdict:9} at {outlets}: {each} of {found.total()}")
        if "--misses" in sys.argv:
            print(*misses(part), sep="\n")


if __name__ == "__main__":
    main()
