"""How well copies with other words are known, and what that costs, on texts that are edited as outlets edit them.

    MONITOR_TEST_DATA=... python -m tests.bench.neardup [ARTICLES]

The originals are the texts of real pages and our own articles (tests/data/stories, without the copies among them);
without `MONITOR_TEST_DATA` ours alone. Three other outlets carry each of them an hour later under each edit, all of it
through the store as polls do it:

- `lead and footer`: another first sentence before the text, and the footer of its outlet after it
- `quarter cut`: the last quarter of the words is left out
- `words replaced`: every twentieth word is another one
- `first half`: the second half of the words is left out
- `retitled`: another title over the same text
- `unchanged`: title and text as they are

Recall is the share of the edited texts that are in their original's story, each edit in a database of its own with the
originals alone, so that no copy is found through an easier one. Precision, with all in one database, is the share of
pairs of texts in one story that are of one original; pairs of different articles of one story, as labelled, count
neither way. Our own articles on one topic (tomorrow's weather every day, the same people at another event) are the
traps.

Printed with it: CPU of an article through the store and what that is in articles a second, and bytes on disk, with
those of stories apart. With ARTICLES, only what stories cost among so many live articles is measured
(`tests.bench.live_articles`): a restart, look-ups by text and by event, articles a second, by text alone as well, and
disk.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from monitor.articles import Origin, articles_from_entries
from monitor.model import Article, Entry
from monitor.store import Store, story_records
from tests.bench.live_articles import NOW, PER_FEED, Costs, costs, store_live
from tests.bench.story_sets import rows
from tests.bench.yardstick import Yardstick
from tests.store.make import show

ROUNDS = range(3)
STORY_TABLES = ("stories", "story_keys", "story_links", "text_signatures", "text_bands", "event_signs", "event_keys")
_LEADS = (
    "Our correspondents have gathered what is known so far about the events of the day.",
    "Эта новость дополняется, следите за обновлениями на нашем сайте в течение дня.",
    "Haberin ayrıntıları geldikçe bu sayfa güncellenecek, bizi izlemeye devam edin.",
)
_FOOTERS = (
    "Subscribe to our newsletter and read more from our newsroom every evening of the week.",
    "Подпишитесь на наш канал, чтобы первыми узнавать о главных событиях недели.",
    "Abonnieren Sie unseren Newsletter, alle Rechte vorbehalten, Nachdruck nur mit Genehmigung.",
)
_HEADLINES = (
    "What we know so far about today's news",
    "Коротко о главном: подробности события к этому часу",
    "Was bisher bekannt ist: die Nachricht des Tages",
)


@dataclass(frozen=True, slots=True)
class Original:
    """A text and its title; texts with one `story` are about one event, and pairs of them are not judged."""

    title: str
    text: str
    story: str
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as some outlet shows it: the number of its original, and under which edit, empty for the original."""

    original: int
    edit: str
    round: int
    title: str
    text: str


Edit = Callable[[Original, int, random.Random], tuple[str, str]]


def _lead_and_footer(original: Original, number: int, _: random.Random) -> tuple[str, str]:
    return original.title, f"{_LEADS[number]} {original.text} {_FOOTERS[number]}"


def _kept(share: float) -> Edit:
    def cut(original: Original, number: int, _: random.Random) -> tuple[str, str]:
        words = original.text.split()
        return original.title, " ".join(words[: round(len(words) * share) - number])

    return cut


