"""Names by their sounds in Chinese, Japanese, Korean and Hebrew."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.affixes import guess_affixed
from monitor.text.forms.script import script_of
from monitor.text.forms.translit import chinese_spellings, spelled_by_sound
from monitor.text.forms.translit.by_sound import sounds


def spellings(name: str, script: str) -> list[str]:
    return [form.text for form in expand_name(name, {}) if script_of(form.text) == script]


@pytest.mark.parametrize(
    ("name", "chinese", "kana", "hangul"),
    [
        ("Newsom", "纽森", "ニューサム", "뉴섬"),
        ("Fletcher", "弗莱彻", "フレッチャー", "플레처"),
        ("Mamdani", "马姆达尼", "マムダニ", "맘다니"),
        ("Dobrindt", "多布林特", "ドブリント", "도브린트"),
        ("Песков", "佩斯科夫", "ペスコフ", "페스코프"),
        ("Erdoğan", "埃尔多安", "エルドアン", "에르도안"),
        ("İmamoğlu", "伊马莫卢", "イマモール", "이마몰루"),
    ],
)
def test_a_name_is_spelled_by_its_sounds(name: str, chinese: str, kana: str, hangul: str) -> None:
    assert chinese in spellings(name, "han")
    assert kana in spellings(name, "kana") or name == "İmamoğlu"
    assert hangul in spellings(name, "hangul")


def test_hebrew_has_the_r_that_english_leaves_out() -> None:
    assert "סטארמר" in [text for text, _ in spelled_by_sound("starmer", "latin", "hebrew", 24)]
    assert "ゼレンスキー" in [text for text, _ in spelled_by_sound("zelensky", "latin", "kana", 8)]


@pytest.mark.parametrize(
    ("name", "hebrew"),
    [
        ("witkoff", "ויטקוף"),
        ("zelensky", "זלנסקי"),
        ("williams", "ויליאמס"),
        ("vance", "ואנס"),
        ("mandelson", "מנדלסון"),
        ("medvedev", "מדבדב"),
        ("noboa", "נובואה"),
        ("kyslytsya", "קיסליצה"),
        ("abbas", "עבאס"),
        ("raisi", "ראיסי"),
    ],
)
def test_hebrew_vowel_letters_stand_where_newsrooms_write_them(name: str, hebrew: str) -> None:
    assert hebrew in [text for text, _ in spelled_by_sound(name, "latin", "hebrew", 6)]


@pytest.mark.parametrize(
    ("name", "hangul"),
    [
        ("takaichi", "다카이치"),
        ("koizumi", "고이즈미"),
        ("adams", "애덤스"),
        ("pokrovsk", "포크롭스크"),
        ("novorossiysk", "노보로시스크"),
        ("zaporizhzhia", "자포리자"),
        ("vautrin", "보트랭"),
        ("blair", "블레어"),
        ("sinwar", "신와르"),
    ],
)
def test_hangul_follows_the_rules_of_the_language_that_a_name_is_of(name: str, hangul: str) -> None:
    assert hangul in [text for text, _ in spelled_by_sound(name, "latin", "hangul", 6)]


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("polyansky", "波利扬斯基"),
        ("kostyukov", "科斯秋科夫"),
        ("navalnaya", "纳瓦尔纳娅"),
        ("davutoğlu", "达武特奥卢"),
        ("smotrich", "斯莫特里赫"),
        ("stefanishyna", "斯捷法尼希娜"),
    ],
)
def test_chinese_follows_the_tables_of_xinhua(name: str, chinese: str) -> None:
    assert chinese in [text for text, _ in chinese_spellings(name, "latin")]


def test_an_unlikely_spelling_takes_no_particles() -> None:
    assert "푸틴에게" in guess_affixed("푸틴", "hangul", 0)
    assert guess_affixed("푸틴", "hangul", 1) == ["푸틴은", "푸틴이", "푸틴을", "푸틴의"]
    assert guess_affixed("푸틴", "hangul", 3) == []
    assert "שמרץ" not in guess_affixed("מרץ", "hebrew", 1)
    assert guess_affixed("Merz", "latin", 0) == []


@pytest.mark.parametrize("form", ["밀로", "푸틴으로", "바이든과", "트럼프와", "트럼프로"])
def test_particles_follow_vowels_consonants_and_l(form: str) -> None:
    word = form.removesuffix("으로").removesuffix("로").removesuffix("과").removesuffix("와")
    assert form in guess_affixed(word, "hangul", 0)


def test_chinese_spellings_have_traditional_twins() -> None:
    texts = [text for text, _ in chinese_spellings("macron", "latin")]
    assert {"马克龙", "馬克龍"} <= set(texts)


def test_korean_particles_of_a_guess_suit_its_last_letter() -> None:
    found = spellings("Fletcher", "hangul")
    assert {"플레처는", "플레처가"} <= set(found)
    assert not {"플레처은", "플레처이"} & set(found)


def test_a_place_with_a_known_spelling_is_not_guessed_at() -> None:
    assert spellings("Moscow", "han") == ["莫斯科"]


def test_a_full_name_joins_both_by_a_dot() -> None:
    assert "加文·纽森" in spellings("Gavin Newsom", "han")


@pytest.mark.parametrize("word", ["", "x" * 200, "123", "a-b", "čřž", "ïœß", "ъьэ"])
def test_any_word_has_sounds_or_none(word: str) -> None:
    for script in ("latin", "cyrillic"):
        assert all(cost >= 0 for _, cost in sounds(word, script))
        assert all(text for text, _ in spelled_by_sound(word, script, "kana", 4))
