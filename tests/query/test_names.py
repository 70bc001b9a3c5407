from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import RuleIndex, compile_query, document, needs, query_forms
from monitor.query.functions import name
from monitor.query.terms.name_spellings import NameSpelling, name_spelling
from tests.query.reading import NOW, OUTLET, article, found, named

PESKOV = named(
    Peskov=[
        Form("Peskov", capital=True),
        Form("Peskov'un", "tr", capital=True),
        Form("Песков", confidence=0.9, capital=True),
        Form("Пескова", "ru", confidence=0.8, capital=True),
        Form("Песка", confidence=0.4, capital=True),
        Form("بيسكوف", confidence=0.7),
        Form("بسكوف", confidence=0.4),
        Form("佩斯科夫", confidence=0.9),
    ],
    Dmitry_Peskov=[
        Form("Dmitry Peskov", capital=True),
        Form("D Peskov", confidence=0.8, capital=True),
        Form("Peskov Dmitry", confidence=0.9, capital=True),
        Form("Peskov", source="surname", confidence=0.42, capital=True),
    ],
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("said Peskov today", ["Peskov"]),
        ("PESKOV", ["PESKOV"]),
        ("said peskov today", None),
        ("тонна песков", None),
        ("сказал Песков", ["Песков"]),
        ("قال بيسكوف", ["بيسكوف"]),
        ("克里姆林宫佩斯科夫说", ["佩斯科夫"]),
        ("Peskov'un sözleri", ["Peskov"]),
    ],
)
def test_a_name_wants_a_capital_where_its_script_has_one(text: str, wanted: list[str] | None) -> None:
    assert found("name(Peskov)", text, PESKOV) == wanted


def test_the_longest_form_of_the_language_is_marked() -> None:
    assert found("name(Peskov)", article("Peskov'un sözleri", language="tr"), PESKOV) == ["Peskov'un"]
    assert found("name(Peskov)", article("у Пескова", language="uk"), PESKOV) is None
    assert found("name(Peskov)", article("у Пескова", language="ru"), PESKOV) == ["Пескова"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Песка мало.", None),
        ("Здесь мало Песка сегодня.", ["Песка"]),
        ("Здесь мало воды. Песка сегодня нету.", None),
        ("НЕТ ПЕСКА СЕГОДНЯ", None),
        ("Всё Мало Песка Так", None),
        ("Песка мало. Песков молчит.", ["Песка", "Песков"]),
        ("بسكوف", None),
        ("بسكوف بيسكوف", ["بسكوف", "بيسكوف"]),
    ],
)
def test_a_form_of_low_confidence_wants_a_second_signal(text: str, wanted: list[str] | None) -> None:
    assert found("name(Peskov)", text, PESKOV) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dmitry Peskov spoke", ["Dmitry Peskov"]),
        ("D. Peskov spoke", ["D. Peskov"]),
        ("Peskov spoke", None),
        ("today Peskov spoke at length", None),
        ("Nikolai Peskov spoke", None),
        ("Dmitry Peskov spoke. Peskov left.", ["Dmitry Peskov", "Peskov"]),
        ("Peskov left. Dmitry Peskov spoke.", ["Dmitry Peskov"]),
        ("Dmitry Sergeyevich Peskov spoke", ["Dmitry Sergeyevich Peskov"]),
        ("dmitry peskov spoke", None),
    ],
)
def test_a_full_name_wants_given_name_initial_or_an_earlier_mention(text: str, wanted: list[str] | None) -> None:
    assert found('name("Dmitry Peskov")', text, PESKOV) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "“Thanks, Dmitry.” Peskov left.",
        "said Dmitry: Peskov left",
        "said Dmitry; Peskov left",
        "it was Dmitry? Peskov left",
        "he met Dmitry (Peskov left)",
        "he met Dmitry — Peskov left",
        "he met Dmitry - Peskov left",
        "met by “their friend Dmitry” Peskov left",
        "met by Dmitry\nPeskov left",
        "he met Dmitry. Peskov left",
        "he met Dmitry, Peskov and others",
        "Peskov. Dmitry left",
        "Peskov: Dmitry left",
        "met Dmitry, S. Peskov",
        "met Dmitry. S. Peskov",
        "Tatiana Peskov, Dmitry Medvedev and others came",
        "here came Peskov, Dmitry Medvedev and others",
        "Tatiana Peskov, Dmitry came",
        "Dmitry / Peskov",
        "Dmitry/Peskov",
        "Dmitry & Peskov",
        "Dmitry + Peskov",
        "Dmitry = Peskov",
        "Dmitry > Peskov",
        "Dmitry → Peskov",
        "Dmitry 5 Peskov",
        "he met Dmitry “Peskov” there",
    ],
)
def test_a_name_does_not_reach_across_a_boundary_of_sense(text: str) -> None:
    assert found('name("Dmitry Peskov")', text, PESKOV) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peskov, Dmitry", "Peskov, Dmitry"),
        ("he met D. Peskov", "D. Peskov"),
        ("he met Dmitry-Peskov", "Dmitry-Peskov"),
        ("he met Dmitry\u00a0Peskov", "Dmitry\u00a0Peskov"),
        ("Peskov, Dmitry S., and others", "Peskov, Dmitry"),
        ("in the index: Peskov, Dmitry", "Peskov, Dmitry"),
        ("Dmitry S. Peskov spoke", "Dmitry S. Peskov"),
        ("Dmitry S. A. Peskov spoke", "Dmitry S. A. Peskov"),
        ("Dmitry S.A. Peskov spoke", "Dmitry S.A. Peskov"),
        ("Dmitry Sergeyevich A. Peskov spoke", "Dmitry Sergeyevich A. Peskov"),
    ],
)
def test_signs_and_initials_that_belong_to_a_name_do_not_divide_it(text: str, wanted: str) -> None:
    assert found('name("Dmitry Peskov")', text, PESKOV) == [wanted]


