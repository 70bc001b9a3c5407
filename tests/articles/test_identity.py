"""A false merge loses an article; a false split sends a second mail. Both are tried from every side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from monitor.articles import Origin, articles_from_entries, join_stories, resolve_identities, text_signature
from monitor.model import Article, Entry, FeedSnapshot, KeyTarget, Memory
from monitor.story_values import KnownStories, StoryMember
from monitor.text import tokenize

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Origin("example", "https://example.org/rss", feed_link="https://example.org/")
OTHER_FEED = replace(HERE, feed_url="https://example.org/politics.rss")
ELSEWHERE = Origin("other", "https://other.example/rss", feed_link="https://other.example/")
LONG = " ".join(f"word{number}" for number in range(60))
STORY = Entry(
    "Istanbul talks resume on Friday",
    link="https://example.org/news/12",
    id="https://example.org/?p=12",
    published=NOW - timedelta(hours=2, minutes=6, seconds=33),
    summary="Negotiators will meet again behind closed doors, said the spokesman.",
)


def one(entry: Entry, origin: Origin = HERE) -> Article:
    (article,) = articles_from_entries([entry], origin, NOW)
    return article


def same(first: Article, second: Article) -> bool:
    """Whether the second is taken for the first when that is all that was met."""
    memory = Memory({key: KeyTarget(1) for key in first.keys}, {1: first}, {(1, 1): first.digest})
    (verdict,) = resolve_identities(FeedSnapshot(1, [second], NOW), memory, count(2)).verdicts
    return verdict.article_id == 1


def same_story(first: Article, second: Article) -> bool:
    members = [
        StoryMember(number, article.story_keys, None, signature, article.published or NOW, article.outlet)
        for number, article in enumerate((first, second))
        for signature in [text_signature(tokenize(article.title), tokenize(article.body))]
    ]
    return len(set(join_stories(members, KnownStories()).by_article.values())) == 1


def bare(**changes: object) -> Entry:
    """An entry that has only what it is given."""
    return Entry("")._replace(**changes)  # type: ignore[arg-type]


def test_every_key_is_sixteen_bytes_and_stable() -> None:
    article = one(STORY)
    assert {len(key) for key in (*article.keys, *article.story_keys)} == {16}
    assert one(STORY) == article


def test_the_same_stated_id_is_the_same_piece_whatever_changes() -> None:
    later = STORY._replace(title="Talks put off", link="https://example.org/news/late-12", summary="No date was given.")
    assert same(one(STORY), one(later))
    assert same(one(STORY), one(later, OTHER_FEED))
    assert not same(one(STORY), one(later, ELSEWHERE))


@pytest.mark.parametrize(("length", "everywhere"), [(2, False), (15, False), (16, True), (17, True)])
def test_a_short_id_counts_in_its_feed_only(length: int, everywhere: bool) -> None:
    first, second = bare(title="A", id="x" * length), bare(title="B", id="x" * length)
    assert same(one(first), one(second))
    assert same(one(first), one(second, OTHER_FEED)) is everywhere


def test_the_same_address_is_the_same_piece_whatever_changes() -> None:
    later = STORY._replace(
        id="new", title="Talks put off", summary="", link="http://m.example.org/news/12/?utm_source=rss#top"
    )
    assert same(one(STORY), one(later, OTHER_FEED))


def test_the_same_text_is_the_same_piece_whatever_changes() -> None:
    moved = STORY._replace(
        id="https://example.org/new/99",
        link="https://example.org/new/99",
        title="ISTANBUL talks resume on Friday.",
    )
    assert same(one(STORY), one(moved, OTHER_FEED))
    assert same(one(STORY), one(moved._replace(summary="Negotiators will meet again: now in the open.")))


def test_the_same_text_at_another_time_under_another_id_and_link_is_another_piece_of_the_story() -> None:
    again = STORY._replace(id="urn:another", link="https://example.org/news/13", published=NOW)
    assert not same(one(STORY), one(again))
    assert same_story(one(STORY), one(again))
    tomorrow = one(STORY)._replace(published=NOW)
    assert not same(tomorrow, one(again._replace(published=NOW - timedelta(days=2))))
    assert not same_story(one(STORY), one(again._replace(published=NOW - timedelta(days=2))))


def test_a_bulletin_with_fixed_words_is_a_piece_a_day() -> None:
    today = bare(
        title="Dollar rate for today",
        summary="What to know about the currency this morning",
        link="https://example.org/r/1",
    )
    days = [
        one(today._replace(link=f"https://example.org/r/{day}", published=NOW - timedelta(days=day)))
        for day in range(5)
    ]
    assert not any(
        same(first, second) or same_story(first, second) for first in days for second in days if first is not second
    )


def test_a_text_without_id_and_link_is_known_by_its_words_and_the_day() -> None:
    first = bare(title="Talks", summary=LONG, published=NOW)
    assert same(one(first), one(first._replace(published=NOW - timedelta(hours=9))))
    assert not same(one(first), one(first._replace(published=NOW - timedelta(days=1))))
    assert same(one(first._replace(published=None)), one(first._replace(published=None, link="https://example.org/2")))


@pytest.mark.parametrize("hour", range(20))
def test_words_without_id_and_link_are_one_within_ten_hours_and_never_after_twenty(hour: int) -> None:
    moment = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(hours=hour)
    first = bare(title="Dollar rate for today", summary="What to know about it this very morning", published=moment)
    for hours, is_same in ((-20, False), (-10, True), (10, True), (20, False)):
        then = first._replace(published=moment + timedelta(hours=hours))
        assert same(one(first), one(then)) is is_same, hours
    assert same_story(one(first), one(first._replace(published=moment + timedelta(hours=10)), ELSEWHERE))


def test_a_heading_that_returns_names_nothing_but_at_the_same_second() -> None:
    first = bare(title="News in brief", link="https://example.org/1", published=NOW - timedelta(hours=1))
    second = first._replace(link="https://example.org/2")
    assert same(one(first), one(second))
    assert not same(one(first), one(second._replace(published=NOW)))
    assert not same(one(first._replace(published=None)), one(second._replace(published=None)))


def test_an_id_that_is_an_address_is_the_same_piece_as_a_link_to_it() -> None:
    address = "https://example.org/news/12"
    told = one(bare(title="A", id=f"{address}/", link="https://feeds.example.org/~r/12"))
    assert same(told, one(bare(title="B", link="http://www.example.org/news/12"), OTHER_FEED))
    assert same(told, one(bare(title="A", id="http://example.org/news/12", link="https://example.org/x"), OTHER_FEED))
    assert len(one(bare(title="A", id=address, link=address)).keys) == 1


@pytest.mark.parametrize("stated", ["https://example.org/live#post-1", "https://example.org/live?post=1"])
def test_an_id_of_which_folding_may_leave_too_little_is_no_address(stated: str) -> None:
    assert not same(one(bare(title="A", id=stated)), one(bare(title="B", link="https://example.org/live")))


def test_an_id_that_is_another_piece_s_link_merges_nothing() -> None:
    live = "https://example.org/live"
    first, second = articles_from_entries(
        [bare(title="A", id=live, link=f"{live}/1"), bare(title="B", id="b", link=live)], HERE, NOW
    )
    assert not same(first, second)


def test_ids_that_only_folding_makes_equal_merge_nothing() -> None:
    ids = ("https://example.org/a", "https://example.org/a/")
    first, second = articles_from_entries(
        [bare(title=title, id=stated) for title, stated in zip("AB", ids, strict=True)], HERE, NOW
    )
    assert not same(first, second)


def test_an_id_that_several_entries_share_is_not_trusted() -> None:
    first, second = articles_from_entries(
        [
            bare(title="A", id="urn:same", link="https://example.org/1"),
            bare(title="B", id="urn:same", link="https://example.org/2"),
        ],
        HERE,
        NOW,
    )
    assert not same(first, second)


def test_one_entry_listed_twice_is_one() -> None:
    first, second = articles_from_entries([STORY, STORY], HERE, NOW)
    assert first.keys == second.keys


@pytest.mark.parametrize(
    "stated", ["", "0", "null", "https://example.org/", "http://www.example.org", "https://example.org/rss", "N/A"]
)
def test_an_id_that_names_nothing_merges_nothing(stated: str) -> None:
    assert not same(
        one(bare(title="A", id=stated, link="https://example.org/1")),
        one(bare(title="B", id=stated, link="https://example.org/2")),
    )


@pytest.mark.parametrize("start", [0, 1])
def test_places_in_a_list_are_no_ids(start: int) -> None:
    before = articles_from_entries([bare(title=title, id=str(at)) for at, title in enumerate("ABC", start)], HERE, NOW)
    after = articles_from_entries([bare(title=title, id=str(at)) for at, title in enumerate("XAB", start)], HERE, NOW)
    assert not same(before[0], after[0])
    assert not same(before[1], after[1])
    assert same(before[0], after[1])


def test_a_link_under_several_titles_is_not_trusted() -> None:
    first, second = articles_from_entries(
        [bare(title=title, link="https://example.org/live") for title in "AB"], HERE, NOW
    )
    assert not same(first, second)
    assert not same_story(first, second)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://example.org",
        "http://www.example.org/index.html",
        "https://example.org/rss",
        "https://any.example/?",
    ],
)
def test_a_front_page_is_nobodys_address(link: str) -> None:
    first, second = one(bare(title="A", link=link)), one(bare(title="B", link=link))
    assert not same(first, second)
    assert not same_story(first, second)


def test_an_entry_with_nothing_to_name_it_is_still_known_again() -> None:
    entry = bare(title="!", link="https://example.org/")
    assert one(entry).keys == one(entry).keys
    assert len(one(entry).keys) == 1
    assert not same(one(entry), one(entry._replace(summary="?")))


def test_an_identical_text_elsewhere_is_another_article_of_the_same_story() -> None:
    copied = STORY._replace(id="c-1", link="https://other.example/a/77")
    assert not same(one(STORY), one(copied, ELSEWHERE))
    assert same_story(one(STORY), one(copied, ELSEWHERE))


def test_the_same_address_elsewhere_is_the_same_story() -> None:
    linked = bare(title="Worth reading", link="https://www.example.org/news/12?utm_source=other")
    assert same_story(one(STORY), one(linked, ELSEWHERE))
    assert not same(one(STORY), one(linked, ELSEWHERE))


def test_few_words_are_no_story() -> None:
    brief = bare(title="Talks resume in Istanbul again", summary="On Friday, reports say", published=NOW)
    assert same(one(brief), one(brief, OTHER_FEED))
    assert not same_story(one(brief), one(brief, ELSEWHERE))
