"""Names that Russian, Ukrainian and Bulgarian write like ordinary words: what stands beside them decides."""

from __future__ import annotations

import pytest

from monitor.model import Form
from tests.query.reading import article, found
from tests.query.test_names import named

RICE = named(Rice=[Form("Рис", confidence=0.8, capital=True, common=True)])


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("uk", "Рис у магазинах дорожчий", None),
        ("uk", "Рис заявив журналістам", ["Рис"]),
        ("uk", "Рис не підтримує угоду", ["Рис"]),
        ("uk", "Рис пропонувала зустріч", ["Рис"]),
        ("uk", "Рис знов говорить про війну", ["Рис"]),
        ("uk", "Рис дорожчий через прав і справ стан", None),
        ("bg", "Рис и други животни в парка", None),
        ("bg", "Рис призова за мир", ["Рис"]),
        ("bg", "Рис критикува правителството", ["Рис"]),
        ("bg", "Рис в нашата държава", None),
    ],
)
def test_the_verbs_of_people_are_known_in_ukrainian_and_bulgarian(
    language: str, text: str, wanted: list[str] | None
) -> None:
    assert found("name(Rice)", article(text, language=language), RICE) == wanted


HALE = named(
    Hale=[
        Form("Hale", capital=True),
        Form("Але", "uk", "transliteration", confidence=0.55, capital=True),
        Form("Гейл", "uk", "transliteration", confidence=0.55, capital=True),
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Але це не так", None),
        ("Але заявив журналістам", None),
        ("Гейл заявив журналістам", ["Гейл"]),
        ("Учора Але заявив журналістам", None),
        ("Президент: Але ні", None),
        ("Дмитро, Але ні", None),
        ("ПРЕЗИДЕНТ АЛЕ заявив", None),
        ("Президент Але", ["Але"]),
        ("Сенатора Але", ["Але"]),
        ("Він президент. Але ні", None),
        ("президент але заявив", None),
        ("Дмитро Але", ["Але"]),
        ("Дмитро, але ні", None),
        ("НЕ ДМИТРО АЛЕ ІГОР", None),
    ],
)
def test_a_weak_form_counts_beside_an_office_a_name_or_a_verb_of_saying(text: str, wanted: list[str] | None) -> None:
    assert found("name(Hale)", article(text, language="uk"), HALE) == wanted


TIM = named(Tim=[Form("Тим", confidence=0.86, capital=True, common=True), Form("Тим Волц", capital=True)])


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("uk", "Тим часом Путін мовчить", None),
        ("uk", "Тим Україна відповіла", None),
        ("uk", "Тим, хто прийшов, відповіли", None),
        ("uk", "Тим: відповідь", None),
        ("uk", "Тим заявив про намір", ["Тим"]),
        ("uk", "Тим, заявив він, гірше", None),
        ("uk", "Тим Волц виступив", ["Тим Волц"]),
        ("ru", "Тим: ответ", ["Тим"]),
    ],
)
def test_a_function_word_of_the_articles_language_is_no_name_at_the_start(
    language: str, text: str, wanted: list[str] | None
) -> None:
    assert found("name(Tim)", article(text, language=language), TIM) == wanted


DATA = named(Dan=[Form("Дані", confidence=0.82, capital=True, common=True, source="transliteration, uk case")])
MASK = named(
    Musk=[
        Form("Маск", confidence=0.86, capital=True),
        Form("Маска", confidence=0.82, capital=True, common=True, source="transliteration, ru case"),
    ]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Маска защищает от пыли", None),
        ("Маска, сказал он", ["Маска"]),
        ("Маска вызвали в суд", ["Маска"]),
        ("Маска ждут в Вашингтоне", ["Маска"]),
        ("Маска снова осудили", ["Маска"]),
        ("Маска порвалась, вызвали врача", None),
    ],
)
def test_the_subject_of_a_verb_is_no_other_case_than_the_nominative(text: str, wanted: list[str] | None) -> None:
    assert found("name(Musk)", article(text, language="ru"), MASK) == wanted