def _words_replaced(original: Original, _: int, chance: random.Random) -> tuple[str, str]:
    words = original.text.split()
    for at in chance.sample(range(len(words)), max(1, len(words) // 20)):
        words[at] = chance.choice(vocabulary(original.language))
    return original.title, " ".join(words)


def _retitled(original: Original, number: int, _: random.Random) -> tuple[str, str]:
    return _HEADLINES[number], original.text


def _unchanged(original: Original, _: int, __: random.Random) -> tuple[str, str]:
    return original.title, original.text


EDITS: dict[str, Edit] = {
    "lead and footer": _lead_and_footer,
    "quarter cut": _kept(0.75),
    "words replaced": _words_replaced,
    "first half": _kept(0.5),
    "retitled": _retitled,
    "unchanged": _unchanged,
}


@cache
def originals(own_only: bool = False) -> tuple[Original, ...]:
    """Return the texts of the pages of `MONITOR_TEST_DATA`, where it is set, and our own."""
    own = [Original(row.title, row.text, row.story, row.language) for row in rows() if row.kind != "copy"]
    real = [] if own_only or "MONITOR_TEST_DATA" not in os.environ else list(_pages())
    return (*real, *own)


def _pages() -> Iterator[Original]:
    folder = next(Path(os.environ["MONITOR_TEST_DATA"]).joinpath("pages").iterdir())
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, page in truth.items():
        head = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        title = re.search(r"<title[^>]*>([^<]*)", head)
        if len(page["articleBody"].split()) >= 40:
            yield Original(title[1].strip() if title else "", page["articleBody"], f"page {name}", "en")


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """Return the words of our own texts in a language, one of which stands in for each word that is replaced."""
    return tuple(sorted({word for row in rows() if row.language == language for word in row.text.split()}))


def edited(
    texts: Sequence[Original], edits: Sequence[str] = tuple(EDITS), rounds: Iterable[int] = ROUNDS
) -> list[Shown]:
    """Return texts as they are shown: the originals, then each under these edits, once a round."""
    chance = random.Random(14)
    shown = [Shown(number, "", 0, one.title, one.text) for number, one in enumerate(texts)]
    for edit in edits:
        for at in rounds:
            shown += [Shown(number, edit, at, *EDITS[edit](one, at, chance)) for number, one in enumerate(texts)]
    return shown


def pages_of(shown: Iterable[Shown], texts: Sequence[Original]) -> list[list[Article]]:
    """Return the articles of shown texts, in order, as pages of feeds; no outlet has two of one original."""
    articles = []
    for one in shown:
        outlet = f"{one.edit.replace(' ', '-') or 'agency'}-{one.round}-{one.original}"
        seen = NOW + (timedelta(hours=1) if one.edit else timedelta())
        link = f"https://{outlet}.example.org/news"
        entry = Entry(one.title, link, link, seen, summary=one.text, language=texts[one.original].language)
        articles += articles_from_entries([entry], Origin(outlet, f"https://{outlet}.example.org/rss"), seen)
    return [articles[start : start + PER_FEED] for start in range(0, len(articles), PER_FEED)]


def store_all(store: Store, pages: Iterable[Sequence[Article]], first_feed: int = 1) -> list[int]:
    """Store the articles of all pages and return the story of each, in order, as it is at the end."""
    stories: list[int] = []
    for feed_id, page in enumerate(pages, first_feed):
        with store.begin() as conn:
            stories += [one.story_id for one in show(conn, feed_id, page, page[0].seen or NOW)]
    with store.reading() as conn:
        current = story_records.surviving(conn, set(stories))
    return [current[story] for story in stories]


def recall(folder: Path, texts: Sequence[Original], edit: str, at: int) -> float:
    """Return the share of texts under one edit that are in the story of their original.

    They are the only ones in their database, so that none is found through another copy.
    """
    shown = edited(texts, (edit,), (at,))
    with Store.open(folder / f"{edit}-{at}.db") as store:
        stories = store_all(store, pages_of(shown, texts))
    originals_at, copies_at = stories[: len(texts)], stories[len(texts) :]
    return sum(one == other for one, other in zip(originals_at, copies_at, strict=True)) / len(texts)


def precision(texts: Sequence[Original], shown: Sequence[Shown], stories: Sequence[int]) -> float:
    """Return the share of pairs in one found story that are of one original; 1 where there is no pair."""
    by_original = Counter(zip(stories, (one.original for one in shown), strict=True))
    by_label = Counter(zip(stories, (texts[one.original].story for one in shown), strict=True))
    right, same_event, pairs = (
        sum(n * (n - 1) // 2 for n in counts.values()) for counts in (by_original, by_label, Counter(stories))
    )
    judged = pairs - (same_event - right)
    return right / judged if judged else 1.0


def disk(path: Path) -> tuple[int, int]:
    """Return the bytes of the database, and of those the ones that stories and their indexes take."""
    with sqlite3.connect(path) as conn:
        tables = ", ".join("?" * len(STORY_TABLES))
        names = conn.execute(f"SELECT name FROM sqlite_master WHERE tbl_name IN ({tables})", STORY_TABLES)
        sizes = dict(conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
    return sum(sizes.values()), sum(sizes.get(name, 0) for (name,) in names)


def among(live: int) -> None:
    """Print what it costs to find and store stories among so many live articles."""
    texts = originals()
    arrivals, copies = edited(texts, ("lead and footer",), (0,)), edited(texts, ("words replaced",), (0,))[len(texts) :]
    some = [one for page in pages_of(copies, texts) for one in page][::3]
    further = edited(texts, ("lead and footer", "quarter cut"), (1,))[len(texts) :]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "monitor.db"
        with Store.open(path) as store:
            store_live(store, live)
        stick, found = Yardstick(), list[Costs]()
        stick.cpu(lambda: found.append(costs(path, pages_of(arrivals, texts), pages_of(further, texts), some)))
        total, of_stories = disk(path)
    (spent,) = found
    print(f"CPU          takes {stick.factor:.1f} times what it takes at the reference speed")
    print(f"a restart    {spent.restart}, among {live:,}")
    print(f"a look-up    {spent.copies} by text, {spent.events} by event, at the median of {len(some)}")
    print(f"an arrival   {spent.arrival}, {1 / spent.arrival.wall:,.0f} a second, of {len(arrivals):,}")
    print(f"by text      {spent.arrival_by_text}, {1 / spent.arrival_by_text.wall:,.0f} a second, of {len(further):,}")
    print(f"disk         {total / live:,.0f} bytes an article, {of_stories / live:,.0f} of them for stories")


def main() -> None:
    """Print recall by edit, precision, and what it costs; or what stories cost among many articles."""
    if len(sys.argv) > 1:
        among(int(sys.argv[1]))
        return
    texts = originals()
    shown = edited(texts)
    pages = pages_of(shown, texts)
    stories: list[int] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for edit in EDITS:
            share = statistics.mean(recall(folder, texts, edit, at) for at in ROUNDS)
            print(f"recall, {edit:15} {share:.3f} of {len(texts) * len(ROUNDS)}")
        with Store.open(folder / "monitor.db") as store:
            stick = Yardstick()
            spent = stick.cpu(lambda: stories.extend(store_all(store, pages))) / len(shown)
        total, of_stories = disk(folder / "monitor.db")
    print(f"precision    {precision(texts, shown, stories):.3f} among {len(shown):,} texts")
    print(f"an article   {stick.note(spent * 1e6, 'µs', 0)}, {1 / spent:,.0f} a second of CPU")
    size, stories_size = total / len(shown), of_stories / len(shown)
    print(f"disk         {size:,.0f} bytes an article, {stories_size:,.0f} of them for stories")


if __name__ == "__main__":
    main()
