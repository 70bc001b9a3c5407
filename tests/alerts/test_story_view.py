"""What a message tells of one story: its newest development first, others with their own words, and who has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alerts import AlertContent, view_of
from monitor.channels.chat_text import chat_lines, plain_text
from monitor.model import Item, Kind
from monitor.story_values import StoryNews
from tests.alerts.letters import ARTICLES, bodies, item, letter, render

NEWS = {1: StoryNews(("Istanbul",), "Istanbul is ready."), 4: StoryNews(("Kyiv", "12 people"), "Kyiv said nothing.")}


def known(number: int, *rules: str, edit_of: int = 0) -> Item:
    return replace(item(number, *(rules or ("Peskov",)), story=7), develops=not edit_of, edit_of=edit_of)


def told(*items: Item, **more: object) -> AlertContent:
    return replace(letter(*items, thread="story:7", news=NEWS), **more)  # type: ignore[arg-type]


# Article 1 is the newest, then 2, 3, 4, 5 and 6, of an outlet each.
@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.DIGEST])
def test_of_several_developments_the_newest_heads_the_message_and_the_others_say_what_is_new_in_each(
    kind: Kind,
) -> None:
    content = told(known(4), known(1), known(2))
    content = replace(content, alert=replace(content.alert, kind=kind))
    (story,) = view_of(content).stories
    assert (story.outlet, story.news.named) == ("TASS", ("Istanbul",))
    assert [one.outlet for one in story.further] == ["الواحة", "The Courier"]
    assert [one.news.named for one in story.further] == [(), ("Kyiv", "12 people")]
    assert [one.text for one in story.further[1].quotes] == ["Dmitry Peskov gave no date for the Istanbul talks."]
    assert (story.others, story.spread) == ((), "")
    mail = render(content)
    chat = plain_text(chat_lines(view_of(content), lambda lines: True))
    for text in (*bodies(mail), chat):
        assert text.index("Истанбул" if "Истанбул" in text else "Стамбуле") < text.index("No date yet")
        assert all(said in text for said in ("Kyiv", "12 people", "Kyiv said nothing.", "Probably new in a story"))
        assert "https://courier.example.org/2026/40" in text


def test_in_a_digest_an_article_of_the_rule_in_the_heading_comes_first() -> None:
    items = (known(1, "Istanbul talks"), known(4), replace(item(5, "Peskov"), story_id=8))
    (story,) = [
        one for one in view_of(told(*items, alert=letter(*items, kind=Kind.DIGEST).alert)).stories if one.story_id == 7
    ]
    assert (story.outlet, [one.outlet for one in story.further]) == ("The Courier", ["TASS"])


def test_an_edit_beside_a_development_is_told_after_it() -> None:
    before = {1: ARTICLES[1]._replace(title="Песков молчит")}
    (story,) = view_of(told(known(1, edit_of=1), known(4), before=before)).stories
    assert (story.outlet, story.develops, story.edited) == ("The Courier", True, False)
    (edit,) = story.further
    assert (edit.edited, bool(edit.changes)) == (True, True)


def test_three_others_are_told_and_the_rest_named() -> None:
    (story,) = view_of(told(*map(known, (1, 2, 3, 4, 5, 6)))).stories
    assert [one.outlet for one in story.further] == ["الواحة", "Sahil Gazetesi", "The Courier"]
    assert [one.outlet for one in story.others] == ["Abendpost", "Дзвін"]
    named = replace(told(*map(known, (1, 2, 3, 4, 5, 6))), news={5: StoryNews(("38 people",)), 6: StoryNews()})
    assert [one.news for one in view_of(named).stories[0].others] == [("38 people",), ()]
    text, html = bodies(render(named))
    assert "Probably new: 38 people\n  https://" in text
    assert "Probably new: <bdi" in html
    assert ">38 people</bdi>" in html
    chat = plain_text(chat_lines(view_of(named), lambda lines: True))
    assert ": 38 people" in chat
    short = story.limited(1)
    assert (len(short.others), len(short.further), short.more_others) == (1, 1, 3)


def test_outlets_that_have_a_story_besides_are_counted_without_the_one_that_is_quoted() -> None:
    again = ARTICLES[6]._replace(outlet="tass")
    content = told(known(1), *(replace(item(n, "Peskov"), story_id=7) for n in (2, 6)), articles={**ARTICLES, 6: again})
    (story,) = view_of(content).stories
    assert story.spread == ""
    copies = {7: [ARTICLES[1], ARTICLES[2], ARTICLES[3], ARTICLES[4]]}
    (story,) = view_of(told(known(1), copies=copies)).stories
    assert story.spread == "3 outlets in 3 languages"


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.DIGEST])
def test_a_story_that_begins_and_goes_on_in_one_message_is_headed_by_its_newest_development(kind: Kind) -> None:
    # Articles 6 and 5 began it, 4 and 1 say more.
    content = told(*(replace(item(number, "Peskov"), story_id=7) for number in (6, 5, 4, 1)))
    content = replace(content, alert=replace(content.alert, kind=kind))
    (story,) = view_of(content).stories
    assert (story.outlet, story.develops, story.news.named) == ("TASS", False, ("Istanbul",))
    assert [one.outlet for one in story.further] == ["The Courier", "Дзвін"]
    assert [one.news.named for one in story.further] == [("Kyiv", "12 people"), ()]
    assert [one.outlet for one in story.others] == ["Abendpost"]
    chat = plain_text(chat_lines(view_of(content), lambda lines: True))
    for said in (*bodies(render(content)), chat):
        assert said.count("Probably new since the story began") == 2
        assert "that you know" not in said


def test_the_first_article_of_a_story_heads_its_message_where_others_say_nothing_new() -> None:
    items = tuple(replace(item(number, "Peskov"), story_id=7) for number in (4, 1))
    (story,) = view_of(told(*items, news={})).stories
    assert (story.outlet, story.further, [one.outlet for one in story.others]) == ("The Courier", (), ["TASS"])
