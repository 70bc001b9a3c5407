"""Sitemaps and their indexes: what they list, in the order in which it is worth reading."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Page, Parsed, SitemapLink
from monitor.sources import parse


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


def urlset(*inside: str) -> Parsed:
    return read(f"<urlset>{''.join(f'<url>{one}</url>' for one in inside)}</urlset>")


@pytest.mark.parametrize("is_newest_first", [True, False])
def test_of_a_large_sitemap_the_newest_are_read_whatever_their_order(is_newest_first: bool) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(minutes=number) for number in range(12_000)]
    urls = [f"<loc>/{number}</loc><lastmod>{moment.isoformat()}</lastmod>" for number, moment in enumerate(moments)]
    # One in ten says nothing: it is as old as its neighbour.
    urls[5::10] = [f"<loc>/{number}</loc>" for number in range(5, 12_000, 10)]
    parsed = urlset(*(reversed(urls) if is_newest_first else urls))
    assert parsed.notes == ("the newest 10,000 of its 12,000 addresses are read",)
    assert {int(entry.link.rpartition("/")[2]) for entry in parsed.entries} >= set(range(2_001, 12_000))
    assert len(parsed.entries) == 10_000


def test_of_a_large_sitemap_without_dates_both_ends_are_read() -> None:
    links = [entry.link.rpartition("/")[2] for entry in urlset(*(f"<loc>/{n}</loc>" for n in range(12_000))).entries]
    assert (len(links), links[:2], links[-1]) == (10_000, ["0", "1"], "11999")


def test_what_is_beyond_the_limit_of_the_protocol_is_noted() -> None:
    parsed = urlset(*["<loc>/a</loc>"] * 50_001)
    assert parsed.notes[0] == "it lists more than 50,000 addresses, and only so many are read"
    assert urlset(*["<loc>&</lok>" * 60] * 50_001).notes[1] == parsed.notes[0]


def test_a_video_or_picture_gives_a_title_and_a_summary_where_no_news_do() -> None:
    video = "<video:title>A &amp; B</video:title><video:description>Seen &lt;b>live&lt;/b></video:description>"
    date = "<video:publication_date>2026-11-02T10:00:00Z</video:publication_date>"
    image = "<image:title>Port</image:title><image:caption>In the evening</image:caption>"
    titles = "<news:title>Port open</news:title>"
    [both] = urlset(f"<loc>/1</loc><video:video>{video}{date}</video:video><image:image>{image}</image:image>").entries
    assert (both.title, both.summary, both.published_text) == ("A & B", "Seen live", "2026-11-02T10:00:00Z")
    assert both.published == datetime(2026, 11, 2, 10, tzinfo=UTC)
    [picture] = urlset(f"<loc>/one-two-three</loc><image:image>{image}</image:image>").entries
    assert (picture.title, picture.summary) == ("Port", "In the evening")
    [news] = urlset(f"<loc>/1</loc><image:image>{image}</image:image><news:news>{titles}</news:news>").entries
    assert (news.title, news.summary) == ("Port open", "")


@pytest.mark.parametrize(
    ("url", "note"),
    [
        ("<loc>/1?a=1&b=2</loc>", "repaired"),
        ("<loc>/1?a=1&amp;b=2</LOC>", "rebuilt"),
        ("<loc>/1?a=1&amp;b=2</loc></url><url><loc>/2</locs>", "salvaged entry by entry"),
    ],
)
def test_a_damaged_sitemap_is_read_with_the_gentlest_repair(url: str, note: str) -> None:
    parsed = urlset(url)
    assert (parsed.entries[0].link, parsed.notes[0]) == ("https://s.example.org/1?a=1&b=2", note)
    assert parsed.lost == (note == "salvaged entry by entry")


LARGE = [f"<loc>/{number}?a</loc><title>{'a' * 2_000} &nbsp;</title>" for number in range(2_000)]


def test_a_large_sitemap_that_is_damaged_loses_the_broken_entry_only() -> None:
    parsed = urlset("<loc>/?a</lok>", *LARGE)
    assert (len(parsed.entries), parsed.lost) == (2_000, 1)
    assert parsed.notes == ("salvaged entry by entry", "1 entry could not be read")


def test_bare_ampersands_in_a_large_sitemap_are_mended() -> None:
    parsed = urlset(*(one.replace("?a", "?a&b&amp;c&#38;d") for one in LARGE))
    assert (len(parsed.entries), parsed.notes) == (2_000, ("repaired",))
    assert parsed.entries[0].link == "https://s.example.org/0?a&b&c&d"


def test_another_charset_alone_is_no_damage() -> None:
    body = "<urlset><url><loc>/1</loc><news:title>Порт открыт для судов</news:title></url></urlset>"
    document = b"<?xml version='1.0' encoding='windows-1251'?>" + body.encode("cp1251")
    parsed = parse("sitemap", Page("https://s.example.org/s.xml", 200, {}, document))
    assert (parsed.entries[0].title, parsed.notes) == ("Порт открыт для судов", ())
