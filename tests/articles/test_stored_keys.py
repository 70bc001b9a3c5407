"""Keys are stored: one that changed its bytes would make every stored article new, and mail it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import pytest

from monitor.articles import Origin, articles_from_entries
from monitor.articles.identity import address_keys, story_address, url_key
from monitor.model import Article, Entry

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOMENT = NOW - timedelta(hours=2, minutes=6, seconds=33)
SECOND = 1795427607
STEP = SECOND // 36000
HERE = Origin("example", "https://example.org/rss", feed_link="https://example.org/")
FEED = "https://example.org/rss"


def key(kind: str, scope: str, name: str) -> bytes:
    """The bytes of a key, as they have been stored ever since."""
    return blake2b(f"{kind}\0{scope}\0{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def words(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def hashed(text: str) -> str:
    """What stands for a title, or a title and text, in a key."""
    return blake2b(text.replace(" ", "").encode(), digest_size=16).hexdigest()


def entry(title: str = "A", link: str = "", id_: str = "", text: str = "", at: datetime | None = None) -> Entry:
    return Entry(title, link, id_, at, summary=text)


def page(*entries: Entry) -> Sequence[Article]:
    return articles_from_entries(entries, HERE, NOW)


def one(*parts: str, at: datetime | None = None) -> Article:
    """The article of a page that shows it alone; the parts are title, link, id and text."""
    (article,) = page(entry(*parts, at=at))
    return article


def test_a_key_is_these_sixteen_bytes() -> None:
    assert url_key("example", "https://www.example.org/news/12/?utm_source=rss").hex() == (
        "8d33f4a9015725c5fc46c45435f1effe"
    )


# --- the id --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stated", ["tag:x", "TAG:x", "urn:x", "URN:x", "a://b", "x" * 16])
def test_an_id_that_is_unique_beyond_its_feed_is_the_outlets(stated: str) -> None:
    assert one("A", "", stated).stated == key("id", "example", f"\0{stated}")


@pytest.mark.parametrize("stated", ["1", "12", "x" * 15, "a:b", "tags", "\ud800"])
def test_another_id_is_the_feeds(stated: str) -> None:
    assert one("A", "", stated).stated == key("id", "example", f"{FEED}\0{stated}")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_id_that_is_an_address_is_the_key_of_that_address(scheme: str) -> None:
    assert one("A", "", f"{scheme}://www.example.org/news/12/").stated == key(
        "url", "example", "https://example.org/news/12"
    )
    for end in ("?utm_source=rss", "#top"):
        stated = f"{scheme}://example.org/news/12{end}"
        assert one("A", "", stated).stated == key("id", "example", f"\0{stated}")


@pytest.mark.parametrize(
    "stated", ["", " ", "0", "-1", "NULL", "n/a", "https://example.org", "https://example.org/rss"]
)
@pytest.mark.parametrize("scheme", ["http:", "https:"])
def test_an_id_that_names_nothing_has_no_key(scheme: str, stated: str) -> None:
    assert one("A", "https://example.org/1", stated.replace("https:", scheme)).stated == b""


def test_ids_of_a_page_count_unless_they_are_places_or_shared() -> None:
    assert all(article.stated for article in page(entry(id_="x"), entry(id_="y")))
    assert not any(article.stated for article in page(entry(id_="0"), entry(id_="1")))
    assert not any(article.stated for article in page(entry(id_="1"), entry(id_="2"), entry(id_="3")))
    assert all(article.stated for article in page(entry(id_="1"), entry(id_="3")))
    links = ("https://example.org/1", "https://example.org/2")
    assert not any(article.stated for article in page(*(entry("A", link, "x") for link in links)))
    assert all(article.stated for article in page(*(entry(title, links[0], "x") for title in "AA")))


# --- the link ------------------------------------------------------------------------------------------------


def test_a_link_is_a_key_of_the_outlet_and_of_the_story() -> None:
    article = one("A", "https://www.example.org/news/12/?utm_source=rss")
    assert article.address == key("url", "example", "https://example.org/news/12")
    assert article.stated == b""
    assert article.keys[0] == article.address
    assert article.story_keys == (key("url", "", "https://example.org/news/12"),)
    assert article.story_keys == (story_address("http://example.org/news/12"),)
    assert article.crowded == ()


@pytest.mark.parametrize("link", ["", "https://example.org/", "https://example.org/rss"])
def test_a_front_page_is_the_key_of_nothing(link: str) -> None:
    article = one("A", link)
    assert (article.address, article.story_keys, article.crowded) == (b"", (), ())


def test_a_fragment_names_an_article_where_folding_takes_it_away() -> None:
    anchored = key("id", "example", "\0https://example.org/notes#monday")
    article = one("A", "https://example.org/notes#monday")
    assert article.stated == anchored
    assert address_keys("example", "https://example.org/notes#monday") == [anchored, article.address]
    assert anchored in one("A", "https://example.org/notes#monday", "x").keys
    assert one("A", "https://example.org/notes# ").stated == b""
    routed = "https://example.org/#!/news/12"
    assert one("A", routed).stated == b""
    assert address_keys("example", routed) == [url_key("example", routed)]
    assert address_keys("example", "https://example.org/notes") == [article.address]


@pytest.mark.parametrize(
    ("first", "second", "is_crowded"),
    [
        (entry("A", at=MOMENT), entry("B", at=MOMENT), True),
        (entry("A", at=MOMENT), entry("A", at=NOW - timedelta(hours=1)), True),
        (entry("A", text="one"), entry("A", text="two"), True),
        (entry("A", text="one", at=MOMENT), entry("A", text="two", at=MOMENT), False),
    ],
)
def test_a_link_is_crowded_under_several_titles_times_or_undated_texts(
    first: Entry, second: Entry, is_crowded: bool
) -> None:
    link = "https://example.org/live"
    for article in page(first._replace(link=link), second._replace(link=link)):
        own, shared = (b"", (url_key("example", link),)) if is_crowded else (url_key("example", link), ())
        assert (article.address, article.crowded) == (own, shared)
        assert bool(article.story_keys) is not is_crowded


# --- the words -----------------------------------------------------------------------------------------------


def test_a_title_of_five_words_is_a_key_with_its_second() -> None:
    link = "https://example.org/1"
    heading = key("title", "example", f"{hashed(words(5))}@{SECOND}")
    for named in (("", "x"), (link, ""), (link, "x")):
        assert one(words(5).upper(), *named, at=MOMENT).keys[-1] == heading
    assert heading not in one(words(5), at=MOMENT).keys
    assert one(words(5), link).keys == (url_key("example", link), key("entry", "example", _whole(words(5), link)))
    assert one(words(4), link, "", "x", at=MOMENT).keys[-1] == _text(words(4) + "x", f"@{SECOND}")


def test_a_heading_of_several_texts_of_the_page_is_no_key() -> None:
    links = [f"https://example.org/{number}" for number in range(2)]
    different = page(*(entry(words(5), link, "", link[-1], MOMENT) for link in links))
    assert [article.keys[-1] for article in different] == [_text(words(5) + end, f"@{SECOND}") for end in "01"]
    same = page(*(entry(words(5), link, "", "x", MOMENT) for link in links))
    assert {article.keys[-1] for article in same} == {key("title", "example", f"{hashed(words(5))}@{SECOND}")}


@pytest.mark.parametrize(
    ("count", "named", "at", "marks"),
    [
        (3, True, MOMENT, (f"@{SECOND}",)),
        (40, True, MOMENT, (f"@{SECOND}",)),
        (8, True, None, ("",)),
        (3, False, MOMENT, (f"@{SECOND}",)),
        (7, False, MOMENT, (f"@{SECOND}",)),
        (8, False, MOMENT, (f"/{STEP}", f"/{STEP + 1}")),
        (39, False, MOMENT, (f"/{STEP}", f"/{STEP + 1}")),
        (40, False, MOMENT, ("",)),
        (8, False, None, ("",)),
    ],
)
def test_words_are_keys_with_as_much_of_the_date_as_they_need(
    count: int, named: bool, at: datetime | None, marks: tuple[str, ...]
) -> None:
    article = one("w", "https://example.org/1" if named else "", "", words(count - 1), at=at)
    own = (article.address,) if named else ()
    assert article.keys == own + tuple(_text("w" + words(count - 1), mark) for mark in marks)


@pytest.mark.parametrize(("count", "at"), [(2, MOMENT), (7, None)])
def test_too_few_words_are_a_key_only_with_all_that_the_entry_has(count: int, at: datetime | None) -> None:
    link = "https://example.org/1"
    for named in (("", ""), (link, ""), ("", "x")):
        assert one(words(count), *named, at=at).keys[-1] == key("entry", "example", _whole(words(count), named[0]))
    assert one(words(count), link, "x", at=at).keys == (key("id", "example", f"{FEED}\0x"), url_key("example", link))


def _text(told: str, mark: str) -> bytes:
    return key("text", "example", f"{hashed(told)}{mark}")


def _whole(title: str, link: str) -> str:
    digest = blake2b(f"{title}\0\0".replace(" ", "").encode(), digest_size=16).hexdigest()
    return f"{link}\0\0{digest}"
