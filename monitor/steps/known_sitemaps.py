"""Remember which sitemaps of an index, and of the indexes in it, were read as they are now, and choose what to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import blake2b

from monitor.model import SitemapLink
from monitor.steps.sitemap_readings import BEST, SitemapReadings

MOST_LEVELS = 3
"""Levels of indexes that are followed: an index in an index in an index."""
_FAILED = "!"  # before the digest of a sitemap that could not be read when it was tried last
_NESTED = "/"  # before the digest of a sitemap of an index in an index, and before that of such an index's address
_MOST_NESTED = 1_000
_MOST_FAILED = 100


class KnownSitemaps:
    """What is known of the sitemaps of one feed, from the text that was stored with it to the text to store.

    An index in an index is given as `within`. Its sitemaps stay known while it is not read, because it did not change.
    """

    def __init__(self, stored: str, now: datetime) -> None:
        tokens = stored.split()
        self.readings = SitemapReadings(tokens, now)
        self._position = {token: at for at, token in enumerate(tokens, 1)}
        self._nested = [token for token in tokens if token.startswith(_NESTED)]
        self._failed = [token for token in tokens if token.startswith(_FAILED)]
        self._read: list[str] = []

    def has_read(self, within: SitemapLink | None = None) -> bool:
        """Whether this index was read before."""
        return bool(self._position) if within is None else _index_token(within) in self._position

    def wanted(self, listed: Iterable[SitemapLink], within: SitemapLink | None = None) -> list[SitemapLink]:
        """Return the sitemaps of an index that are new or changed, may have changed, or are due for another look.

        Those that failed come last, the oldest failure first, since they may fail for ever.
        """
        ordered = sorted(listed, key=lambda link: self._position.get(_FAILED + _digest(link), 0))
        if not self.has_read(within):
            return ordered[:BEST]
        changed = [link for link in ordered if self.is_changed(link, within)]
        others = {link for link in ordered if self.readings.may_have_changed(link)}.union(self.readings.due(ordered))
        wanted = self.readings.in_turn(link for link in ordered if link in others or link in changed)
        if changed and (at := min(map(wanted.index, changed))) >= BEST:
            # Else those that do not say, which are wanted at each poll, would keep it from being read for ever.
            wanted.insert(BEST - 1, wanted.pop(at))
        return wanted

    def is_changed(self, link: SitemapLink, within: SitemapLink | None = None) -> bool:
        """Whether an index says that a sitemap is new or has changed."""
        return bool(link.changed) and not self.is_listed(link, within)

    def is_listed(self, link: SitemapLink, within: SitemapLink | None = None) -> bool:
        """Whether an index listed a sitemap before, as it does now, and nothing was left to be read of it."""
        return _token(link, within) in self._position

    def add_failure(self, link: SitemapLink) -> None:
        """Note that a sitemap was tried in vain."""
        self.drop_failure(link)
        self._failed.append(_FAILED + _digest(link))

    def drop_failure(self, link: SitemapLink) -> None:
        """Note that a sitemap was read."""
        self._failed = [token for token in self._failed if token != _FAILED + _digest(link)]

    def add_index(
        self, listed: Iterable[SitemapLink], left: Collection[SitemapLink], within: SitemapLink | None = None
    ) -> None:
        """Note that all of an index is known from now on, but what is left to be read."""
        tokens = [_token(link, within) for link in listed if link not in left]
        if within is None:
            self._read = tokens
        else:
            fresh = dict.fromkeys([_index_token(within), *tokens])
            stale = {_token(link, within) for link in left}
            self._nested = [*fresh, *(token for token in self._nested if token not in fresh and token not in stale)]

    def text(self) -> str:
        """Return what to store."""
        return " ".join(
            [*self._read, *self._nested[:_MOST_NESTED], *self._failed[-_MOST_FAILED:], *self.readings.tokens()]
        )


def _token(link: SitemapLink, within: SitemapLink | None) -> str:
    return (_NESTED if within else "") + _digest(link)


def _index_token(index: SitemapLink) -> str:
    return _NESTED + _digest(SitemapLink(index.url))


def _digest(link: SitemapLink) -> str:
    """Return what stands for a sitemap and its date among those known."""
    return blake2b(f"{link.url}\0{link.changed}".encode("utf-8", "replace"), digest_size=8).hexdigest()
