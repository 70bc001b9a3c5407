"""How well articles are grouped into stories, over 585 articles of our own in six languages (tests/data/stories).

    python -m tests.bench.stories [--misses]

The sets were committed before the code that is to pass them. Each row has its story, and its part: `tuning` is there to
look at, `test` only to be measured. A `topic` holds a few stories and single articles that are easily taken for one
another (the same people at another event, the same event elsewhere, a live page, a round-up of the week, tomorrow's
weather under the same title every day), and is wholly in one part.

Figures are B-cubed (Bagga and Baldwin 1998): for each article, the share of its group that belongs to its story
(precision) and the share of its story that is in its group (recall), as means over the articles.

- a language: the articles of that language alone;
- `one`: the mean over the articles of all languages, each beside those of its own language alone;
- `all`: all articles together;
- `within`, `across`: stricter, since above whoever groups nothing is right about every article by itself: only others
  count, those of its language or those of other languages. Precision is the mean over the articles that are grouped
  with any, recall over those whose story has any.

Kinds: the share of the copies, rewrites, updates and so on that are in a group with an earlier article of their story
in the same language; of translations, with one in another language.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from monitor.articles import Origin, articles_from_entries, join_stories
from monitor.model import Article, Entry
from monitor.story_values import StoryMember

SETS = Path(__file__).parents[1] / "data" / "stories"
PARTS = ("tuning", "test")
_SEEN_AFTER = timedelta(minutes=2)


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


class Score(NamedTuple):
    """B-cubed precision and recall, 0 to 1, and over how many articles."""

    precision: float
    recall: float
    articles: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}  ({self.articles})"


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


def grouped(articles: Sequence[Article]) -> list[int]:
    """Return the story of each article, given in the order in which they are seen, as the monitor decides today."""
    members = [StoryMember(number, article.story_keys) for number, article in enumerate(articles)]
    by_article = join_stories(members, {}).by_article
    return [by_article[number] for number in range(len(articles))]


@cache
def found_stories() -> dict[str, int]:
    """Return the story that the monitor gives each labelled article, by its id; all are seen by one monitor."""
    stories = grouped([row.article() for row in rows()])
    return {row.id: story for row, story in zip(rows(), stories, strict=True)}


def b_cubed(articles: Sequence[Labelled], language: Callable[[Labelled], Hashable]) -> Score:
    """Score each article beside those of the same `language`, itself included."""
    truth, found = found_sets(articles)
    shares = []
    for one in articles:
        wanted, got = (
            {other.id for other in group if language(other) == language(one)}
            for group in (truth[one.story], found[found_stories()[one.id]])
        )
        both = len(wanted & got)
        shares.append((both / len(got), both / len(wanted)))
    return Score(_mean(share for share, _ in shares), _mean(share for _, share in shares), len(shares))


def linked(articles: Sequence[Labelled], counts: Callable[[Labelled, Labelled], bool]) -> Score:
    """Score each article beside the others that `counts` says count for it."""
    truth, found = found_sets(articles)
    precisions, recalls = [], []
    for one in articles:
        wanted, got = (
            {other.id for other in group if other is not one and counts(one, other)}
            for group in (truth[one.story], found[found_stories()[one.id]])
        )
        if got:
            precisions.append(len(wanted & got) / len(got))
        if wanted:
            recalls.append(len(wanted & got) / len(wanted))
    return Score(_mean(precisions), _mean(recalls), len(recalls))


def found_sets(articles: Iterable[Labelled]) -> tuple[dict[str, list[Labelled]], dict[int, list[Labelled]]]:
    """Return these articles by the story that they belong to, and by the one that they were given."""
    truth: dict[str, list[Labelled]] = defaultdict(list)
    found: dict[int, list[Labelled]] = defaultdict(list)
    for one in articles:
        truth[one.story].append(one)
        found[found_stories()[one.id]].append(one)
    return truth, found


def scores(part: str) -> dict[str, Score]:
    """Return the scores of one part: of each language, and those of the module's docstring."""
    articles = [row for row in rows() if row.part == part]
    languages = sorted({row.language for row in articles})
    by_language = {
        one: b_cubed([row for row in articles if row.language == one], lambda row: row.language) for one in languages
    }
    return by_language | {
        "one": b_cubed(articles, lambda row: row.language),
        "all": b_cubed(articles, lambda _: ""),
        "within": linked(articles, lambda one, other: one.language == other.language),
        "across": linked(articles, lambda one, other: one.language != other.language),
    }


def kinds(part: str) -> dict[str, tuple[int, int]]:
    """Return for each kind how many are grouped with an earlier article of their story, and how many have one."""
    counts: dict[str, tuple[int, int]] = {}
    for number, one in enumerate(rows()):
        is_translation = one.kind == "translation"
        before = [
            other
            for other in rows()[:number]
            if other.story == one.story and (other.language != one.language) == is_translation
        ]
        if one.part == part and before:
            is_found = any(found_stories()[other.id] == found_stories()[one.id] for other in before)
            reached, among = counts.get(one.kind, (0, 0))
            counts[one.kind] = (reached + is_found, among + 1)
    return counts


def misses(part: str) -> Iterable[str]:
    """Yield each story that is split, and each group that holds several stories, with the titles."""
    truth, found = found_sets(row for row in rows() if row.part == part)
    for story, articles in truth.items():
        groups = {found_stories()[one.id] for one in articles}
        if len(groups) > 1:
            yield f"split: {story} into {len(groups)}"
            yield from (f"    {found_stories()[one.id]:4} {one.id} {one.kind:11} {one.title}" for one in articles)
    for group, articles in found.items():
        if len({one.story for one in articles}) > 1:
            yield f"merged: group {group}"
            yield from (f"    {one.story:24} {one.id} {one.kind:11} {one.title}" for one in articles)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def main() -> None:
    """Print the figures of both parts."""
    for part in PARTS:
        print(part)
        for name, score in scores(part).items():
            print(f"  {name:6} {score}")
        print("  kinds ", ", ".join(f"{kind} {reached} of {among}" for kind, (reached, among) in kinds(part).items()))
        if "--misses" in sys.argv:
            print(*misses(part), sep="\n")


if __name__ == "__main__":
    main()
