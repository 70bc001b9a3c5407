"""Case endings of Russian, Ukrainian and Turkish names: small letters, and words that no dictionary has."""

from __future__ import annotations

import pytest

from monitor.text.forms import cyrillic, expand_name, morphology


def small(name: str) -> set[str]:
    """The forms of a name that need no capital."""
    return {form.text.lower() for form in expand_name(name, {}) if not form.capital and form.confidence >= 0.6}


@pytest.mark.parametrize(
    ("name", "proof", "too_little"),
    [
        ("Франция", {"франции", "францией"}, {"франция"}),
        ("Балканы", {"балканам", "балканами"}, {"балканы"}),
        ("Нью-Йорк", {"нью-йорке"}, {"нью-йорк"}),
        ("Чёрный-Белов", set(), {"черного-белова", "чёрного-белова"}),
        ("Самсунг", {"самсунгом", "самсунгові"}, {"самсунг"}),
        ("Франція", {"франції", "францією"}, {"франція"}),  # францій is the element francium
        ("Київ", {"києві", "києва"}, {"київ"}),
        ("Тойота", {"тойоте", "тойоту"}, {"тойота"}),
        ("Суми", set(), {"сумах", "суми"}),
        ("Рівне", set(), {"рівному"}),
        ("Песков", {"пескова"}, {"песков"}),
        ("Толстой", set(), {"толстого"}),
        ("Черных", set(), {"черных"}),
        ("Макрон", {"макрона"}, {"макрон"}),  # a sign above a letter, too
        ("Зеленский", {"зеленского", "зеленскому"}, {"зеленский", "зеленским"}),
        ("Кива", set(), {"кивы"}),
        ("Чернов", set(), {"черном"}),
        ("Бойко", set(), {"бойко", "бойка"}),
    ],
)
def test_case_forms_that_are_no_other_word_count_in_small_letters(
    name: str, proof: set[str], too_little: set[str]
) -> None:
    assert proof <= small(name)
    assert not too_little & small(name)


@pytest.mark.parametrize(
    ("name", "proof", "too_little"),
    [
        ("Trump", {"трампа", "трампу", "трампом"}, {"трамп"}),
        ("Zelensky", {"зеленского", "зеленського"}, {"зеленский", "зеленський"}),
        ("Samsung", {"самсунгом"}, {"самсунг"}),
        ("Peskov", {"пєскова", "пескова"}, {"песков"}),
        ("Marshall", {"маршалла"}, {"маршала", "маршалу"}),
        ("Musk", set(), {"маска", "маску"}),
        ("Rice", set(), {"риса", "рису"}),
    ],
)
def test_guessed_spellings_that_are_no_other_word_count_in_small_letters(
    name: str, proof: set[str], too_little: set[str]
) -> None:
    assert proof <= small(name)
    assert not too_little & small(name)


@pytest.mark.parametrize(
    ("language", "name", "cases"),
    [
        ("ru", "Верхозимское", "верхозимского верхозимском"),
        ("ru", "Пустозеро", "пустозера пустозером"),
        ("ru", "Предуралье", "предуралья предуралью предуральем"),
        ("ru", "Медведище", "медведища медведищем"),
        ("ru", "Раменки", "раменкам раменок"),
        ("ru", "Апеннины", "апеннин апеннинам апеннинах"),
        ("ru", "Эвелина", "эвелины эвелине эвелиной эвелину"),
        ("ru", "Даная", "данаи данаю данае"),
        ("ru", "Новоелец", "новоельца новоельцу"),
        ("ru", "Забуголь", "забугля забугле"),
        ("ru", "Манюня", "манюни манюню манюнь"),
        ("ru", "Вервиль", "вервилей"),
        ("uk", "Мар'янівка", "мар'янівки мар'янівці"),
        ("uk", "Стерніїв", "стернієва стернієві"),
        ("uk", "Козятинове", "козятинового козятиновому козятиновим"),
        ("uk", "Вовчанське", "вовчанського вовчанському"),
        ("uk", "Рокитне", "рокитного рокитному"),
        ("uk", "Рівненщина", "рівненщини рівненщині рівненщиною"),
        ("uk", "Кароліна", "кароліни кароліні"),
        ("uk", "Малорічна", "малорічної малорічній"),
        ("uk", "Красноперекопіль", "красноперекополя красноперекополі"),
        ("uk", "Зальцбург", "зальцбурзі"),
        ("uk", "Хоролець", "хорольця хорольцем"),
        ("uk", "Федір", "федора федорові"),
        ("uk", "Перебийніс", "перебийноса перебийносу"),
        ("uk", "Ясьо", "яся ясеві"),
        ("uk", "Кая", "каї каю каєю"),
        ("ru", "Кая", "каи кае каю каей"),
        ("uk", "Севілья", "севільї севільєю"),
        ("uk", "Нахічевань", "нахічевані нахічеванню"),
        ("uk", "Городній", "городнього городньому"),
    ],
)
def test_names_decline_without_the_dictionary(
    monkeypatch: pytest.MonkeyPatch, language: str, name: str, cases: str
) -> None:
    monkeypatch.setattr(morphology, "name_paradigms", lambda _word, _language: None)
    cyrillic.name_cases.cache_clear()
    found = {form for form, confidence in cyrillic.name_cases(name.lower(), language) if confidence >= 0.7}
    found |= {form for form, _ in cyrillic.plural_cases(name.lower(), language)}
    cyrillic.name_cases.cache_clear()
    assert set(cases.split()) <= found


def test_a_short_given_name_in_aya_is_no_adjective() -> None:
    assert not {"мій", "мої", "му"} & {form for form, _ in cyrillic.name_cases("мая", "uk")}
