"""Sitemaps and their indexes: what they list, in the order in which it is worth reading."""

from __future__ import annotations

import gzip

from monitor.model import Page, Parsed, SitemapLink
from monitor.sources import parse
from monitor.sources.sitemap import gunzip


def read(body: str) -> Parsed:
    return parse("sitemap", Page("https://s.example.org/index.xml", 200, {}, gzip.compress(body.encode())))


def index(*listed: tuple[str, str]) -> Parsed:
    sitemaps = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>" for loc, day in listed)
    return read(f"<sitemapindex>{sitemaps}</sitemapindex>")


def test_an_index_lists_news_first_then_the_newest_then_the_highest_number() -> None:
    parsed = index(
        ("/posts-2.xml", ""),
        ("/posts-10.xml", ""),
        ("/old.xml", "2025-01-01"),
        ("/new.xml", "2026-11-02"),
        ("/google-news.xml", "2024-01-01"),
    )
    names = [link.url.rpartition("/")[2] for link in parsed.sitemaps]
    assert names == ["google-news.xml", "new.xml", "old.xml", "posts-10.xml", "posts-2.xml"]
    assert parsed.sitemaps[1] == SitemapLink("https://s.example.org/new.xml", "2026-11-02")
    assert (parsed.entries, parsed.notes) == ((), ())


def test_a_sitemap_that_is_listed_twice_or_has_no_address_counts_once_or_not() -> None:
    parsed = index(("/a.xml", "2026-11-02"), ("/a.xml", "2026-11-03"), ("", "2026-11-02"), ("mailto:x@y.test", ""))
    assert parsed.sitemaps == (SitemapLink("https://s.example.org/a.xml", "2026-11-02"),)


def test_a_date_that_means_nothing_is_none() -> None:
    assert index(("/a.xml", "lately")).sitemaps == (SitemapLink("https://s.example.org/a.xml"),)


def test_of_a_huge_index_the_best_hundred_are_kept() -> None:
    parsed = index(*((f"/{number}.xml", "2026-11-02") for number in range(5_000)))
    assert len(parsed.sitemaps) == 100
    assert parsed.sitemaps[0].url.endswith("/4999.xml")


def test_entries_are_listed_newest_first() -> None:
    urls = "".join(f"<url><loc>/{day}</loc><lastmod>2026-11-0{day}</lastmod></url>" for day in (1, 3, 2))
    assert [entry.link[-1] for entry in read(f"<urlset>{urls}</urlset>").entries] == ["3", "2", "1"]


def test_of_a_gzipped_file_only_so_many_members_are_read() -> None:
    assert gunzip(gzip.compress(b"a") * 64) == b"a" * 64
    assert gunzip(gzip.compress(b"a") * 100_000) == b"a" * 64
