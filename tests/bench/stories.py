"""How well articles are grouped into stories, over 585 articles of our own in six languages (tests/data/stories).

    python -m tests.bench.stories [--misses] [--crowd] [--meaning] [--before N]

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

`silent`: the articles of which who knows their group is told nothing, copies and retellings. Right are those whose own
story was told before in that group; of a story that is untold no article is told. Told again is what says nothing new,
in the group of its story, and makes a message all the same; what says something new should be told. `phrase` is the
same of articles of different events that have a rare phrase in common (`topical`).

Kinds: the share of the copies, rewrites, updates and so on that are in a group with an earlier article of their story
in the same language; of translations, with one in another language.

With `--crowd`, the same monitor sees the articles of real feeds (`MONITOR_TEST_DATA`) in the same week, and whatever is
grouped with one of them is wrong. With `--before N`, the monitor is young: its database is empty, N of them come first,
and each part by itself.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from monitor.articles import (
    compose,
    event_signs,
    resolve_identities,
    text_signature,
)
from monitor.isolate import Workers
from monitor.model import Article, FeedSnapshot
from monitor.steps.meanings import Meanings, meanings_of
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, Store, story_records
from monitor.store.articles import Added, add_all
from monitor.store.story_joining import StoryJoining
from monitor.story_values import Relation, TextMarks
from monitor.text import tokenize
from monitor.text.meaning import vector_of
from tests.bench.story_sets import PARTS, Labelled, crowd, crowd_before, rows, topical

_AT_ONCE = 5


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


class View(NamedTuple):
    """What is measured: a part, with the crowd beside it or without, by a monitor that compares meanings or not.

    Where it is alone, the monitor does not see the other part meanwhile: half as many vectors are made. Without
    `by_event` it joins by addresses and texts alone. A young one has seen so many of the crowd before, and nothing
    else; it is None where the monitor has run for a while.
    """

    part: str
    is_crowded: bool = False
    by_meaning: bool = False
    is_alone: bool = False
    by_event: bool = True
    before: int | None = None


def grouped(articles: Sequence[Article], view: View) -> list[Added]:
    """Return each article as it is stored, with its story: given in the order in which they are seen, a few at once."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "monitor.db") as store:
        return asyncio.run(stored(store, memory_of(view), articles, view))


def memory_of(view: View) -> StoryMemory:
    """Return what a monitor knows that has run for a while, of the part that is not measured: what is frequent."""
    memory = StoryMemory()
    for row in rows() if view.before is None else ():
        if row.part != view.part:
            memory.rarity.see(key for sign in event_signs(row.article()).signs for key in sign.keys)
    return memory


async def stored(store: Store, memory: StoryMemory, articles: Sequence[Article], view: View) -> list[Added]:
    """Store articles a few at once and return them, each with the story that it was stored in."""
    found = list[Added]()
    meanings = Meanings(_Model(), patience=3600) if view.by_meaning else Meanings()
    for start in range(0, len(articles), _AT_ONCE):
        some = articles[start : start + _AT_ONCE]
        marks = {one.digest: marks_of(one, with_event=view.by_event) for one in some}
        vectors = await meanings_of(store, memory, meanings, [(one, marks[one.digest]) for one in some])
        marks = {digest: one.with_meaning(vectors.get(digest, b"")) for digest, one in marks.items()}
        with store.begin() as conn:
            found += _show(conn, memory.joining(conn, marks), some)
    with store.reading() as conn:
        current = story_records.surviving(conn, {one.story_id for one in found})
    return [one._replace(story_id=current[one.story_id]) for one in found]


class _Model(Workers):
    """The model in this process, which makes each vector once for all monitors."""

    def __init__(self) -> None:
        super().__init__("", count=0)

    async def run(self, arguments: Sequence[object]) -> list[object]:
        return [_vector(str(text)) for text in arguments]


_vector = cache(vector_of)


