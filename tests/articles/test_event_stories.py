"""Which story an article is of by its event, and whether it says something new."""

from __future__ import annotations

from monitor.articles.event_stories import KEYS, MEMBERS, Events, event_keys, likeliest_articles
from monitor.event_values import EventText, KnownEvents
from tests.articles.events import (
    BUDGET,
    FIRE,
    FIRE_IN_RUSSIAN,
    FIRE_TOLD_AGAIN,
    FIRE_TOLL,
    OTHER_FIRE,
    rarity,
    signs,
    text,
)

ROUND_UP = ("Week in review: ferry fire, warehouse", f"{FIRE[1]} {OTHER_FIRE[1]}")
MIXTURE = ("Ferry and warehouse burn", f"{FIRE[1]} {OTHER_FIRE[1]}")


def _events(*known: EventText) -> Events:
    events = Events(KnownEvents(), rarity())
    for one in known:
        events.add(one)
    return events


def test_an_article_joins_the_story_of_its_event_in_any_language() -> None:
    events = _events(text(1, FIRE), text(2, OTHER_FIRE))
    for said, language in ((FIRE_TOLD_AGAIN, "en"), (FIRE_IN_RUSSIAN, "ru")):
        link = events.find(text(3, said, hours=2, language=language))
        assert link
        assert (link.of_article_id, link.story_id, link.is_new) == (1, 1, False)
        assert 0.5 <= link.score <= 1
        assert {"212", "chios", "stavros", "ставрос"} & set(link.why)


def test_another_event_and_one_long_ago_are_no_story() -> None:
    assert _events(text(1, FIRE)).find(text(2, OTHER_FIRE, hours=1)) is None
    assert _events(text(1, FIRE)).find(text(2, FIRE_TOLD_AGAIN, hours=24 * 5)) is None


def test_a_page_of_many_events_joins_nothing_and_nothing_joins_it() -> None:
    events = _events(text(1, FIRE), text(2, ROUND_UP))
    assert events.find(text(3, ROUND_UP)) is None
    link = events.find(text(4, FIRE_TOLD_AGAIN))
    assert link
    assert link.of_article_id == 1
    assert events.add(text(3, ROUND_UP)) == []


def test_an_article_that_has_something_of_two_stories_makes_no_one_of_them() -> None:
    events = _events(text(1, FIRE), text(2, OTHER_FIRE))
    mixed = text(3, MIXTURE, hours=1)
    link = events.find(mixed)
    events.add(mixed._replace(story_id=link.story_id if link else 3))
    told_again, other = events.find(text(4, FIRE_TOLD_AGAIN, hours=2)), events.find(text(5, OTHER_FIRE, hours=1))
    assert told_again
    assert other
    assert told_again.story_id != other.story_id


def test_the_story_that_it_is_most_alike_wins_whatever_the_order() -> None:
    stories = [text(1, FIRE), text(2, FIRE_IN_RUSSIAN, language="ru", story=1), text(3, OTHER_FIRE)]
    for known in (stories, stories[::-1]):
        link = _events(*known).find(text(4, FIRE_TOLD_AGAIN, hours=3))
        assert link
        assert link.story_id == 1


def test_a_story_of_thousands_is_compared_by_a_few() -> None:
    events = Events(KnownEvents(), rarity())
    for number in range(1, 400):
        events.add(text(number, FIRE if number < 300 else FIRE_TOLL, hours=number / 100, story=1))
    kept = events.kept(1)
    assert len(kept) == MEMBERS
    assert kept[0] == 1
    assert kept[-1] == 399
    assert events.find(text(500, FIRE_TOLD_AGAIN, hours=5))


def test_keys_are_few_and_the_rarest() -> None:
    one, rare = signs(FIRE), rarity()
    assert 10 < len(event_keys(one, rare)) <= KEYS
    for _ in range(500):
        rare.see(key for sign in one.signs[:3] for key in sign.keys)
    common = {key for sign in one.signs[:3] for key in sign.keys}
    assert not common & set(event_keys(one, rare))
    assert event_keys(signs(ROUND_UP), rare) == []


