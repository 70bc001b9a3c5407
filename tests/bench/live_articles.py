"""What finding and storing an article's story costs among hundreds of thousands of live articles, on SQLite.

The articles are spread over the days for which texts are compared. Four a story, each is shuffled sentences of our own
(tests/data/stories) of one language, in which the names and numbers are other ones in every story. They are written as
the monitor leaves them, with signatures, bands, signs and keys, but nothing is looked up for them, which would take as
long as the news of these days.

Measured after a restart, of articles that copy no live one and of edited ones that copy these:

- `restart`: until the first article can be compared;
- `copies`, `events`: finding the story of one article by its text, and by its event, without storing it;
- `arrivals`: an article from its words to its stored story, in pages of feeds, and the same by its text alone.
"""

from __future__ import annotations

import gc
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from monitor.articles import (
    WITHIN,
    Events,
    Origin,
    Rarity,
    articles_from_entries,
    compose,
    event_keys,
    join_stories,
    likeliest,
    resolve_identities,
)
from monitor.articles.stories import BAND_ROOM
from monitor.event_values import EventText
from monitor.model import Article, Entry, FeedSnapshot
from monitor.steps.story_memory import StoryMemory
from monitor.store import Connection, Store, story_joining
from monitor.store.articles import add_all
from monitor.store.story_joining import StoryJoining
from monitor.story_values import JoinedStories, KeptEvents, KnownStories, SignedText, StoryMember, TextMarks
from tests.bench.stories import marks_of
from tests.bench.story_sets import rows
from tests.store.make import NO_EVENTS

NOW = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
PER_FEED = 30
_STORY = 4
_SENTENCES = 6
_AT_ONCE = 300


Pages = Sequence[Sequence[Article]]
"""Articles by the page of the feed that brings them."""


class Spent(NamedTuple):
    """Seconds, as the clock on the wall says and of CPU."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall * 1e3:.2f} ms ({self.cpu * 1e3:.2f} of CPU)"


class Costs(NamedTuple):
    """What was measured: a restart, the medians of look-ups, and the means of arrivals, also without events."""

    restart: Spent
    copies: Spent
    events: Spent
    arrival: Spent
    arrival_by_text: Spent


def fill(count: int) -> Iterator[Article]:
    """Yield so many articles, the oldest first, four a story."""
    chance = random.Random(15)
    by_language: dict[str, list[str]] = defaultdict(list)
    for row in rows():
        by_language[row.language] += re.split(r"(?<=[.!?]) ", row.text)
    languages = [row.language for row in rows()]
    for number in range(count):
        if number % _STORY == 0:
            renamed, language = _Renamed(chance), chance.choice(languages)
            told = chance.sample(by_language[language], 2 * _SENTENCES)
        seen, link = NOW - WITHIN * (1 - (number + 1) / (count + 1)), f"https://fill.example.org/{number}"
        title, *said = (re.sub(r"\w+", renamed.of, one) for one in chance.sample(told, 1 + _SENTENCES))
        entry = Entry(title[:80], link, link, seen, summary=" ".join(said), language=language)
        yield from articles_from_entries([entry], Origin(f"fill-{number % 40}", "https://fill.example.org/rss"), seen)


class _Renamed:
    """Other names and numbers for those of a text, the same for the same."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._by_word: dict[str, str] = {}

    def of(self, found: re.Match[str]) -> str:
        word = found[0]
        if not (word[0].isupper() or word.isdigit()):
            return word
        if word not in self._by_word:
            letters = "0123456789" if word.isdigit() else "bdgklmnprstv" if word[0] < "\u0370" else "бвгдклмнпрст"
            self._by_word[word] = word[:1] + "".join(self._chance.choices(letters, k=max(len(word) - 1, 1)))
        return self._by_word[word]


def store_live(store: Store, count: int) -> None:
    """Store so many live articles with what is kept of their stories; nothing is looked up."""
    articles, writing = fill(count), _Writing()
    while some := list(islice(articles, _AT_ONCE)):
        writing.marks = [marks_of(one) for one in some]
        with store.begin() as conn:
            _add(conn, some, StoryJoining(writing.join, likeliest, NO_EVENTS))


def _add(conn: Connection, some: Sequence[Article], joining: StoryJoining, feed_id: int = 1) -> None:
    add_all(conn, [FeedSnapshot(feed_id, some, some[-1].seen or NOW)], resolve_identities, compose, joining)