def marks_of(article: Article, *, with_event: bool = True) -> TextMarks:
    """Return what tells of which story an article is."""
    signature = text_signature(tokenize(article.title), tokenize(article.body), article.language)
    return TextMarks(signature, event_signs(article) if with_event else None)


def _show(conn: Connection, joining: StoryJoining, some: Sequence[Article]) -> list[Added]:
    snapshot = FeedSnapshot(1, some, some[-1].seen or rows()[0].published)
    return add_all(conn, [snapshot], resolve_identities, compose, joining).by_snapshot[0]


class Grouping:
    """The stories that one monitor gives articles which it sees in this order: by article id, and their articles."""

    def __init__(self, articles: Sequence[Labelled], view: View) -> None:
        added = grouped([one.article() for one in articles], view)
        stories = [one.story_id for one in added]
        self.story_of = {one.id: story for one, story in zip(articles, stories, strict=True)}
        self.relation_of = {one.id: found.relation for one, found in zip(articles, added, strict=True)}
        self.found: dict[int, list[Labelled]] = defaultdict(list)
        self.labelled: dict[str, list[Labelled]] = defaultdict(list)
        for one, story in zip(articles, stories, strict=True):
            self.found[story].append(one)
            self.labelled[one.story].append(one)

    def score(self, articles: Iterable[Labelled], counts: Callable[[Labelled, Labelled], bool]) -> Score:
        """Score each article beside those that `counts` says count for it."""
        precisions, recalls = [], []
        for one in articles:
            wanted, got = (
                {other.id for other in group if counts(one, other)}
                for group in (self.labelled[one.story], self.found[self.story_of[one.id]])
            )
            if got:
                precisions.append(len(wanted & got) / len(got))
            if wanted:
                recalls.append(len(wanted & got) / len(wanted))
        return Score(_mean(precisions), _mean(recalls), len(recalls))

    def together(self, one: Labelled, other: Labelled) -> bool:
        """Tell whether two articles are in one group."""
        return self.story_of[one.id] == self.story_of[other.id]


@cache
def grouping(view: View) -> Grouping:
    """Return how the labelled articles are grouped, all by one monitor."""
    is_alone = view.is_alone or view.before is not None
    ours = [row for row in rows() if row.part == view.part] if is_alone else rows()
    seen = [*ours, *(crowd() if view.is_crowded else ()), *crowd_before(ours[0].published, view.before or 0)]
    return Grouping(sorted(seen, key=lambda one: (one.published, one.id)), view)


def _is_any(_: Labelled, __: Labelled) -> bool:
    return True


def _is_same_language(one: Labelled, other: Labelled) -> bool:
    return one.language == other.language


def _is_within(one: Labelled, other: Labelled) -> bool:
    return other is not one and one.language == other.language


def _is_across(one: Labelled, other: Labelled) -> bool:
    return one.language != other.language


def scores(view: View) -> dict[str, Score]:
    """Return the scores of one part: of each language, and those of the module's docstring."""
    found, articles = grouping(view), [row for row in rows() if row.part == view.part]
    by_language = {
        language: found.score([row for row in articles if row.language == language], _is_same_language)
        for language in sorted({row.language for row in articles})
    }
    counts = {"one": _is_same_language, "all": _is_any, "within": _is_within, "across": _is_across}
    return by_language | {name: found.score(articles, one) for name, one in counts.items()}


def kinds(view: View) -> dict[str, tuple[int, int]]:
    """Return for each kind how many are grouped with an earlier article of their story, and how many have one."""
    counts: dict[str, tuple[int, int]] = {}
    for number, one in enumerate(rows()):
        may_be = _is_across if one.kind == "translation" else _is_within
        before = [other for other in rows()[:number] if other.story == one.story and may_be(one, other)]
        if one.part == view.part and before:
            reached, among = counts.get(one.kind, (0, 0))
            counts[one.kind] = (reached + any(grouping(view).together(one, other) for other in before), among + 1)
    return counts


