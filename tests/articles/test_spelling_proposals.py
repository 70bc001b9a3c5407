"""Spellings are proposed by what stands around them, and not for what names somebody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from monitor.articles.known_names import KnownNames, WatchedName, watched_name
from monitor.articles.name_mentions import KnownSpan, ReadArticle, read_for_names
from monitor.articles.spelling_proposals import Sign, propose
from monitor.model import Form
from monitor.text import canonical
from monitor.text.forms import expand_name

DAY = datetime(2026, 11, 1, tzinfo=UTC)
NEWSOM = watched_name("Gavin Newsom", expand_name("Gavin Newsom", {}), None)
KNOWN = KnownNames({name: expand_name(name, {}) for name in ("Gavin Newsom", "Trump", "Padilla")})
NAMED = {"Newsom": "Gavin Newsom", "Trump": "Trump", "Трамп": "Trump", "Padilla": "Padilla", "Падилья": "Padilla"}


def read(number: int, text: str, language: str = "ru", hours: int = 1, story: int = 0) -> ReadArticle:
    spans = [
        KnownSpan(name, 1, *found.span())
        for word, name in NAMED.items()
        if (found := re.search(rf"\b{word}\b", text)) is not None
    ]
    texts = ("", text)
    when = DAY + timedelta(hours=hours)
    return ReadArticle(
        number, story or number, f"outlet {number}", language, when, texts, *read_for_names(texts, spans)
    )


def proposed(*articles: ReadArticle, watched: WatchedName = NEWSOM) -> list[tuple[str, tuple[Sign, ...]]]:
    anchor = read(1, "Gavin Newsom met Trump and Padilla.", "en")
    return [(one.spelling, one.signs) for one in propose(watched, [anchor, *articles], KNOWN)]


def test_the_given_name_beside_it_speaks_for_a_spelling_and_its_cases_are_one() -> None:
    one = read(2, "Говорил Гэвин Ньюсам.", hours=900)
    other = read(3, "Говорили с Гэвином Ньюсамом.", hours=1900)
    assert proposed(one, other) == [("Ньюсам", (Sign.GIVEN,))]
    (found,) = propose(NEWSOM, [one, other, read(1, "Gavin Newsom spoke.", "en")], KNOWN)
    assert [mention.article.id for mention in found.mentions] == [3, 2]
    assert found.forms == ("Ньюсамом",)


def test_a_form_that_counts_in_another_language_only_is_proposed() -> None:
    forms = [Form("Gavin Newsom", capital=True), Form("Gavin Nyusom", "tr", "transliteration", 0.7, True)]
    watched = watched_name("Gavin Newsom", forms, None)
    assert proposed(read(2, "Gavin Nyusom habló.", "es"), watched=watched) == [("Nyusom", (Sign.GIVEN,))]
    assert proposed(read(2, "Gavin Nyusom konuştu.", "tr"), watched=watched) == []
    assert proposed(read(2, "Gavin Nyusom spoke.", ""), watched=watched) == []


def test_the_same_event_speaks_for_it_and_nothing_else_does_not() -> None:
    text = "Трамп и Падилья слушали, что сказал Ньюсам."
    assert proposed(read(2, text)) == [("Ньюсам", (Sign.EVENT,))]
    assert proposed(read(2, text, hours=90)) == []
    assert proposed(read(2, "Трамп слушал, что сказал Ньюсам.")) == []
    assert proposed(read(2, "Вот что сказал Ньюсам.", story=1)) == [("Ньюсам", (Sign.EVENT,))]


@pytest.mark.parametrize(
    "text",
    [
        "Трамп и Падилья слушали, что сказала Елена Ньюсам.",
        "Трамп и Падилья слушали, как поют ньюсам и что сказал Ньюсам.",
        "Трамп и Падилья слушали, что сказал Ньюман.",
        "Трамп и Падилья слушали, что сказал Орлов.",
    ],
)
def test_another_person_of_the_event_and_an_ordinary_word_are_not_proposed(text: str) -> None:
    assert proposed(read(2, text)) == []


def test_somebody_beside_the_name_itself_is_somebody_else() -> None:
    with_name = read(2, "Newsom met Trump, Padilla and Newsam.", "en")
    assert proposed(with_name) == []


def test_articles_that_show_somebody_else_outweigh_one_of_the_event() -> None:
    event = read(2, "Трамп и Падилья слушали, что сказал Ньюсам.")
    others = [read(number, "Пела Елена Ньюсам.", hours=900 * number) for number in (3, 4)]
    assert proposed(event, *others) == []


def test_what_was_refused_and_what_another_name_has_is_never_proposed() -> None:
    text = "Говорил Гэвин Ньюсам."
    refused = WatchedName(NEWSOM.name, NEWSOM.words, NEWSOM.given, frozenset({"ньюсам"}), NEWSOM.same)
    assert proposed(read(2, text), watched=refused) == []
    cases = "Гэвина Ньюсама Трамп и Падилья слушали; Гэвину Ньюсаму верят."
    assert proposed(read(2, cases), read(3, cases)) != []
    assert proposed(read(2, cases), read(3, cases), watched=refused) == []
    taken = KnownNames({"Gavin Newsom": (), "Newsam": expand_name("Ньюсам", {})})
    assert propose(NEWSOM, [read(1, "Gavin Newsom.", "en"), read(2, text)], taken) == []


def test_the_title_before_the_name_speaks_for_it_in_its_language() -> None:
    anchor = read(2, "Говорил губернатор Newsom.")
    late = read(3, "Об этом рассказал губернатор Ньюсам.", hours=900)
    later = read(4, "Молчит губернатор Ньюсам.", hours=1900)
    assert proposed(anchor, late, later) == [("Ньюсам", (Sign.TITLE,))]


def test_an_ending_of_a_language_without_tables_speaks_for_a_case_form() -> None:
    text = "Trump ja Padilla kysyivät, oliko Newsomilta vastausta."
    assert proposed(read(2, text, "fi")) == [("Newsomilta", (Sign.EVENT, Sign.ENDING))]
    assert proposed(read(2, text, "en")) == []


@pytest.mark.parametrize(
    ("text", "language"), [("州长加文·纽瑟姆签署法案。", "zh"), ("知事ギャビン・ニューサムは署名した。", "ja")]
)
def test_chinese_and_japanese_spellings_come_with_their_given_name(text: str, language: str) -> None:
    anchor = read(1, "Gavin Newsom spoke.", "en")
    unread = WatchedName(NEWSOM.name, frozenset({"newsom"}), NEWSOM.given, frozenset(), NEWSOM.same)
    (found,) = propose(unread, [anchor, read(2, text, language)], KNOWN)
    assert (found.mentions[0].full in text, found.signs) == (True, (Sign.GIVEN,))
    refused = WatchedName(NEWSOM.name, unread.words, unread.given, frozenset({canonical(found.spelling)}), unread.same)
    assert propose(refused, [anchor, read(2, text, language)], KNOWN) == []


def test_a_name_that_stands_in_other_cases_only_is_proposed_without_their_endings() -> None:
    late = read(2, "Закон губернатора Гэвина Ньюсама вызвал спор.", hours=900)
    (found,) = propose(NEWSOM, [read(1, "Gavin Newsom spoke.", "en"), late], KNOWN)
    assert (found.spelling, found.full, found.forms) == ("Ньюсам", "Гэвин Ньюсам", ("Ньюсама",))