class _Writing:
    """Gives articles stories of a few each, with all that is kept of those that are found by their text and event."""

    def __init__(self) -> None:
        self.marks: Sequence[TextMarks] = ()
        self._rarity = Rarity()
        self._in_band: Counter[int] = Counter()

    def join(self, members: Sequence[StoryMember], _: KnownStories) -> JoinedStories:
        story_of = {one.article_id: members[at - at % _STORY].article_id for at, one in enumerate(members)}
        signed, texts = {}, []
        for member, (signature, event) in zip(members, self.marks, strict=True):
            id_, at, story = member.article_id, member.at or NOW, story_of[member.article_id]
            if signature:
                bands = tuple(band for band in signature.bands if self._in_band[band] < BAND_ROOM)
                self._in_band.update(bands)
                signed[id_] = SignedText(id_, story, at, member.outlet, signature), bands
            if event:
                self._rarity.see(key for sign in event.signs for key in sign.keys)
                texts.append((EventText(id_, story, at, event), tuple(event_keys(event, self._rarity))))
        keys = {key: story_of[one.article_id] for one in members for key in one.keys}
        begun = list(dict.fromkeys(story_of.values()))
        return JoinedStories(story_of, begun, keys, {}, {}, signed, KeptEvents(tuple(texts)))


def costs(path: Path, arrivals: Pages, by_text: Pages, copies: Sequence[Article]) -> Costs:
    """Return what it costs to store `arrivals`, pages of feeds, and then to find the stories of `copies` of them.

    `by_text` are stored at last, as in a monitor that knows copies by their texts and no events.
    """
    memory = StoryMemory()
    with Store.open(path) as store:
        # What built the articles is no part of it: in a large heap the collector takes longer than a look-up.
        gc.collect()
        gc.freeze()
        with store.begin() as conn:
            restart = _timed(lambda: memory.joining(conn, {}))
        spent = _mean(lambda: _store_pages(store, memory, arrivals), arrivals)
        members = [_member(-number, one) for number, one in enumerate(copies, 1)]
        with store.reading() as conn:
            found = [_timed(_finder_by_text(conn, one)) for one in members]
            by_event = [_timed(_finder_by_event(conn, memory, one)) for one in members]
        spent_by_text = _mean(lambda: _store_by_text(store, by_text, len(arrivals)), by_text)
    return Costs(restart, _median(found), _median(by_event), spent, spent_by_text)


def _mean(run: Callable[[], object], pages: Pages) -> Spent:
    spent, count = _timed(run), sum(map(len, pages))
    return Spent(spent.wall / count, spent.cpu / count)


def _store_by_text(store: Store, pages: Pages, feeds: int) -> None:
    for feed_id, page in enumerate(pages, feeds + 2):
        marks = {one.digest: marks_of(one, with_event=False) for one in page}
        with store.begin() as conn:
            _add(conn, page, StoryJoining(join_stories, likeliest, NO_EVENTS, marks), feed_id)


def _store_pages(store: Store, memory: StoryMemory, pages: Pages) -> None:
    for feed_id, page in enumerate(pages, 2):
        marks = {one.digest: marks_of(one) for one in page}
        with store.begin() as conn:
            _add(conn, page, memory.joining(conn, marks), feed_id)


def _member(id_: int, article: Article) -> StoryMember:
    signature, event = marks_of(article)
    at = article.published or NOW
    return StoryMember(id_, article.story_keys, None, signature, at, article.outlet, event)


def _finder_by_text(conn: Connection, member: StoryMember) -> Callable[[], object]:
    return lambda: join_stories([member], story_joining.known_stories(conn, [member], likeliest))


def _finder_by_event(conn: Connection, memory: StoryMemory, member: StoryMember) -> Callable[[], object]:
    def find() -> object:
        assert member.event
        known = story_joining.known_events(conn, [member], memory.joining(conn, {}).events)
        text = EventText(member.article_id, member.article_id, member.at or NOW, member.event)
        return Events(known, memory.rarity).find(text)

    return find


def _timed(run: Callable[[], object]) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def _median(spent: Sequence[Spent]) -> Spent:
    return Spent(statistics.median(one.wall for one in spent), statistics.median(one.cpu for one in spent))