def test_only_few_articles_are_looked_at_those_with_most_in_common() -> None:
    keys = [8 * number for number in range(9)]
    by_key = {key: list(range(position + 1)) for position, key in enumerate(keys)}
    assert likeliest_articles(keys, by_key, rarity())[:3] == [0, 1, 2]
    assert len(likeliest_articles(keys, {key: range(200) for key in keys}, rarity())) == 8


def test_a_text_that_no_longer_fits_its_story_is_told() -> None:
    events = _events(text(1, FIRE), text(2, FIRE_TOLD_AGAIN, story=1))
    assert events.fit(text(3, FIRE_IN_RUSSIAN, language="ru", story=1)) >= 1
    assert events.fit(text(3, OTHER_FIRE, story=1)) < 0.8
    assert events.fit(text(9, OTHER_FIRE)) == 1


def test_it_starts_from_what_is_stored() -> None:
    stored = text(1, FIRE)
    known = KnownEvents({key: [1] for key in event_keys(stored.signs, rarity())}, {1: stored})
    link = Events(known, rarity()).find(text(2, FIRE_TOLD_AGAIN, hours=1))
    assert link
    assert link.story_id == 1


def test_what_they_mean_may_decide_only_about_near_articles_whose_signs_leave_it_open() -> None:
    known = [text(1, FIRE), text(2, BUDGET), text(3, FIRE, hours=-24 * 5)]
    assert [one.article_id for one in _events(*known).undecided(text(4, OTHER_FIRE))] == [1]
    many = [text(number, FIRE, story=number) for number in range(1, 9)]
    assert len(_events(*many).undecided(text(10, OTHER_FIRE))) == 4
    assert _events(text(1, FIRE)).undecided(text(2, FIRE)) == []


def test_the_likeness_in_meaning_is_said() -> None:
    first, second = (one._replace(signs=one.signs._replace(meaning=b"\x7f")) for one in (text(1, FIRE), text(2, FIRE)))
    link = _events(first).find(second)
    assert link
    assert link.why[-1] == "likeness in meaning 1.00"


def test_the_nearest_story_is_named_with_what_is_lacking() -> None:
    events = _events(text(1, FIRE), text(2, BUDGET))
    near = events.nearest(text(3, OTHER_FIRE, hours=1))
    assert near
    assert (near.story_id, near.of_article_id) == (1, 1)
    assert near.lacks.startswith("alike by 0.")
    assert "212" in near.shared
    joined = events.nearest(text(3, FIRE_TOLD_AGAIN))
    assert joined
    assert (joined.story_id, joined.lacks) == (1, "")
    assert events.nearest(text(3, BUDGET, hours=24 * 5)) is None, "it was too long ago"
    assert _events(text(1, BUDGET)).nearest(text(3, FIRE)) is None, "nothing is alike"


def test_a_story_that_is_near_by_one_article_alone_is_lacking_the_others() -> None:
    unlike = [text(number, BUDGET, story=1) for number in range(2, 9)]
    near = _events(text(1, FIRE), *unlike).nearest(text(9, FIRE_TOLD_AGAIN))
    assert near
    assert "which is enough, but by 0." in near.lacks
    assert near.lacks.endswith("on average to the articles of that story, where 0.60 is needed")


def test_what_has_the_wording_of_another_is_near_and_lacks_words_of_its_own() -> None:
    report = "Flight {} from {} to Chios was late by {} minutes on Monday since the captain was ill, the airport said."
    one, other = (("Flight delayed", report.format(*of)) for of in (("A212", "Lyon", 35), ("B390", "Athens", 48)))
    near = _events(text(1, one)).nearest(text(2, other))
    assert near
    assert near.lacks == "one has the wording of the other, as reports of one form or series have"