def test_two_names_between_are_not_a_middle_name() -> None:
    assert found('name("Dmitry Peskov")', "Dmitry Tells Angry Peskov", PESKOV) is None
    assert found('name("Dmitry Peskov")', "Dmitry A. B. C. E. Peskov", PESKOV) is None


def test_a_name_in_an_address_is_not_divided_by_its_signs() -> None:
    assert found('url:name("Dmitry Peskov")', article(url="https://example.org/dmitry/peskov"), PESKOV) == [
        "dmitry/peskov"
    ]
    assert found('url:name("Dmitry Peskov")', article(url="https://example.org/?q=dmitry;peskov"), PESKOV) == [
        "dmitry;peskov"
    ]


def test_a_name_has_signs_of_its_own() -> None:
    band = named(AC=[Form("AC/DC", capital=True)])
    assert found("name(AC)", "heard AC/DC today", band) == ["AC/DC"]
    assert found("name(AC)", "heard AC & DC today", band) is None
    army = named(Wagner=[Form("ЧВК Вагнер", capital=True)])
    assert found("name(Wagner)", "бойцы ЧВК «Вагнер» ушли", army) == ["ЧВК «Вагнер"]


def test_a_comma_may_stand_in_a_name_that_is_no_person() -> None:
    city = named(DC=[Form("Washington DC", capital=True)])
    assert found("name(DC)", "in Washington, DC, today", city) == ["Washington, DC"]
    assert found("name(DC)", "in Washington: DC today", city) is None


def test_an_earlier_mention_may_stand_in_the_title() -> None:
    assert found('name("Dmitry Peskov") NEAR/2 left', article("Peskov left", title="Dmitry Peskov"), PESKOV) == [
        "Peskov",
        "left",
    ]


def test_addresses_and_tags_have_no_capitals() -> None:
    assert found("url:name(Peskov)", article(url="https://example.org/peskov-says"), PESKOV) == ["peskov"]
    assert found("tag:name(Peskov)", article(tags=("kremlin", "peskov")), PESKOV) == ["peskov"]


def test_a_name_whose_forms_are_all_taken_away_is_an_error() -> None:
    from monitor.query import Scope
    from tests.query.reading import error

    assert "no form left" in error("name(Rudd)", Scope(names=lambda _: (Form("--"),))).message


