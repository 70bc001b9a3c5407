"""Remember what each sitemap of an index gave when it was read, and tell when it is worth another reading.

What an index says of the last change of a sitemap may be a date alone, missing, always now, or never another. So each
is judged by what it gave: its newest entry, and whether it changed although it was said to be the same (`is_doubted`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from monitor.model import Article, SitemapLink
from monitor.steps.parse_page import ParsedPage

BEST = 3
"""Sitemaps of an index that are worth reading when it is seen for the first time: the others are archives."""
AGAIN_AFTER = timedelta(hours=1)
"""When the best sitemaps are read again although their index says that they are the same."""
_NEWS_WITHIN = timedelta(days=1)
"""How new the newest of a sitemap is that comes before those that were read longest ago."""
_DAY_ENDS_WITHIN = timedelta(hours=36)
"""How long after its beginning in UTC a day has ended everywhere."""
_MARK = "="  # before the reading of a sitemap
_MOST = 200
_READING = re.compile(r"=([0-9a-f]{16})\.(\d{1,12})\.(\d{1,12})\.([0-9a-f]{8}|-)(!?)(~?)\Z")


class SitemapReading(NamedTuple):
    """When a sitemap was read last and when its newest entry came (minutes since 1970), and what names its entries.

    `is_doubted` says that it changed although its index said that it had not, `is_archive` that it was passed over when
    its index was new.
    """

    read: int = 0
    newest: int = 0
    content: str = "-"
    is_doubted: bool = False
    is_archive: bool = False


class SitemapReadings:
    """The last readings of the sitemaps of one feed, from the tokens that were stored with it to those to store."""

    def __init__(self, tokens: Iterable[str], now: datetime) -> None:
        self._now = now
        found = [match.groups() for match in map(_READING.match, tokens) if match]
        self._by_link = {
            link: SitemapReading(int(read), int(newest), content, bool(doubted), bool(archive))
            for link, read, newest, content, doubted, archive in found
        }
        # Before there are any, the first ones read are those that nobody passed over.
        self._has_any = bool(self._by_link)

    def of(self, link: SitemapLink) -> SitemapReading | None:
        """Return the last reading of a sitemap; None if it never was, or long ago."""
        return self._by_link.get(_digest(link.url))

    def add(self, link: SitemapLink, page: ParsedPage | None, *, is_said_same: bool) -> None:
        """Note what a sitemap gave (None: it failed); `is_said_same` says that its index calls it as it was."""
        past = self.of(link) or SitemapReading(is_archive=is_said_same and self._has_any)
        now, content = _minutes(self._now), _content(page) if page else past.content
        has_changed = past.content not in (SitemapReading().content, content)
        entries = [at for at in map(_published, page.articles if page else ()) if at and at <= now]
        self._by_link.pop(_digest(link.url), None)
        self._by_link[_digest(link.url)] = SitemapReading(
            now,
            now if has_changed else max([past.newest, *entries]),
            content,
            is_said_same if has_changed else past.is_doubted,
            past.is_archive and is_said_same,
        )

    def may_have_changed(self, link: SitemapLink) -> bool:
        """Whether what an index says of a sitemap does not tell that it is the same as when it was read."""
        reading = self.of(link)
        if not link.changed or (reading and reading.is_doubted):
            return True
        ended = _end_of_day(link.changed)
        return ended is not None and (reading.read if reading else _minutes(self._now)) < _minutes(ended)

    def due(self, links: Iterable[SitemapLink]) -> list[SitemapLink]:
        """Return those of the best of these sitemaps that were read more than an hour ago."""
        read = [(reading, link) for link in links if (reading := self.of(link))]
        read.sort(key=lambda pair: -pair[0].newest)
        return [link for reading, link in read[:BEST] if self._is_due(reading)]

    @property
    def any_due(self) -> bool:
        """Whether any of the best sitemaps was read more than an hour ago."""
        best = sorted(self._by_link.values(), key=lambda reading: -reading.newest)[:BEST]
        return any(map(self._is_due, best))

    def _is_due(self, reading: SitemapReading) -> bool:
        return reading.read <= _minutes(self._now - AGAIN_AFTER)

    def in_turn(self, links: Iterable[SitemapLink]) -> list[SitemapLink]:
        """Return sitemaps in the order in which to read them.

        Two with news come first, then those that were read longest ago or never: any of them may have the news now.
        """
        links = list(links)
        fresh = [link for link in links if self._newest(link) >= _minutes(self._now - _NEWS_WITHIN)]
        first = sorted(fresh, key=self._newest, reverse=True)[: BEST - 1]
        rest = [link for link in links if link not in first]
        return [*first, *sorted(rest, key=lambda link: reading.read if (reading := self.of(link)) else 0)]

    def _newest(self, link: SitemapLink) -> int:
        reading = self.of(link)
        return reading.newest if reading else 0

    def is_news(self, link: SitemapLink, article: Article) -> bool:
        """Whether an article of a sitemap is none of an archive, which nobody asked for."""
        reading = self.of(link)
        at = _published(article)
        return not (reading and reading.is_archive) or (at or 0) >= _minutes(self._now - _NEWS_WITHIN)

    def tokens(self) -> list[str]:
        """Return what to store."""
        return [
            f"{_MARK}{link}.{one.read}.{one.newest}.{one.content}{'!' * one.is_doubted}{'~' * one.is_archive}"
            for link, one in list(self._by_link.items())[-_MOST:]
        ]


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _content(page: ParsedPage) -> str:
    """Return what names the entries of a sitemap, or the sitemaps of an index with what it says of them."""
    named = sorted(key.hex() for article in page.articles for key in article.keys)
    return _digest(" ".join([*named, *(f"{link.url} {link.changed}" for link in page.sitemaps)]))[:8]


def _published(article: Article) -> int | None:
    at = article.published or article.updated
    return _minutes(at) if at else None


def _minutes(at: datetime) -> int:
    return max(int(at.timestamp() // 60), 0)


def _end_of_day(changed: str) -> datetime | None:
    """Return when a day has ended everywhere that is stated alone, without a time; None for any other text."""
    try:
        return datetime.strptime(changed.strip(), "%Y-%m-%d").replace(tzinfo=UTC) + _DAY_ENDS_WITHIN
    except ValueError:
        return None
