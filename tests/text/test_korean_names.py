"""Korean persons by the Latin spelling of their names."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.chinese_names import chinese_person
from monitor.text.forms.korean_kana import korean_abroad, korean_kana
from monitor.text.forms.korean_names import korean_person


def names(name: str) -> list[str]:
    return [form.text for form in korean_person(name.split()) if not form.source.endswith("particle")]


@pytest.mark.parametrize(
    ("name", "hangul"),
    [
        ("Lee Jae-myung", "이재명"),
        ("Yi Chae-myong", "이재명"),
        ("Kim Keon-hee", "김건희"),
        ("Yoon Suk Yeol", "윤석열"),
        ("Ahn Cheolsoo", "안철수"),
        ("Ri Yong-gil", "리영길"),
        ("Cho Kuk", "조국"),
    ],
)
def test_a_name_is_read_back_however_it_is_romanised(name: str, hangul: str) -> None:
    assert hangul in names(name)


@pytest.mark.parametrize("name", ["Kim Philby", "Jae-myung", "Lee Jae-myung-ho-su", "Kim", "Park -", "Kim Jo--un"])
def test_what_is_no_korean_name_has_no_forms(name: str) -> None:
    assert names(name) == []


def test_a_full_name_counts_by_itself_and_a_shorter_one_does_not() -> None:
    assert {form.confidence >= 0.6 for form in korean_person(["Kim", "Jae-in"])} == {True}
    assert {form.confidence >= 0.6 for form in korean_person(["Cho", "Kuk"])} == {False}


def test_particles_suit_the_last_letter_of_the_name() -> None:
    forms = {form.text for form in korean_person(["Lee", "Jae-myung"])}
    assert {"이재명은", "이재명과", "이재명으로", "이재명에게"} <= forms
    assert not {"이재명는", "이재명와", "이재명로"} & forms
    assert {"안철로", "안철과"} <= {form.text for form in korean_person(["Ahn", "Cheol"])}


def test_a_korean_person_is_not_spelled_by_sound_in_hangul_as_well() -> None:
    hangul = [form for form in expand_name("Yoon Suk Yeol", {}) if "가" <= form.text[0] <= "힣"]
    assert {form.source.split(",")[0] for form in hangul} == {"romanisation"}


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("정동영", {"チョン·ドンヨン"}),
        ("이재명", {"イ·ジェミョン"}),
        ("박지원", {"パク·チウォン", "パク·ジウォン"}),
        ("윤석열", {"ユン·ソクヨル", "ユン·ソギョル"}),
        ("트럼프", set()),
    ],
)
def test_a_name_in_katakana_is_voiced_within(name: str, kana: set[str]) -> None:
    assert {form.text for form in korean_kana(name)} == kana


def test_a_romanised_name_is_read_in_cyrillic_and_katakana() -> None:
    texts = {form.text for form in expand_name("Jeong Dong-young", {})}
    assert {"Чон 동 영", "チョン·ドンヨン"} <= texts


def test_what_may_be_a_chinese_person_is_spelled_by_sound() -> None:
    at_home = chinese_person(["Wang", "Yi"]) + korean_person(["Wang", "Yi"])
    assert korean_abroad(at_home) == []
    assert any("Ван" in form.text for form in expand_name("Wang Yi", {}))