@pytest.mark.parametrize("text", ["Дані Генштабу оновили", "Дані свідчать, заявив міністр", "Дані зібрали"])
def test_a_plural_with_a_verb_is_no_case_of_a_name(text: str) -> None:
    assert found("name(Dan)", article(text, language="uk"), DATA) is None


def test_a_verb_behind_a_comma_has_another_subject() -> None:
    assert found("name(Rice)", article("Рис на складі, заявив міністр", language="uk"), RICE) is None


LONG = named(Long=[Form("Long", capital=True), Form("Лонг", confidence=0.75, capital=True)])


@pytest.mark.parametrize("text", ["Вышел Лонг-лист премии", "Это Лонг\u2011рид о войне", "Новый Лонг-драйв"])
def test_a_guess_before_a_hyphen_and_a_small_letter_is_a_part_of_a_word(text: str) -> None:
    assert found("name(Long)", article(text, language="ru"), LONG) is None


@pytest.mark.parametrize(
    "text",
    [
        "Приехал Лонг-младший",
        "Видели Лонга и Лонг-старшего",
        "Встреча Лонг-Трамп",
        "Мистер Лонг-то знал",
        "Это Лонг - сенатор",
    ],
)
def test_a_second_name_a_title_and_a_particle_behind_a_hyphen_leave_the_name(text: str) -> None:
    assert found("name(Long)", article(text, language="ru"), LONG) == ["Лонг"]


SUMY = named(Sumy=[Form("Суми", capital=True, common=True), Form("Сум", "", "query, uk case", 0.9, True)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Суми обстріляли вночі", ["Суми"]),
        ("Суми вночі атакували дрони", ["Суми"]),
        ("Суми залишають без світла", ["Суми"]),
        ("Суми сплатили", None),
        ("Суми на карту, яку захопили", None),
    ],
)
def test_what_is_done_to_places_shows_one(text: str, wanted: list[str] | None) -> None:
    assert found("name(Sumy)", article(text, title="", language="uk"), SUMY) == wanted


SAMSUNG = named(
    Samsung=[Form("Самсунг", capital=True), Form("Самсунгом", source="query, ru case", confidence=0.9, capital=False)]
)
PESKOV = named(
    Peskov=[
        Form("Песков", capital=True, common=True),
        Form("Песковым", capital=True),
        Form("Дмитрием Песковым"),
        Form("Песк", capital=True),
    ]
)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ru", "долго мучился с самсунгом", ["самсунгом"]),
        ("uk", "з самсунгом", ["самсунгом"]),
        ("en", "с самсунгом", ["самсунгом"]),
        ("bg", "с самсунгом", None),
        ("bg", "с Самсунгом", ["Самсунгом"]),
        ("ru", "#самсунгом и сайт самсунгом.рф", None),
        ("ru", "ругался с самсунгом.", ["самсунгом"]),
        ("ru", "самсунг лучше", None),
        ("ru", "самсунг лучше. А с самсунгом плохо", ["самсунг", "самсунгом"]),
        ("ru", "#самсунг лучше. А с самсунгом плохо", ["самсунгом"]),
        ("ru", "президент самсунг молчит", ["самсунг"]),
        ("ru", "дмитрий самсунг молчит", ["самсунг"]),
        ("ru", "Дмитрий самсунг молчит", ["самсунг"]),
        ("ru", "самсунг заявил об этом", ["самсунг"]),
    ],
)
def test_a_name_that_is_no_word_counts_in_small_letters(language: str, text: str, wanted: list[str] | None) -> None:
    assert found("name(Samsung)", article(text, title="", language=language), SAMSUNG) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("много песков на карте, заявил министр", None),
        ("министр песков заявил", None),
        ("президент песк молчит", None),
        ("говорил с песковым", None),
        ("говорил с дмитрием песковым", ["дмитрием песковым"]),
    ],
)
def test_an_ordinary_or_short_word_in_small_letters_is_no_name(text: str, wanted: list[str] | None) -> None:
    assert found("name(Peskov)", article(text, title="", language="ru"), PESKOV) == wanted