class Silences(NamedTuple):
    """How many articles are silent, and of these rightly; which stories are wholly untold, of how many.

    `again` are told although they say nothing new, of so many that are in the group of their story; `updates` are
    silent although they do, of so many there.
    """

    silent: int
    right: int
    untold: frozenset[str]
    stories: int
    again: tuple[int, int]
    updates: tuple[int, int]

    def __str__(self) -> str:
        again, updates = (f"{count} of {among}" for count, among in (self.again, self.updates))
        precision = self.right / max(1, self.silent)
        return (
            f"{self.right} of {self.silent} right ({precision:.3f}); untold {len(self.untold)} of {self.stories}"
            f" {sorted(self.untold)}; told again {again}; silent though new {updates}"
        )


def silences(found: Grouping, part: str) -> Silences:
    """Return what is silent of one part: where all that is told of a group is told to one who asked for all of it."""
    fates = [fate for group in found.found.values() for fate in _fates(found, group) if fate[0].part == part]
    silent = [known for _, known, is_silent in fates if is_silent]
    stories = {one.story for one, _, _ in fates}
    told = {one.story for one, _, is_silent in fates if not is_silent}
    again = [not is_silent for one, known, is_silent in fates if known and one.kind != "update"]
    updates = [is_silent for one, known, is_silent in fates if known and one.kind == "update"]
    counts = (sum(again), len(again)), (sum(updates), len(updates))
    return Silences(len(silent), sum(silent), frozenset(stories - told), len(stories), *counts)


def _fates(found: Grouping, group: Sequence[Labelled]) -> Iterator[tuple[Labelled, bool, bool]]:
    """Yield each article of a group, whether its story was told there before, and whether it is silent."""
    told = set[str]()
    for one in group:
        is_silent = found.relation_of[one.id] in (Relation.COPY, Relation.RETOLD)
        yield one, one.story in told, is_silent
        told |= set() if is_silent else {one.story}


@cache
def topical_grouping() -> Grouping:
    """Return how articles are grouped that have no more than a rare phrase in common."""
    return Grouping(topical(), View("tuning"))


def misses(view: View) -> Iterator[str]:
    """Yield each story that is split, and each group that holds several stories, with the titles."""
    story_of = grouping(view).story_of
    for story, articles in grouping(view).labelled.items():
        groups = {story_of[one.id] for one in articles}
        if len(groups) > 1 and articles[0].part == view.part:
            yield f"split: {story} into {len(groups)}"
            yield from (f"    {story_of[one.id]:4} {one.id} {one.kind:11} {one.title}" for one in articles)
    for group, articles in grouping(view).found.items():
        if len({one.story for one in articles}) > 1 and view.part in {one.part for one in articles}:
            yield f"merged: group {group}"
            yield from (f"    {one.story:24} {one.id} {one.kind:11} {one.title}" for one in articles)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def main() -> None:
    """Print the figures of both parts."""
    is_crowded, by_meaning = "--crowd" in sys.argv, "--meaning" in sys.argv
    if is_crowded:
        print(f"among {len(crowd())} articles of real feeds")
    before = int(sys.argv[sys.argv.index("--before") + 1]) if "--before" in sys.argv else None
    for view in (View(part, is_crowded, by_meaning, before=before) for part in PARTS):
        print(view.part)
        for name, score in scores(view).items():
            print(f"  {name:6} {score}")
        print(f"  silent {silences(grouping(view), view.part)}")
        print("  kinds ", ", ".join(f"{kind} {reached} of {among}" for kind, (reached, among) in kinds(view).items()))
        if "--misses" in sys.argv:
            print(*misses(view), sep="\n")
    if by_meaning:
        print(f"{_vector.cache_info().currsize} vectors were made")

    print(f"phrase   {silences(topical_grouping(), 'tuning')}")


if __name__ == "__main__":
    main()
