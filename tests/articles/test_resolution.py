"""As many pieces as were published, whatever happens to ids, links, words and times; and each reading by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles import address_keys
from monitor.articles.resolution import ResolutionReason
from monitor.model import Entry
from tests.articles.known_articles import HERE, NOW, KnownArticles, entry
from tests.articles.newsroom import CHANGES, Change, Newsroom


@settings(max_examples=150, deadline=None)
@given(st.lists(CHANGES, max_size=25))
def test_there_are_as_many_pieces_as_were_published_under_every_change(changes: list[Change]) -> None:
    room, known = Newsroom(), KnownArticles()
    number: dict[int, int] = {}
    for change in [None, *changes]:
        if change:
            room.change(change)
        met = known.show(room.page(), later=100)
        for at, id_ in zip(room.shown, met, strict=True):
            assert number.setdefault(at, id_) == id_, (change, at)
        leads = dict(known.memory.targets)
        assert known.show(room.page(), later=100) == met
        assert known.memory.targets == leads
    assert len(set(number.values())) == len(number) == len(known.memory.articles)
    for at, piece in enumerate(room.pieces):
        if piece.link and room.is_alone(piece.link):
            (key,) = address_keys(HERE.outlet, f"https://example.org{piece.link}")
            assert known.memory.targets[key].article_id == number[at]


WHEAT = "Peskov spoke of wheat exports to distant lands at length on Monday morning"
SATELLITES = "Quite another piece: the council commented on satellites over the northern sea"
PLANE = "A passenger plane lands safely after engine trouble"
FIXED = "What to know about the currency this morning and why it matters to you"
TAG, RANDOM = "tag:example.org,2026:1", ("a81bc81b-dead-4e5d", "16fd2706-8baf-433b", "7d444840-9dc0-11d1")
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0)


def hours(number: float) -> datetime:
    """So many hours later than what has no other time."""
    return NOW + timedelta(hours=number)


def templated(names: str) -> list[Entry]:
    """Pieces whose ids are their places, and whose words differ in a letter."""
    text = "Words special to the matter {0} and to no other"
    return [
        entry(f"Peskov on matter {name}", f"/{name}", f"item-{at}", text.format(name))
        for at, name in enumerate(names, 1)
    ]


def bare(names: str) -> list[Entry]:
    """Pieces with a word each, whose ids are their places, without link and date."""
    return [entry(f"Peskov {name}", "", f"item-{at}", at=None) for at, name in enumerate(names)]


def several(link: str, id_: str, *, at: datetime | None = NOW) -> list[Entry]:
    """Three pieces, whose links and ids have their numbers in them."""
    words = ("wheat of the south", "ships of the north", "rails of the west")
    return [
        entry(f"A title about {word} today", link.format(n), id_.format(n), f"{word} and {SATELLITES}", at)
        for n, word in enumerate(words)
    ]


# Pages one after the other, and how many pieces they are.
ONE_PIECE = {
    "a new headline makes a new link": [
        [entry("Three dead in Kyiv blast", "/three-dead", TAG, WHEAT)],
        [entry("Five dead in Kyiv blast", "/five-dead", TAG, f"{WHEAT} and more")],
    ],
    "a new headline, link and date": [
        [entry("Three dead in Kyiv blast", "/three-dead", TAG, WHEAT)],
        [entry("Five dead in Kyiv blast", "/five-dead", TAG, f"{WHEAT} and more", hours(1))],
    ],
    "a live page that changes wholly": [
        [entry("War live: day 1001", "/live/1", "12345", WHEAT)],
        [entry("A wholly rewritten heading", "/live/1", "12345", SATELLITES, hours(9))],
    ],
    "one id for good, which is the link": [
        [entry("Alpha", "/weekly/47", "https://example.org/weekly/47", WHEAT)],
        [entry("Something else", "/weekly/47", "https://example.org/weekly/47", SATELLITES, hours(168))],
    ],
    "a text that grew under a later date": [
        [entry("Blast", "/1", TAG, WHEAT)],
        [entry("Blast", "/1", TAG, f"{WHEAT}. {SATELLITES}", hours(5))],
    ],
    "a correction": [
        [entry("Wheat exports rise", "/1", "1", WHEAT)],
        [entry("Correction: wheat exports fall", "/1", "1", f"{WHEAT} fixed")],
    ],
    "a mobile copy": [
        [entry("Weather", "http://www.example.org/w/1", "", WHEAT)],
        [entry("Weather!", "https://m.example.org/amp/w/1", "", WHEAT)],
    ],
    "an id made up at every poll": [[entry("Piece", "/1", id_, WHEAT)] for id_ in RANDOM],
    "an id made up, a text edited and dated anew": [
        [entry("Piece", "/1", RANDOM[0], WHEAT)],
        [entry("Piece, corrected", "/1", RANDOM[1], f"{WHEAT} extra", hours(1))],
    ],
    "a link with a session": [
        [entry("Piece", f"/1;jsessionid={id_}?PHPSESSID={id_}", "", WHEAT, None)] for id_ in RANDOM
    ],
    "a link with what only the site knows": [[entry("Piece", f"/1?zz={id_}", "id-7", WHEAT)] for id_ in RANDOM],
    "fragments that say how the reader came": [
        [entry("Notes", "/notes#xtor=RSS-1", "", WHEAT)],
        [entry("Notes", "/notes#xtor=RSS-2", "", WHEAT)],
        [entry("Notes", "/notes", "", f"{WHEAT} more")],
    ],
    "reissued with another text": [
        [entry("Talks may resume next week - Example Times", "/x/1", "AAA1", WHEAT)],
        [entry("Talks may resume next week - Example Times", "/x/2", "BBB2", SATELLITES)],
    ],
    "reissued, without a time": [
        [entry("Talks may resume next week - Example Times", "/x/1", "AAA1", WHEAT, MIDNIGHT)],
        [entry("Talks may resume next week - Example Times", "/x/2", "BBB2", WHEAT[:40], MIDNIGHT)],
    ],
    "listed under two headings": [[entry("Sirens", "/a/1", "9", WHEAT), entry("Sirens", "/b/1", "8", WHEAT)]],
}
SEVERAL = {
    "a site that moved": (3, [several("/?p={}", "?p={}"), several("/2026/slug-{}", "new-{}")]),
    "a site without dates that moved": (
        3,
        [several("/?p={}", "?p={}", at=None), several("/2026/slug-{}", "new-{}", at=None)],
    ),
    "ids made up for a page, dated anew for days": (
        3,
        [several("/{}", f"{id_}-{{}}", at=hours(30 * day)) for day, id_ in enumerate(RANDOM)],
    ),
    "sessions in a page without dates": (3, [several(f"/{{}}?zz={id_}", "", at=None) for id_ in RANDOM]),
    "places for ids, templates for words": (6, [templated("ABC"), templated("DAB"), templated("FED")]),
    "places for ids, and an edit of all": (
        4,
        [templated("ABC"), [one._replace(summary=f"{one.summary}, updated") for one in templated("DAB")]],
    ),
    "one of two at a link, rewritten": (
        2,
        [
            [entry("Peskov one", "/live", "h1", WHEAT)],
            [entry("Peskov two", "/live", "h2", SATELLITES, hours(1))],
            [entry("Another heading", "/live", "h1", "Neither of both any more, entirely", hours(2))],
        ],
    ),
    "places for ids, and nothing else": (5, [bare("ABC"), bare("DAB"), bare("EDA")]),
    "two that change ids": (
        2,
        [
            [entry("Alpha", "/1", "a", WHEAT), entry("Beta", "/2", "b", SATELLITES)],
            [entry("Alpha", "/1", "b", WHEAT), entry("Beta", "/2", "a", SATELLITES)],
        ],
    ),
    "one that takes the id of one and the link of another": (
        3,
        [
            [entry("Alpha", "/1", "a", WHEAT), entry("Beta", "/2", "b", SATELLITES)],
            [entry("Gamma", "/2", "a", "Nothing like either in any respect whatsoever", hours(2))],
        ],
    ),
    "translations": (
        2,
        [
            [entry("Peskov spoke of wheat", "/a?lang=en", TAG, WHEAT)],
            [
                entry(
                    "Песков о пшенице", "/a?lang=ru", TAG, "Песков долго рассказывал о вывозе пшеницы в дальние страны"
                )
            ],
        ],
    ),
    "a link that is none": (
        3,
        [
            [entry("Monday notes", "/N/A", "", WHEAT)],
            [entry("Tuesday things", "/N/A", "", SATELLITES, hours(24)), entry("Monday notes", "/N/A", "", WHEAT)],
            [
                entry("A third", "/N/A", "", "Yet more", hours(25)),
                entry("Tuesday things", "/N/A", "", SATELLITES, hours(24)),
            ],
        ],
    ),
    "a link that is none, and only a word each": (
        3,
        [
            [entry("Monday notes", "/N/A", at=None)],
            [entry("Tuesday things", "/N/A", at=None), entry("Monday notes", "/N/A", at=None)],
            [entry("A third", "/N/A", at=None)],
        ],
    ),
    "what stands on a page that stays, without dates": (
        2,
        [[entry("Grain harvest beats every record", "/live", at=None)], [entry(PLANE, "/live", at=None)]],
    ),
    "what stands on a page that stays, which is its id": (
        2,
        [
            [entry("Grain harvest beats every record", "/live", "https://example.org/live", at=None)],
            [entry(PLANE, "/live", "https://example.org/live", at=None)],
        ],
    ),
    "what stands on a page that stays, with dates": (
        2,
        [
            [entry("Grain harvest beats every record", "/live", "https://example.org/live", WHEAT)],
            [entry(PLANE, "/live", "https://example.org/live", SATELLITES, hours(1))],
        ],
    ),
    "the same words within the hour": (
        2,
        [[entry("Sirens", f"/ch/90{n}", f"https://example.org/ch/90{n}", WHEAT, hours(n / 2))] for n in range(2)],
    ),
    "the same words without dates": (
        2,
        [[entry("Sirens", f"/ch/90{n}", f"https://example.org/ch/90{n}", WHEAT, None)] for n in range(2)],
    ),
}
# Two pieces, each of a story of its own.
TWO_STORIES = {
    "a bulletin with fixed words": [
        [entry("Dollar rate for today", f"/r/{day}", f"r{day}", FIXED, hours(24 * day))] for day in range(2)
    ],
    "a long bulletin with fixed words": [
        [entry("Dollar rate for today", f"/r/{day}", f"r{day}", f"{FIXED} {WHEAT} {SATELLITES} " * 2, hours(24 * day))]
        for day in range(2)
    ],
    "a daily post at one link": [
        [entry("Weather in Kyiv", "/weather", "w-20261128-kyiv-1", "Rain and +5, wind from the west")],
        [entry("Weather in Kyiv", "/weather", "w-20261129-kyiv-1", "Sun and +7, wind from the west", hours(24))],
    ],
    "numbers used again every week": [
        [entry("Peskov on wheat", "/47/3", "3", WHEAT)],
        [entry("Peskov on satellites", "/48/3", "3", SATELLITES, hours(168))],
    ],
    "one title for other words": [
        [entry("Weather in Kyiv", "/w/1", "monday", WHEAT)],
        [entry("Weather in Kyiv", "/w/2", "monday", SATELLITES, hours(168))],
    ],
    "a word under an id used again": [[entry("Sirens", "/1", "a1", at=None)], [entry("Calm", "/2", "a1", at=None)]],
    "the same word again": [[entry("Sirens", "/1", "a1")], [entry("Sirens", "/2", "a2", at=hours(1))]],
    "days of one page": [
        [entry("Monday notes", "/notes#monday", "", WHEAT)],
        [entry("Tuesday things", "/notes#tuesday", "", SATELLITES, hours(24))],
    ],
    "incidents of one page": [
        [entry("Peskov service: investigating", "/incidents", "inc-0123456789-1", "We look into slow answers.")],
        [entry("Peskov service: other trouble", "/incidents", "inc-0123456789-2", "Mail is late.", hours(0.5))],
    ],
    "incidents of a day": [
        [entry("Peskov service: investigating", "/incidents", "inc-0123456789-1", "We look into it.", MIDNIGHT)],
        [entry("Peskov service: other trouble", "/incidents", "inc-0123456789-2", "Mail is late.", MIDNIGHT)],
    ],
    "episodes at one address": [
        [entry("Episode one", "/latest.mp3", "ep-1", WHEAT)],
        [entry("Episode two", "/latest.mp3", "ep-2", SATELLITES, hours(24))],
    ],
    "a page that is all that a piece states": [
        [entry("Monday notes", "/notes", "", WHEAT)],
        [entry("Tuesday things", "/notes", "", SATELLITES, hours(24))],
    ],
    "an id that comes with half of the words": [
        [entry("Peskov on wheat", "/w", "g9", "exports towards distant southern lands, minister announced")],
        [entry("Peskov on barley", "/b", "g9", "exports towards distant northern towns, minister denied", hours(1))],
    ],
    "an id that comes with related words": [
        [entry("Peskov on wheat", "/w", "g9", "Peskov spoke of wheat exports to distant lands at length")],
        [entry("Peskov on barley", "/b", "g9", "Peskov spoke of barley imports from near towns in brief", hours(1))],
    ],
}


def shown(pages: Sequence[Sequence[Entry]]) -> KnownArticles:
    """What is known once these were shown, each when its newest article came out, and again without a change."""
    known = KnownArticles()
    for page in pages:
        dates = [one.published for one in page if one.published]
        later = max([NOW, *dates]) - NOW
        met = known.show(page, later=later / timedelta(hours=1))
        assert known.show(page, later=later / timedelta(hours=1) + 0.1) == met
    return known


@pytest.mark.parametrize("name", ONE_PIECE)
def test_one_piece_stays_one(name: str) -> None:
    assert len(shown(ONE_PIECE[name]).stories) == 1


@pytest.mark.parametrize("name", SEVERAL)
def test_several_pieces_stay_so_many(name: str) -> None:
    count, pages = SEVERAL[name]
    assert len(shown(pages).stories) == count


@pytest.mark.parametrize("name", TWO_STORIES)
def test_another_piece_is_another_story(name: str) -> None:
    pages = TWO_STORIES[name]
    assert len(set(shown(pages).stories.values())) == 2
    both = [[*pages[1], *pages[0]]]
    assert len(shown(pages[:1] + both).stories) == 2


def test_ids_that_are_made_up_at_every_poll_are_not_kept() -> None:
    known = KnownArticles()
    for id_ in RANDOM:
        known.show(several("/{}", f"{id_}-{{}}"))
    assert len(known.memory.targets) == len(known.memory.articles) * 3


def test_a_deleted_piece_is_met_again_only_where_nothing_contradicts_it() -> None:
    known = KnownArticles()
    known.show([entry("Alpha", "/1", TAG, WHEAT)])
    known.memory.articles[1] = None
    known.memory.shown.clear()
    assert known.show([entry("Alpha", "/1", TAG, WHEAT)]) == [1]
    assert known.show([entry("Beta", "/1", "tag:example.org,2026:2", SATELLITES, hours(1))]) == [2]


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (entry("Alpha", "/1", "a", SATELLITES), ResolutionReason.NAMED),
        (entry("Alpha", "/2", "a", WHEAT), ResolutionReason.EXACT),
        (entry("Alpha", "/2", "a", f"{WHEAT} more"), ResolutionReason.SAME_MOMENT),
        (entry("Alpha", "/2", "a", f"{WHEAT} more", hours(1)), ResolutionReason.ALIKE),
        (entry("Beta", "/2", "a", SATELLITES, hours(1)), ResolutionReason.OTHER_WORDS),
        (entry("Alpha", "/1", "b", f"{WHEAT} more", hours(30)), ResolutionReason.OTHER_TIME),
        (entry("Beta", "/2", "b", SATELLITES, hours(1)), ResolutionReason.UNKNOWN),
    ],
)
def test_a_verdict_says_why(later: Entry, reason: ResolutionReason) -> None:
    known = KnownArticles()
    known.show([entry("Alpha", "/1", "a", WHEAT)])
    known.show([later], later=40)
    assert known.reasons == [reason]


@pytest.mark.parametrize(("count", "is_renamed"), [(1, False), (2, True)])
def test_two_known_texts_under_new_names_mean_that_the_feed_renames_its_page(count: int, is_renamed: bool) -> None:
    known, texts = KnownArticles(), [" ".join(f"word{number}x{at}" for at in range(12)) for number in range(count)]
    first, second = ([entry(one, f"/{n}/{one[:6]}", f"{n}{one}", one, None) for one in texts] for n in "ab")
    assert (known.show(first) == known.show(second)) is is_renamed
