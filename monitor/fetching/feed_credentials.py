"""Tell which pages are at the very host of a feed, and ask for them with the credentials of its address."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from monitor.hostnames import host_of

UNAUTHORIZED = 401
"""The status of an answer to whoever does not say who he is."""
WITH_ACCOUNT = "write USER:PASSWORD@ before the host of its address, or give header_files: or login:"
"""What to do about that."""
_PORTS = {"http": 80, "https": 443}


def with_credentials(url: str, feeds: Iterable[str]) -> str:
    """Return a page's address with the credentials of the first feed at its own host; as it is where none has any.

    The host and port must be the feed's own; what was written for https never goes over http.
    """
    try:
        page = urlsplit(url)
        for feed in map(urlsplit, feeds):
            if feed.username is not None and page.username is None and _is_same_origin(page, feed):
                return page._replace(netloc=f"{feed.netloc.rpartition('@')[0]}@{page.netloc}").geturl()
    except ValueError:
        pass
    return url


def is_own_page(url: str, feeds: Iterable[str]) -> bool:
    """Whether an address lies at the host and port of one of these feeds, and not over http where that is https."""
    try:
        page = urlsplit(url)
        return any(_is_same_origin(page, feed) for feed in map(urlsplit, feeds))
    except ValueError:
        return False


def _is_same_origin(page: SplitResult, feed: SplitResult) -> bool:
    if page.scheme not in _PORTS or host_of(page.geturl()) != host_of(feed.geturl()):
        return False
    origins = [(one.scheme, one.port or _PORTS.get(one.scheme)) for one in (page, feed)]
    return origins[0] == origins[1] or origins == [("https", 443), ("http", 80)]
