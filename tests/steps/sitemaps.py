"""Sitemaps and indexes of sitemaps, and what was requested of them."""

from __future__ import annotations

from tests.peers.http import Outlet

_SITEMAPS = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def sitemap(*names: str) -> bytes:
    """A sitemap of these articles."""
    urls = "".join(f"<url><loc>https://news.test/news-of-the-{name}</loc></url>" for name in names)
    return f"<urlset {_SITEMAPS}>{urls}</urlset>".encode()


def index(changed: dict[str, str]) -> bytes:
    """An index of sitemaps, by path, with the days on which they changed (empty: it does not say)."""
    listed = "".join(
        f"<sitemap><loc>{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for path, day in changed.items()
    )
    return f"<sitemapindex {_SITEMAPS}>{listed}</sitemapindex>".encode()


def paths(outlet: Outlet) -> list[str]:
    """What was requested since the last time, but robots.txt."""
    found = [request.path for request in outlet.requests if request.path != "/robots.txt"]
    outlet.requests.clear()
    return found
