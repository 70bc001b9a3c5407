"""Surnames of foreigners as East Asian papers write them, where rules of sounds may miss it."""

from __future__ import annotations

from monitor.text.forms import expand_name
from monitor.text.forms.translit.by_sound import spelled_by_rules, spelled_by_sound
from monitor.text.forms.translit.established_surnames import established_surnames, without_v


def test_a_surname_is_listed_by_script_whatever_its_marks() -> None:
    assert established_surnames("wallace", "chinese") == ["华莱士"]
    assert established_surnames("wallace", "kana") == ["ウォレス", "ワレス"]
    assert established_surnames("wallace", "hangul") == ["월리스"]
    assert established_surnames("wallace", "hebrew") == []
    assert established_surnames("szijjártó", "kana") == ["シーヤールトー"]


def test_listed_spellings_go_before_guesses() -> None:
    assert spelled_by_sound("wallace", "latin", "hangul", 6)[0] == ("월리스", 0.0)
    assert "월리스" not in dict(spelled_by_rules("wallace", "latin", "hangul", 6))


def test_a_surname_typed_in_cyrillic_is_listed_by_its_latin_spelling() -> None:
    assert spelled_by_sound("рублев", "cyrillic", "chinese", 8)[0] == ("卢布列夫", 0.0)
    assert spelled_by_sound("джокович", "cyrillic", "hangul", 6)[0] == ("조코비치", 0.0)
    assert spelled_by_sound("трамп", "cyrillic", "kana", 6)[0] == ("トランプ", 0.0)


def test_a_foreign_name_typed_in_cyrillic_is_spelled_as_its_latin_original_too() -> None:
    assert "万斯" in dict(spelled_by_sound("вэнс", "cyrillic", "chinese", 8))
    assert "존슨" in dict(spelled_by_sound("джонсон", "cyrillic", "hangul", 6))
    assert "ジョンソン" in dict(spelled_by_sound("джонсон", "cyrillic", "kana", 8))


def test_newspapers_write_b_for_v() -> None:
    assert without_v("セヴァストポリ") == "セバストポリ"
    assert without_v("ヴィヴェーカ・ヴロン") == "ビベーカ・ブロン"


def test_three_characters_of_a_listed_surname_count_by_themselves_and_two_do_not() -> None:
    confidence = {form.text: form.confidence for form in expand_name("Doncic", {})}
    assert confidence["东契奇"] >= 0.6
    assert confidence["東契奇"] >= 0.6
    assert {form.text: form.confidence for form in expand_name("Musk", {})}["马斯克"] >= 0.6
    assert {form.text: form.confidence for form in expand_name("Hunt", {})}["亨特"] < 0.6
