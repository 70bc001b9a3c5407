"""What is new of a story: the names, places and numbers that its earlier articles do not have, and their sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles import story_news
from monitor.articles.story_news import NAMED, news_of
from monitor.story_values import StoryNews
from tests.articles.events import FIRE, FIRE_IN_RUSSIAN, FIRE_TOLD_AGAIN, FIRE_TOLL, article

STRIKE = article(
    "Drone strikes school in Kharkiv",
    "A drone struck a school in Kharkiv on Monday. Nobody was hurt, President Volodymyr Zelensky said.",
)
STRIKE_IN_RUSSIAN = article("Беспилотник ударил по школе в Харькове", "Беспилотник ударил по школе в Харькове.", "ru")


@pytest.mark.parametrize(
    ("language", "title", "body", "named", "sentence"),
    [
        ("en", "More wounded", "Help came. Wounded in Sumy: 12 people now.", ("Sumy", "12 people"), 2),
        ("en", "More wounded", "The toll of wounded rose to 12, he said.", ("12",), 1),
        ("en", "Toll is 12", "The toll of wounded rose to 12, he said.", ("12",), 1),
        ("en", "More of it", "On Monday Governor Oleh Syniehubov came to it all.", ("Governor Oleh Syniehubov",), 1),
        ("en", "More Wounded In It", "Nobody was hurt there.", (), 0),
        ("en", "Aid is here", "It cost $300,000 and 12.5% of all of it.", ("$300,000", "12.5%"), 1),
        ("en", "Jets are here", "Two F-16 were seen in Kharkiv at 12:30 that day.", (), 0),
        ("en", "Days are here", "It was on 24 November or November 25 or 24.11.2026.", (), 0),
        ("de", "Mehr Verletzte", "Die Zahl der Verletzten ist auf 12 gestiegen, hieß es in Sumy.", ("12", "Sumy"), 1),
        ("ru", "Раненых больше", "Раненых уже 12 человек в Сумах.", ("12 человек", "Сумах"), 1),
        ("en", "Hurt are six people", "Two of them were in Kharkiv, dozens fled.", ("six people",), 0),
        ("ru", "Раненых больше", "Раненых уже шестеро, дежурит турецкая скорая в Сумах.", ("шестеро", "Сумах"), 1),
        ("ar", "ارتفاع عدد الجرحى", "ارتفع عدد الجرحى إلى ١٢ جريحا في سومي.", ("١٢ جريحا", "سومي"), 1),
    ],
)
def test_it_is_named_as_it_is_written(
    language: str, title: str, body: str, named: tuple[str, ...], sentence: int
) -> None:
    found = news_of(article(title, body, language), [STRIKE, STRIKE_IN_RUSSIAN])
    sentences = ["", *(f"{one.removesuffix('.')}." for one in body.split(". "))]
    assert found == StoryNews(named, sentences[sentence])


def test_who_wrote_it_and_where_is_no_news() -> None:
    found = news_of(article("More wounded", "From our reporter in Rome.\n\nWounded in Sumy: 12 people now."), [STRIKE])
    assert found == StoryNews(("Sumy", "12 people"), "Wounded in Sumy: 12 people now.")
    assert news_of(article(STRIKE.title, f"From our reporter in Rome.\n{STRIKE.body}"), [STRIKE]) == StoryNews()


def test_places_are_met_in_every_language_and_names_in_their_own() -> None:
    fire = [article(*FIRE_IN_RUSSIAN, "ru")]
    assert news_of(article(*FIRE_TOLL), fire).named == ("six", "Athens")
    assert news_of(article(*FIRE), fire) == StoryNews()
    captain = article("The captain", "Later on the captain Giorgos Papadakis was seen.")
    assert news_of(captain, fire) == StoryNews()
    assert news_of(captain, [article(*FIRE_TOLD_AGAIN)]).named == ("Giorgos Papadakis",)


def test_what_any_earlier_article_says_is_known_wherever_that_says_it() -> None:
    toll = article(*FIRE_TOLL)
    assert news_of(toll, [article(*FIRE)]).named == ("six", "Athens")
    further_on = article("Fire", f"{'It burned on and on. ' * 40}They lie in Athens, six of them.")
    assert news_of(toll, [article(*FIRE), further_on]) == StoryNews()
    assert news_of(toll, []) == StoryNews(), "of a story without earlier articles nothing is known to be new"


def test_the_sentence_is_the_one_that_says_most() -> None:
    body = "He spoke of Sumy again. In Poltava 12 people and in Odesa 31 are hurt. Rain fell in Lviv."
    found = news_of(article("More of it", body), [STRIKE])
    assert found.sentence == "In Poltava 12 people and in Odesa 31 are hurt."
    assert found.named == ("Poltava", "12 people", "Odesa", "31", "Sumy", "Lviv")
    many = ", ".join(f"{number} boats" for number in range(40, 80))
    assert len(news_of(article("More of it", f"Seen were {many}."), [STRIKE]).named) == NAMED


def test_a_sentence_that_was_cut_off_says_nothing() -> None:
    filler = "It went on and on as before. " * 103
    body = f"{filler}The number is now 120,000 of them."
    assert len(filler) < story_news._TEXT < len(body)
    assert news_of(article("More of it", body), [STRIKE]) == StoryNews()


@pytest.mark.parametrize("end", ["Amalia St", "Amalia Star Bo", "Amalia St…", "12", "120 wou"])
def test_half_a_word_where_a_text_breaks_off_is_no_name(end: str) -> None:
    body = f"In Sumy they said on Monday that a ship had come through the night, and it is the freighter {end}"
    found = news_of(article("More of it", body), [STRIKE])
    assert found.named[0] == "Sumy"
    assert not {"Amalia", "St", "12", "wou"} & {word for one in found.named for word in one.split()}
    assert "Amalia" not in found.sentence
    whole = news_of(article("More of it", f"{body} is there."), [STRIKE])
    assert not end.startswith("Amalia Star") or "Amalia Star" in whole.named


@pytest.mark.parametrize(
    "text", ["", "\ud800" * 9_000, "12 \u202e" * 9_000, "A" * 10**6, "1" * 10**6, "Sumy " * 10**5, "\n" * 10**6]
)
def test_hostile_text_is_bounded(text: str) -> None:
    for found in (news_of(article(text, text), [STRIKE]), news_of(STRIKE, [article(text, text)])):
        assert len(found.named) <= NAMED
        assert all(0 < len(one) <= 60 for one in found.named)
        assert len(found.sentence) <= 1_000


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=120), st.sampled_from(["en", "ru", "de", ""]))
def test_what_is_named_stands_in_the_article_and_not_in_itself(title: str, body: str, before: str, tag: str) -> None:
    told = article(title, body, tag)
    found = news_of(told, [article(before, before, "en")])
    assert all(one in title or one in body for one in (*found.named, found.sentence))
    assert bool(found.named) or not found.sentence
    assert news_of(told, [told]) == StoryNews()
