"""Other ways to match many rules, on the same load, each reduced to the words that a rule needs."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable

from monitor.model import Article, Outlet
from monitor.text import canonical

Load = list[tuple[Article, Outlet]]
_MOST_RULES = 10_000
_MOST_ARTICLES = 300
_words = re.compile(r"[^\W_]+")


def _needed(queries: list[str]) -> list[str]:
    """One word of each rule."""
    return [
        max((word for word in _words.findall(query) if not word.isupper()), key=len) for query in queries[:_MOST_RULES]
    ]


def _texts(articles: Load) -> list[str]:
    return [canonical(f"{article.title}\n{article.body}") for article, _ in articles[:_MOST_ARTICLES]]


def _each(run: Callable[[str], object], texts: list[str], rules: int) -> str:
    begun = time.process_time()
    for text in texts:
        run(text)
    spent = (time.process_time() - begun) / len(texts) * 1_000
    return f"{spent:.3f} ms an article at {rules:,} rules, one word each, without tokenising, operators and spans"


def _re2(queries: list[str], articles: Load) -> str:
    try:
        import re2
    except ImportError:
        return "not installed"
    options = re2.Options()
    options.max_mem = 1 << 30
    words = _needed(queries)
    several = re2.Set.SearchSet(options)
    for word in words:
        several.Add(rf"\b{canonical(word)}\b")
    several.Compile()
    return _each(several.Match, _texts(articles), len(words))


def _ahocorasick(queries: list[str], articles: Load) -> str:
    try:
        import ahocorasick_rs
    except ImportError:
        return "not installed"
    words = [canonical(word) for word in _needed(queries)]
    machine = ahocorasick_rs.AhoCorasick(words)
    return _each(machine.find_matches_as_indexes, _texts(articles), len(words))


def _hyperscan(queries: list[str], articles: Load) -> str:
    try:
        import hyperscan
    except ImportError:
        return "not installed"
    words = [canonical(word) for word in _needed(queries)]
    base = hyperscan.Database()
    base.compile(expressions=[rf"\b{word}\b".encode() for word in words], flags=hyperscan.HS_FLAG_UTF8)
    scan = lambda text: base.scan(text.encode(), match_event_handler=lambda *_: None)  # noqa: E731
    return _each(scan, _texts(articles), len(words))


def _fts5(queries: list[str], articles: Load) -> str:
    """Every rule as a search, spread over the articles that it searches."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
    texts = _texts(articles)
    base.executemany("INSERT INTO words VALUES (?)", [(text,) for text in texts])
    words = [canonical(word) for word in _needed(queries)]
    begun = time.process_time()
    for word in words:
        base.execute("SELECT rowid FROM words WHERE words MATCH ?", (f'"{word}"',)).fetchall()
    spent = (time.process_time() - begun) / len(texts) * 1_000
    base.close()
    return f"{spent:.3f} ms an article at {len(words):,} rules, one word each, when {len(texts)} articles come at once"


OTHERS: dict[str, Callable[[list[str], Load], str]] = {
    "google-re2 set": _re2,
    "ahocorasick_rs": _ahocorasick,
    "Hyperscan": _hyperscan,
    "FTS5": _fts5,
}
