"""Whether a page under new names is a moved feed, which shows what it showed, or says the same of something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from monitor.articles import moved_articles, restless_links
from monitor.model import Article
from tests.articles.known_articles import NOW

_SUBJECTS = ("harbour", "council", "bridge", "museum", "railway", "orchard", "glacier", "senator")
LAST_READ = NOW + timedelta(minutes=1)
"""When the feed was read before: right after it had published all of `BEFORE`."""


def article(
    subject: str, published: datetime | None, *, title: str = "The new minister speaks at length about the", **said: str
) -> Article:
    return Article("example", f"https://example.org/{subject}", f"{title} {subject}", published=published, **said)


BEFORE = {at: article(subject, NOW - timedelta(minutes=40 * at, seconds=at)) for at, subject in enumerate(_SUBJECTS, 1)}
Dated = Callable[[datetime], datetime | None]


def page_of(dated: Dated) -> list[Article]:
    """All that was shown before, at other addresses and dates."""
    return [one._replace(url=f"{one.url}/new", published=dated(one.published or NOW)) for one in BEFORE.values()]


def moved(page: Sequence[Article], before: dict[int, Article] = BEFORE, *, known: int = 0) -> dict[int, int]:
    """Which stored article each of the page is, of which the first so many are known by their keys."""
    return moved_articles(page, [at >= known for at in range(len(page))], before, LAST_READ)


ALL = dict(enumerate(BEFORE))


@pytest.mark.parametrize(
    "dated",
    [
        lambda at: at,
        lambda at: None,
        lambda at: at + timedelta(hours=1),
        lambda at: at - timedelta(hours=3),
        lambda at: LAST_READ + timedelta(minutes=9),
        lambda at: LAST_READ + timedelta(minutes=9, seconds=at.minute),
    ],
    ids=["as before", "none", "an hour ahead", "three hours behind", "of the import", "of a slow import"],
)
def test_what_was_shown_is_known_whatever_dates_it_has_now(dated: Dated) -> None:
    assert moved(page_of(dated)) == ALL


@pytest.mark.parametrize("hours", [1, 2, 24, 25])
def test_what_comes_again_under_its_titles_each_hour_or_day_is_new(hours: float) -> None:
    programme = {id_: one._replace(published=NOW) for id_, one in BEFORE.items()}
    later = NOW + timedelta(hours=hours)
    assert moved([one._replace(published=later) for one in programme.values()], programme) == {}
    # So it is where it does not come all at once: the whole schedule is so much later.
    schedule = {id_: one._replace(published=NOW - timedelta(minutes=id_)) for id_, one in BEFORE.items()}
    assert (
        moved([one._replace(published=later - timedelta(minutes=id_)) for id_, one in schedule.items()], schedule) == {}
    )


def test_of_a_moved_feed_a_title_that_recurs_is_new() -> None:
    daily = article("today", NOW - timedelta(days=1), title="Morning briefing from our newsroom of")
    page = [
        daily._replace(url="https://example.org/b/2", published=NOW + timedelta(minutes=30)),
        *page_of(lambda at: at),
    ]
    assert moved(page, {9: daily} | BEFORE) == {at + 1: id_ for at, id_ in ALL.items()}
    # So it is where the outlet had it twice, whatever it is dated.
    page[0] = page[0]._replace(published=None)
    assert 0 not in moved(page, {9: daily, 10: daily} | BEFORE)
    assert moved([*page, page[0]], {9: daily} | BEFORE).keys() == {at + 1 for at in ALL}


def test_a_few_titles_among_others_prove_nothing() -> None:
    others = [article(f"{subject}s", NOW, title="Others tell something else about") for subject in _SUBJECTS]
    page = page_of(lambda at: at)
    assert moved(page[:2]) == {}
    assert moved([*page[:4], *others[:4]]) == {}
    assert moved([*page[:5], *others[:4]]) == {at: id_ for at, id_ in ALL.items() if at < 5}


def test_titles_of_few_words_prove_nothing() -> None:
    before = {id_: one._replace(title=f"Weather at {one.title.split()[-1]}") for id_, one in BEFORE.items()}
    page = [one._replace(url=f"{one.url}/2") for one in before.values()]
    assert moved(page, before) == {}
    text = "The wind comes from the west and it rains."
    assert (
        moved([one._replace(body=text) for one in page], {id_: one._replace(body=text) for id_, one in before.items()})
        == ALL
    )


def test_a_summary_may_come_or_go_but_not_say_something_else() -> None:
    told = [one._replace(body="It took two hours.") for one in page_of(lambda at: at)]
    assert moved(told) == ALL
    assert moved(told, {id_: one._replace(body="It took two hours!") for id_, one in BEFORE.items()}) == ALL
    assert moved(told, {id_: one._replace(body="It took 2.5 hours.") for id_, one in BEFORE.items()}) == {}


def test_what_its_id_or_link_names_is_left_to_them() -> None:
    assert moved(page_of(lambda at: at), known=2) == {at: id_ for at, id_ in ALL.items() if at >= 2}
    assert moved(page_of(lambda at: at), known=4) == {}


# --- links with a query that counts places or requests ----------------------------------------------------------


def linked(path: str, subject: str, *, title: str = "Minister speaks about", at: datetime | None = None) -> Article:
    return Article("example", f"https://example.org{path}", f"{title} {subject}", published=at)


SLUGS = {1: linked("/2026/one?from=main_1", "one"), 2: linked("/a-b-two?from=main_2", "two")}


def restless(page: Sequence[Article], before: dict[int, Article]) -> dict[int, int]:
    return restless_links(page, [True] * len(page), before)


def test_another_query_is_no_other_article() -> None:
    page = [linked("/2026/new?from=main_1", "new"), linked("/2026/one?from=main_2", "one"), linked("/a-b-two", "two")]
    assert restless(page, SLUGS) == {1: 1, 2: 2}
    # Of what was stored twice before, it is the latest.
    assert restless(page, SLUGS | {7: SLUGS[1]._replace(url="https://example.org/2026/one?from=main_9")})[1] == 7
    assert restless_links(page, [True, False, True], SLUGS) == {}, "one alone may be a new edition"


@pytest.mark.parametrize(
    "page",
    [
        [linked("/2026/one?from=main_2", "three")],
        [linked("/2026/one?from=main_2", "one")._replace(url="https://other.example/2026/one?from=main_2")],
        [linked("/2026/one?p=1", "one"), linked("/2026/one?p=2", "one")],
        [linked("/2026/one?p=2", "one")._replace(body="It says something.")],
        [linked("/2026/one?p=2", "one", at=NOW)],
    ],
    ids=["another title", "another host", "two at one path", "another text", "a day later"],
)
def test_what_says_that_it_is_another_is_another(page: list[Article]) -> None:
    before = {1: SLUGS[1]._replace(body="It says.", published=NOW - timedelta(days=1))}
    assert restless(page, before) == {}


def test_a_path_that_names_no_article_needs_a_whole_page() -> None:
    before = {
        at: linked(f"/weather?date={at}", f"town {at}")._replace(url=f"https://example.org/w{at}?d=1")
        for at in (1, 2, 3)
    }
    page = [one._replace(url=one.url.replace("d=1", "d=2")) for one in before.values()]
    assert restless(page, before) == {0: 1, 1: 2, 2: 3}
    assert restless(page[:2], before) == {}
    assert restless([linked("/?p=2", "front")], {1: linked("/?p=1", "front")}) == {}
