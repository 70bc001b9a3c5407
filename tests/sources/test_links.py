"""Which address leads to the article, and what relative ones are relative to."""

from __future__ import annotations

import pytest

from monitor.model import Entry, Page, Parsed
from monitor.sources import parse

_FEED = "https://news.example.org/rss.xml"


def read(items: str, url: str = _FEED, site: str = "https://news.example.org/", **headers: str) -> Parsed:
    document = f"<rss><channel><title>T</title><link>{site}</link>{items}</channel></rss>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return parse("feed", Page(url, 200, named, document.encode()))


def item(inside: str, **where: str) -> Entry:
    return read(f"<item><title>A</title>{inside}</item>", **where).entries[0]


@pytest.mark.parametrize("behind", ["", "<guid isPermaLink='false'>77</guid>", "<description>D</description>"])
@pytest.mark.parametrize("link", ["<link/>", "<link></link>", "<link> </link>", "<link/><![CDATA[", "<link>"])
def test_an_address_behind_an_emptied_link_is_its_address(link: str, behind: str) -> None:
    end = "]]>" if "CDATA" in link else ""
    entry = item(f"{link}https://news.example.org/2026/a{end}{behind}")
    assert entry.link == "https://news.example.org/2026/a"
    assert entry.id == ("77" if "guid" in behind else "")
    assert entry.summary == ("D" if "description" in behind else "")


def test_words_behind_a_link_are_no_address() -> None:
    assert item("<link/>more <guid>https://news.example.org/1</guid>").link == "https://news.example.org/1"


@pytest.mark.parametrize(
    "link",
    [
        *(
            "http://news.example.org/",
            "https://www.news.example.org",
            "/",
            "/index.php",
            "https://news.example.org/#top",
        ),
        *("N/A", "none", "#", "-", "null"),
    ],
)
@pytest.mark.parametrize("permanent", ["", " isPermaLink='true'"])
def test_a_link_to_the_front_page_gives_way_to_the_permalink(link: str, permanent: str) -> None:
    entry = item(f"<link>{link}</link><guid{permanent}>https://news.example.org/2026/a</guid>")
    assert entry.link == "https://news.example.org/2026/a"


@pytest.mark.parametrize(
    ("link", "guid"),
    [
        ("https://news.example.org/index.php?id=4", "<guid>https://news.example.org/4</guid>"),
        ("https://news.example.org/", "<guid isPermaLink='false'>https://news.example.org/4</guid>"),
        ("https://news.example.org/", "<guid>https://news.example.org/4.mp3</guid>"),
        ("https://news.example.org/", "<guid>four</guid>"),
        ("https://other.example.net/", "<guid>https://news.example.org/4</guid>"),
        ("https://news.example.org/2026/a", "<guid>https://news.example.org/4</guid>"),
    ],
)
def test_any_other_link_stands(link: str, guid: str) -> None:
    assert item(f"<link>{link}</link>{guid}").link == link


def test_a_section_page_under_all_entries_gives_way_too() -> None:
    items = "".join(
        f"<item><title>{n}</title><link>https://news.example.org/world</link><guid>https://news.example.org/{n}</guid></item>"
        for n in range(3)
    )
    assert [entry.link for entry in read(items).entries] == [f"https://news.example.org/{n}" for n in range(3)]
    twice = items.replace("org/2</guid>", "org/1</guid>")
    assert [entry.link[-1] for entry in read(twice).entries] == ["0", "d", "d"]


@pytest.mark.parametrize(
    "url", ["https://feeds.feedburner.com/x", "https://rss.example.org/all", "https://cdn.example.net/a.xml"]
)
def test_relative_links_of_a_feed_that_lives_elsewhere_are_the_site_s(url: str) -> None:
    assert item("<link>/n/1</link>", url=url).link == "https://news.example.org/n/1"


def test_other_relative_links_are_the_feed_s() -> None:
    assert item("<link>/n/1</link>", url="https://other.example.net/x").link == "https://other.example.net/n/1"
    assert item("<link>/n/1</link>", site="/").link == "https://news.example.org/n/1"


def test_an_xml_base_comes_first() -> None:
    items = "<item xml:base='https://base.example.org/'><title>A</title><link>n/1</link></item>"
    assert read(items, url="https://feeds.feedburner.com/x").entries[0].link == "https://base.example.org/n/1"


def test_content_location_is_no_base() -> None:
    found = item("<link>/2026/11/story.html</link>", content_location="http://10.0.0.5:8080/feed/index.php")
    assert found.link == "https://news.example.org/2026/11/story.html"


def test_the_permalink_of_json_is_relative_to_its_home_page() -> None:
    body = b'{"home_page_url": "https://news.example.org/", "items": [{"id": "1", "title": "A", "url": "/n/1"}]}'
    parsed = parse("feed", Page("https://feeds.feedburner.com/x", 200, {}, body))
    assert parsed.entries[0].link == "https://news.example.org/n/1"
