"""Find in a sitemap what a feed may have missed between two polls, and whether that is all of it.

Own heuristic: a sitemap covers a feed if it has every article that the feed shows, but for those so new that it may not
list them yet, and covers a gap if it reaches back beyond its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

from monitor.model import Article
from monitor.text import counted, when

LISTED_WITHIN = timedelta(minutes=30)
"""How long after its publication an article may still be missing in a sitemap, which is made now and then."""
_EARLIER = timedelta(minutes=5)
"""How long before the last poll an article may be dated that came after it, where nothing else is known."""
WRITTEN_WITHIN = timedelta(days=1)
"""How long before the last poll an article may be dated at most that came after it: some state when its draft began."""
_LEAST_LAG = timedelta(hours=1)
"""From which age of the newest article on a page where all is new the clock of its site is taken to be behind."""
_SECTION_FROM = 10
"""Articles of a page from which on addresses that all begin alike show that its feed is of one section."""


class Missed(NamedTuple):
    """What a sitemap lists of a gap, the newest first, and since when it lists all (None: not known).

    `reason` says why that is not the whole gap.
    """

    articles: tuple[Article, ...] = ()
    complete_since: datetime | None = None
    reason: str = ""


def shows_any(listed: Iterable[Article], page: Iterable[Article]) -> bool:
    """Whether a sitemap lists any article of a feed's page."""
    return not {key for one in listed for key in one.keys}.isdisjoint(key for one in page for key in one.keys)


def missed_articles(
    page: Sequence[Article], listed: Sequence[Article], began: datetime, now: datetime, shown_since: datetime | None
) -> Missed:
    """Return what a sitemap lists that may have come since `began`, and that a feed's page does not show.

    That may be dated earlier, such as by the time of its draft: what is as new by its date as any article that the feed
    showed at `began` (the oldest is of `shown_since`) would have been known by then, if it had been there.

    What states no time of publication is left out: an old article that was changed is no new one. A site whose dates
    lag is read by its own clock. Of undated articles, the page is to have those alone that came since `began`.
    """
    lag = _lag(page, now)
    dated = [(one.published, one) for one in listed if one.published and one.published_text]
    if not dated:
        return Missed(reason="it states no times of publication")
    if absent := _absent(page, listed, began - lag, now - lag):
        return Missed(reason=f"it lacks {counted(absent, 'article')} that the feed shows")
    keys, section = {key for one in page for key in one.keys}, _section(page)
    earliest = min(began - lag - _EARLIER, max(shown_since or began, began - lag - WRITTEN_WITHIN))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    missed = tuple(
        one
        for published, one in dated
        if published >= earliest and keys.isdisjoint(one.keys) and _path(one)[: len(section)] == section
    )
    oldest = dated[-1][0] + lag
    return Missed(missed, oldest, "" if oldest <= began else f"it reaches back to {when(oldest)} only")


def _lag(page: Sequence[Article], now: datetime) -> timedelta:
    """Return how far the dates of a page are behind on which all came since the poll before; 0 up to an hour."""
    behind = now - max((one.published for one in page if one.published), default=now)
    return behind if behind > _LEAST_LAG else timedelta()


def _absent(page: Sequence[Article], listed: Sequence[Article], began: datetime, now: datetime) -> int:
    """Return how many articles that came on a feed's page since `began` a sitemap lacks although it had time for them.

    What is dated before may stand there for weeks, as a pinned entry does, and be in no sitemap of news.
    """
    keys = {key for one in listed for key in one.keys}
    came = [one for one in page if one.published is None or one.published >= began] or _newest(page)
    due = [one for one in came if one.published is None or one.published <= now - LISTED_WITHIN]
    # Of a page on which all is new, the oldest one shows how far the sitemap has come.
    due = due or sorted(came, key=lambda one: one.published or now)[:1]
    return sum(keys.isdisjoint(one.keys) for one in due)


def _newest(page: Sequence[Article]) -> list[Article]:
    """Return the article that is dated last, of dates that are those of drafts."""
    return [max(page, key=lambda one: one.published.timestamp() if one.published else 0)] if page else []


def _section(page: Sequence[Article]) -> tuple[str, ...]:
    """Return with what parts of their paths all addresses of a feed begin, up to one with a digit, such as a year."""
    paths = [_path(one) for one in page if one.url]
    if len(paths) < _SECTION_FROM:
        return ()
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
    return tuple(part for part, *_ in takewhile(lambda parts: not any(map(str.isdigit, parts[0])), same))


def _path(article: Article) -> tuple[str, ...]:
    """Return the parts of an article's path but the last, which names it."""
    return tuple(urlsplit(article.url).path.strip("/").split("/")[:-1])
