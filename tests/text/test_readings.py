"""Names typed in Chinese characters, Hangul, Hebrew and Arabic, and the words that are read so."""

from __future__ import annotations

import pytest

from monitor.model import NameEntry
from monitor.text.forms import expand_name
from monitor.text.forms.chinese_readings import chinese_readings
from monitor.text.forms.consonant_readings import hebrew_readings
from monitor.text.forms.korean_readings import korean_readings, split_korean
from monitor.text.forms.readings import is_read


def texts(name: str) -> set[str]:
    return {form.text for form in expand_name(name, {})}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("何立峰", {"He Lifeng", "Lifeng He", "He Li-feng", "Хэ Лифэн", "Хе Ліфен"}),
        ("欧阳修", {"Ouyang Xiu", "Оуян Сю"}),
        ("卓榮泰", {"Zhuo Rongtai", "Cho Jung-tai", "Чжо Жунтай"}),
        ("王沪宁", {"Wang Huning", "Ван Хунин"}),
    ],
)
def test_a_chinese_person_is_read_aloud(name: str, forms: set[str]) -> None:
    assert forms <= texts(name)


def test_only_traditional_characters_are_spelled_as_in_taiwan() -> None:
    assert "Cho Jung-tai" not in texts("卓荣泰")


@pytest.mark.parametrize("name", ["北京", "立峰何何", "何", "トランプ", "何立峰何"])
def test_what_is_no_chinese_person_is_not_read(name: str) -> None:
    assert not any(text.startswith("He ") for text in texts(name))
    assert name == "北京" or chinese_readings(name) == []


def test_surname_and_one_syllable_need_a_second_sign() -> None:
    assert {form.confidence >= 0.6 for form in chinese_readings("何冉")} == {False}
    assert {form.confidence >= 0.6 for form in korean_readings("이원")} == {False}


@pytest.mark.parametrize(
    ("name", "parts"), [("위성락", ("위", "성락")), ("남궁민", ("남궁", "민")), ("트럼프", ("", ""))]
)
def test_a_korean_name_is_surname_and_syllables_of_names(name: str, parts: tuple[str, str]) -> None:
    assert split_korean(name) == parts


def test_korean_surnames_are_spelled_and_given_names_read() -> None:
    assert {"Lee 재 명", "Yi 재명", "Ли 재 명"} <= {form.text for form in korean_readings("이재명")}
    assert korean_readings("서울") == []


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("sung", "성"),
        ("seong", "성"),
        ("сон", "성"),
        ("minseok", "민석"),
        ("minseoka", "민석"),
        ("сока", "석"),
        ("еля", "열"),
        ("barnea", "ברנע"),
        ("барнеа", "ברנע"),
        ("lapida", "לפיד"),
        ("smotrich", "סמוטריץ"),
        ("itamar", "איתמר"),
        ("chengriha", "شنقريحه"),
        ("geagea", "جعجع"),
        ("mesal", "مشعل"),
        ("hayye", "حيه"),
        ("chatiba", "خطيب"),
        ("asz", "ال"),
        ("ibn", "بن"),
    ],
)
def test_a_word_is_read_by_its_sounds(word: str, reading: str) -> None:
    assert is_read(word, reading)


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("sun", "성"),
        ("min", "민석"),
        ("minseokim", "민석"),
        ("", "성"),
        ("brown", "ברנע"),
        ("levy", "לוין"),
        ("", "לוין"),
        ("лев", "לוי"),
        ("salim", "سلام"),
        ("changri", "شنقريحه"),
        ("on", "ال"),
    ],
)
def test_a_word_of_other_sounds_is_not(word: str, reading: str) -> None:
    assert not is_read(word, reading)


def test_an_israeli_needs_a_given_name_of_our_tables() -> None:
    assert {"Yair לפיד", "Яир לפיד"} <= {form.text for form in hebrew_readings("יאיר לפיד")}
    assert "Yair לפיד" in {form.text for form in hebrew_readings("לפיד")}
    assert hebrew_readings("לוי") == []
    assert hebrew_readings("קסדגק לפיד") == []


def test_an_arab_needs_a_given_name_of_our_tables_or_his_own() -> None:
    assert {"Aziz شنقريحة", "Samir شنقريحة"} <= texts("شنقريحة")
    assert {"Ahmed ال خطيب", "Ahmed خطيب"} <= texts("الخطيب")
    assert not any(text.endswith(" نصر") for text in texts("نصر"))
    assert "Nevvaf ال سلام" in texts("Nawaf Salam")
    assert not any("سلام" in text and text[0] == "J" for text in texts("John Salam"))


def test_nothing_is_read_where_the_entry_has_a_spelling() -> None:
    forms = expand_name("위성락", {"Wi Sung-lac": NameEntry("Wi Sung-lac", ("위성락",))})
    assert not any("성" in form.text and form.text.startswith("W") for form in forms)