SAND = named(
    Peskov=[
        Form("Песков", confidence=0.95, capital=True, common=True),
        Form("Пескова", confidence=0.95, capital=True),
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Песков много на пляже.", None),
        ("Море. Песков много на пляже.", None),
        ("Песков здесь будет много.", None),
        ("ТОННЫ ПЕСКОВ НА ПЛЯЖЕ", None),
        ("Песков", ["Песков"]),
        ("Песков заявил об этом", ["Песков"]),
        ("Песков вчера в Москве заявил", ["Песков"]),
        ("ПЕСКОВ ОТВЕТИЛ НА ВОПРОС", ["ПЕСКОВ"]),
        ("Песков: ответа не будет", ["Песков"]),
        ("«Песков» — так назвали корабль", ["Песков"]),
        ("Песков Дмитрий на месте", ["Песков"]),
        ("Песков и Лавров на месте", ["Песков"]),
        ("Песков и глины много", None),
        ("Песков о переговорах", ["Песков"]),
        ("Об этом знает Песков.", ["Песков"]),
        ("Песков много. Об этом знает Песков.", ["Песков", "Песков"]),
        ("Песков много. Слова Пескова.", ["Песков", "Пескова"]),
    ],
)
def test_the_capital_of_a_sentences_first_word_makes_no_name_of_a_word(text: str, wanted: list[str] | None) -> None:
    assert found("name(Peskov)", text, SAND) == wanted


def test_a_word_in_a_tag_or_an_address_needs_no_capital_to_be_the_name() -> None:
    assert found("tag:name(Peskov)", article(tags=("песков и глина",)), SAND) == ["песков"]


RUSSIA = named(Russia=[Form("俄罗斯"), Form("Russia", capital=True), Form("白俄罗斯", confidence=0.0)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("白俄罗斯总统", None),
        ("俄罗斯总统", ["俄罗斯"]),
        ("白俄罗斯和俄罗斯", ["俄罗斯"]),
        ("Russia and 白俄罗斯", ["Russia"]),
    ],
)
def test_what_stands_inside_somebody_elses_name_does_not_count(text: str, wanted: list[str] | None) -> None:
    assert found("name(Russia)", text, RUSSIA) == wanted


def test_somebody_elses_name_is_not_listed_as_looked_for() -> None:
    compiled = compile_query("rule", "name(Russia)", RUSSIA)
    assert compiled.forms == {"俄 罗 斯", "russia"}
    (one,) = query_forms("name(Russia)", RUSSIA)
    assert [needs(form) for form in one.forms if form.text == "白俄罗斯"] == [("never, nor what is inside it",)]


PEOPLE = named(
    Jean_Luc=[
        Form("Jean-Luc Mélenchon", capital=True),
        Form("Mélenchon", source="surname", confidence=0.5, capital=True),
    ],
    Ursula_Leyen=[
        Form("Ursula von der Leyen", capital=True),
        Form("von der Leyen", source="surname", confidence=0.5, capital=True),
    ],
    Kim_Jong=[Form("Kim Jong Un", capital=True)],
)


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("name(Jean Luc)", "said Jean-Luc Mélenchon", ["Jean-Luc Mélenchon"]),
        ("name(Jean Luc)", "MÉLENCHON, Jean-Luc", ["MÉLENCHON, Jean"]),
        ("name(Jean Luc)", "said Luc Mélenchon", None),
        ("name(Ursula Leyen)", "today the man Jan von der Leyen came", None),
        (
            "name(Ursula Leyen)",
            "Ursula von der Leyen came. Then von der Leyen left",
            ["Ursula von der Leyen", "von der Leyen"],
        ),
        ("name(Kim Jong)", "said Kim Jong-un", ["Kim Jong-un"]),
        ("name(Kim Jong)", "said Kim Jong un", None),
        ("name(Kim Jong)", "said kim-jong-un", None),
    ],
)
def test_given_names_small_words_and_hyphens(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, text, PEOPLE) == wanted


def test_the_hundreds_of_spellings_of_a_name_are_prepared_by_the_first_article_that_may_hold_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared: list[str] = []

    def counting(form: Form, *, several: bool = False) -> NameSpelling | None:
        prepared.append(form.text)
        return name_spelling(form, several=several)

    monkeypatch.setattr(name, "name_spelling", counting)
    index = RuleIndex.build([compile_query("Peskov", "name(Peskov)", PESKOV)])
    assert not index.match(document(article(body="nobody was named"), OUTLET), NOW)
    assert not prepared
    assert index.match(document(article(body="said Peskov"), OUTLET), NOW)
    assert index.match(document(article(body="said Peskov again"), OUTLET), NOW)
    assert len(prepared) == len(PESKOV.names("Peskov"))
