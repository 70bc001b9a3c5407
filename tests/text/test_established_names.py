"""What Chinese, Japanese and Korean papers call companies, bodies and persons."""

from __future__ import annotations

from monitor.text.forms import expand_name
from monitor.text.forms.established_names import established_forms


def texts(name: str, known: frozenset[str] = frozenset()) -> set[str]:
    return {form.text for form in established_forms(name, known)}


def test_a_company_is_found_as_papers_call_it_whatever_its_hyphens_and_case() -> None:
    assert {"高盛", "ゴールドマン・サックス", "골드만삭스", "골드만삭스의"} <= texts("Goldman Sachs")
    assert {"大眾汽車", "大众汽车"} <= texts("volkswagen")
    assert "梅赛德斯" in texts("Mercedes Benz")
    assert texts("Nobody & Sons") == set()


def test_a_city_is_found_in_the_three_languages() -> None:
    assert {"鹿特丹", "ロッテルダム", "로테르담", "로테르담의"} <= texts("Rotterdam")
    assert "哥德堡" in texts("Gothenburg")


def test_scripts_that_are_known_are_left_out() -> None:
    assert texts("Goldman Sachs", frozenset({"han", "hangul"})) == {
        "ゴールドマン・サックス",
        "ゴールドマンサックス",
        "ゴールドマン",
    }


def test_a_name_in_characters_is_found_in_latin_letters_but_for_acronyms() -> None:
    assert "Goldman Sachs" in texts("高盛")
    assert "Federal Reserve" in texts("美联储")
    assert "Fed" not in texts("美联储")


def test_an_ordinary_word_asks_for_a_second_signal() -> None:
    confidence = {form.text: form.confidence for form in expand_name("Lenovo", {})}
    assert confidence["联想"] < 0.6 < confidence["联想集团"]
