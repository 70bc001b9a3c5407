"""What chats and notifications say: the lines of a view, shortened until they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alert_view import View
from monitor.alerts import AlertContent, Burst, BurstKind, view_of
from monitor.channels import CHANNELS
from monitor.channels.chat_text import Line, Piece, chat_lines, plain_text
from monitor.model import Alert, Article, Item, Kind, Match, Span
from monitor.story_values import StoryNews
from tests.alerts.letters import ARTICLES, NOW, development, item, letter
from tests.channels.chats import many


def lines(view: View, cap: int = 10_000) -> tuple[Line, ...]:
    return chat_lines(view, lambda found: len(plain_text(found)) <= cap)


def test_an_alert_has_title_outlet_quotation_others_and_rules() -> None:
    told = replace(letter(item(1, "Peskov", "Istanbul talks")), copies={1: [ARTICLES[2], ARTICLES[4]]})
    assert plain_text(lines(view_of(told))).split("\n") == [
        "Песков: переговоры в Стамбуле продолжатся",
        "https://tass.example.org/2026/0",
        "TASS · Mon 23 November 2026, 14:05 Europe/Istanbul (+03)",
        "“Дмитрий Песков сказал, что переговоры в Стамбуле пойдут дальше.”",
        "Also: \u2068الواحة\u2069, The Courier",
        "Rule: Istanbul talks, Peskov",
    ]
    assert Piece("Песков", bold=True) in lines(view_of(told))[2]


def test_an_edit_says_what_went_and_what_came() -> None:
    before = ARTICLES[1]._replace(title="Песков: переговоры в Анкаре продолжатся")
    told = replace(letter(Item(1, 1, (Match("Peskov"),), 1, 1)), before={1: before})
    text = plain_text(lines(view_of(told)))
    assert "\nEdited\n" in text
    assert "[-Анкаре" in text
    assert "{+Стамбуле" in text


def test_a_development_is_marked_below_its_title() -> None:
    told = view_of(letter(item(1, "Peskov")))
    group = told.groups[0]
    developed = replace(told, groups=(replace(group, stories=(replace(told.story, develops=True),)),))
    title, _, marked, *_ = plain_text(lines(developed)).split("\n")
    assert (title, marked) == (told.story.title.text, "Probably new in a story that you know")


def test_a_development_says_what_is_new_and_its_sentence_where_there_is_room() -> None:
    told = view_of(replace(development(), news={4: StoryNews(("Kyiv", "باكو"), "Kyiv was silent.")}))
    _, _, marked, sentence, *_ = plain_text(lines(told)).split("\n")
    assert (marked, sentence) == ("Probably new in a story that you know: Kyiv, \u2068باكو\u2069", "“Kyiv was silent.”")
    assert "“" not in plain_text(lines(told, 230))


@pytest.mark.parametrize("kind", [Kind.ALERT, Kind.DIGEST])
def test_bursts_are_said(kind: Kind) -> None:
    bursts = (Burst(BurstKind.RULE, "Peskov", 16, 3), Burst(BurstKind.STORY, "1", 12, 2))
    text = plain_text(lines(view_of(replace(letter(item(1, "Peskov"), kind=kind), bursts=bursts))))
    assert text.count("“Peskov” finds far more than usual: 16 stories in 24 hours, 3 on a usual day") == 1
    assert text.count("Spreads fast: 12 outlets within an hour") == 1


def test_a_digest_groups_stories_by_rule() -> None:
    told = letter(*(item(number, "Peskov") for number in (6, 2, 1)), kind=Kind.DIGEST, thread="digest:x")
    text = plain_text(lines(view_of(told)))
    assert text.startswith("3 stories: Peskov 3\n3 stories since the last digest.\n\nPeskov (3)\n\nПесков: переговоры")


def test_a_notice_is_its_paragraphs() -> None:
    alert = Alert("x@webhook.invalid", "trouble:x", 0, Kind.NOTICE, NOW, subject="Disk", text="It is full.\n\nReally.")
    text = plain_text(lines(view_of(AlertContent(alert, "m@example.org", NOW))))
    assert text == "Disk\nIt is full.\n\nReally."


@given(st.integers(120, 4000))
@settings(deadline=None)
def test_what_is_told_fits_and_shows_and_counts_every_story(cap: int) -> None:
    def fits(found: Sequence[Line]) -> bool:
        return len(plain_text(found)) <= cap

    try:
        text = plain_text(chat_lines(view_of(many(40, 60)), fits))
    except ValueError:
        assert cap < 400
        return
    shown = text.count("𝕏")
    assert len(text) <= cap
    assert shown == 40 or f"{40 - shown} more stor" in text


def test_where_nothing_fits_it_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="too long"):
        lines(view_of(letter(item(1, "Peskov"))), 10)


HOSTILE_TEXT = st.one_of(
    st.text(max_size=40),
    st.builds(
        lambda part, count: part * count,
        st.sampled_from(["😀", "&", '"', "<b>", "\ud800", "a\u0301", "ש"]),
        st.integers(0, 5000),
    ),
)


@pytest.mark.parametrize("channel", ["telegram", "slack", "ntfy", "apprise"])
@given(HOSTILE_TEXT, HOSTILE_TEXT, st.integers(0, 1900), st.sampled_from([1, 60]))
@settings(max_examples=25, deadline=None)
def test_whatever_is_told_every_chat_can_be_told(channel: str, title: str, body: str, path: int, stories: int) -> None:
    found = {
        number: Article("tass", f"https://tass.test/?{number}{'&' * path}", title, "", f"Песков {body}", "ru")
        for number in range(stories)
    }
    match = Match("р" * 90, (Span("body", 0, 6, "Песков"),))
    told = letter(
        *(Item(number, number, (match,)) for number in found), kind=Kind.ALERT if stories == 1 else Kind.DIGEST
    )
    raw = CHANNELS[channel].message(view_of(replace(told, articles=found))).raw
    assert CHANNELS[channel].read(raw)
