"""Find the articles of a feed that shows again what it showed, under other ids, links and dates.

Nothing but titles tells those of one that has moved, and a title alone proves nothing ("Weather in Kyiv" comes daily):
the whole page decides, and what the dates say of it. Where links differ in their query alone, which may count places of
a page or its requests, title and path tell them. Own heuristics (docs/development.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.articles.article_text import squeeze, word_count
from monitor.model import Article

_SEVERAL = 2
"""Links of a page that change together are restless; one may be new."""
_FEWEST = 3
"""Articles that must be met again for a feed to have moved."""
_MIN_TITLE_WORDS, _MIN_WORDS = 5, 8
_MIN_DIGITS, _MIN_DASHES = 4, 2
_COMPARED = 2000  # characters of a body, as many as are loaded of a stored one
_APART = timedelta(hours=20)  # what comes daily is so far from the day before
_LATE = timedelta(minutes=30)  # what a cache may keep back of what was published before a feed was read
# Dates of an import lie closely together where those of the articles themselves did not.
_SPREAD, _CLOSER = timedelta(hours=1), 10


class _Met(NamedTuple):
    """An article of the page by its place, and the stored one of the same title."""

    place: int
    article: Article
    stored_id: int
    stored: Article

    @property
    def is_apart(self) -> bool:
        one, other = self.article.published, self.stored.published
        return one is not None and other is not None and abs(one - other) >= _APART


def moved_articles(
    page: Sequence[Article], unknown: Sequence[bool], before: Mapping[int, Article], last_read: datetime
) -> dict[int, int]:
    """Return by its place on the page which stored article each is, if the feed has moved; else nothing.

    `unknown`: neither id nor link of the article was ever met. `before` are the articles that the feed showed last, by
    id; `last_read` is when. A page moved if more than half of it was shown then, and either some of that is dated
    before or all at once, as by an import: what comes again under its title every hour or day is dated later, as the
    page was.
    """
    met = _met(page, unknown, before)
    near = [one for one in met if not one.is_apart]
    older = [one for one in near if one.article.published is None or one.article.published <= last_read - _LATE]
    if len(older) < _FEWEST or not _is_most(near, page):
        near = met if _is_most(met, page) and _is_import(met) else []
    return {one.place: one.stored_id for one in near}


def restless_links(page: Sequence[Article], unknown: Sequence[bool], before: Mapping[int, Article]) -> dict[int, int]:
    """Return by its place on the page which stored article each is whose link has another query than before.

    Path and title are the same, and no other article of the page has that path. Most links with a query have changed,
    several of them: a single one may name a new edition (`?edition=502`). The arguments are as above.
    """
    paths = [_path(article) for article in page]
    shared = Counter(paths)
    ids = {(_path(stored), squeeze(stored.title)): id_ for id_, stored in sorted(before.items())}
    met = [
        _Met(place, article, id_, before[id_])
        for place, (article, path, is_unknown) in enumerate(zip(page, paths, unknown, strict=True))
        if is_unknown and path and shared[path] == 1
        if (id_ := ids.get((path, squeeze(article.title)))) and _agree(article.body, before[id_].body)
    ]
    near = [one for one in met if not one.is_apart]
    if len(near) < _SEVERAL or 2 * len(near) <= sum("?" in article.url for article in page):
        return {}
    are_many = _is_most(near, page)
    return {one.place: one.stored_id for one in near if _names_article(_path(one.article)) or are_many}


def _path(article: Article) -> str:
    """Return host and path of an article's address; empty where that is a front page."""
    base = article.url.partition("#")[0].partition("?")[0]
    host, _, path = base.partition("://")[2].partition("/")
    return f"{host.lower()}/{path}" if path.strip("/") else ""


def _names_article(path: str) -> bool:
    """Tell whether a path is that of one article, by a number or the words of a title in it."""
    return sum(map(str.isdigit, path)) >= _MIN_DIGITS or path.count("-") >= _MIN_DASHES


def _is_most(met: Sequence[_Met], page: Sequence[Article]) -> bool:
    return len(met) >= _FEWEST and 2 * len(met) > len(page)


def _is_import(met: Sequence[_Met]) -> bool:
    spread, spread_before = _spread([one.article for one in met]), _spread([one.stored for one in met])
    return spread_before >= _SPREAD and spread * _CLOSER <= spread_before


def _spread(articles: Sequence[Article]) -> timedelta:
    dates = [article.published for article in articles if article.published]
    return max(dates) - min(dates) if dates else timedelta()


def _met(page: Sequence[Article], unknown: Sequence[bool], before: Mapping[int, Article]) -> list[_Met]:
    """Return the unknown articles whose title one stored article has, and no other of either."""
    titles = [squeeze(article.title) for article in page]
    ids: dict[bytes, list[int]] = {}
    for id_, stored in before.items():
        ids.setdefault(squeeze(stored.title), []).append(id_)
    shared = Counter(titles)
    return [
        _Met(place, article, found[0], before[found[0]])
        for place, (article, title, is_unknown) in enumerate(zip(page, titles, unknown, strict=True))
        if is_unknown and shared[title] == 1 and len(found := ids.get(title, [])) == 1
        if _says_enough(article) and _agree(article.body, before[found[0]].body)
    ]


def _says_enough(article: Article) -> bool:
    by_title = article.published and word_count(article.title, "", _MIN_TITLE_WORDS) >= _MIN_TITLE_WORDS
    return bool(by_title) or word_count(article.title, article.body, _MIN_WORDS) >= _MIN_WORDS


def _agree(body: str, other: str) -> bool:
    """Tell whether two bodies say the same, or one says nothing: a moved feed may have begun with summaries."""
    return not body or not other or squeeze(body[:_COMPARED]) == squeeze(other[:_COMPARED])
