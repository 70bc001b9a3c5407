"""An `also` in Cyrillic takes away no form of another language of the script."""

from __future__ import annotations

import pytest

from monitor.model import Article, NameEntry, Outlet
from monitor.query import Scope, compile_query, document
from monitor.text.forms import expand_name
from monitor.text.forms.covered_languages import covered_languages
from tests.query.reading import NOW


def is_found(name: str, also: list[str], text: str, language: str) -> bool:
    entries = {name: NameEntry(name, tuple(also))} if also else {}
    rule = compile_query("rule", f'name("{name}")', Scope(names=lambda one: expand_name(one, entries)))
    read = document(Article("outlet", "", "", body=text, language=language), Outlet("outlet", "", ()))
    return rule.match(read, NOW) is not None


@pytest.mark.parametrize(
    ("name", "also", "text", "language"),
    [
        ("Wes Streeting", "Уэс Стритинг", "Вес Стрітінг", "uk"),
        ("Wes Streeting", "Уэс Стритинг", "Уес Стрийтинг", "bg"),
        ("Keir Starmer", "Кір Стармєр", "Кир Стармер", "ru"),
        ("Keir Starmer", "Кір Стармєр", "Кір Стармер", "uk"),
        ("Keir Starmer", "Кир Стармер", "Кір Стармер", "uk"),
        ("Streeting", "Стритинг", "Стрийтинг", "bg"),
        ("Streeting", "Стритинг", "Стрітінг", "uk"),
        ("Песков", "Peskow", "Пєсков", "uk"),
    ],
)
def test_an_also_loses_nothing_in_another_language(name: str, also: str, text: str, language: str) -> None:
    assert is_found(name, [also], text, language)
    assert is_found(name, [also], also, language if name == "Песков" else "ru")


@pytest.mark.parametrize(
    ("name", "also", "covered"),
    [
        ("Streeting", [], ""),
        ("Streeting", ["Стритинг"], "ru"),
        ("Streeting", ["Стритинг", "Стрітінг"], "ru uk"),
        ("Wes Streeting", ["Уэс Стритинг"], "ru"),
        ("Radosław Sikorski", ["Радек Сикорский"], ""),
        ("Starmer", ["Стармєр"], ""),
        ("Biden", ["Байден"], "ru uk"),
        ("Istanbul", ["стамбульский"], ""),
        ("Streeting", ["ستريتينغ"], ""),
        ("European Council", ["Европейский совет", "Европарламент"], "bg ru uk"),
        ("!", ["Песков"], ""),
    ],
)
def test_an_also_covers_the_languages_whose_likeliest_guess_it_is(name: str, also: list[str], covered: str) -> None:
    assert sorted(covered_languages(name, also)) == covered.split()


@pytest.mark.parametrize(
    ("name", "also", "text", "is_matched"),
    [
        ("Newsom", "纽瑟姆", "州长纽瑟姆", True),
        ("Newsom", "纽瑟姆", "州长纽森", True),
        ("Newsom", "纽瑟姆", "州長紐瑟姆", True),
        ("Newsom", "紐瑟姆", "州长纽瑟姆", True),
        ("Gavin Newsom", "纽瑟姆", "加文·纽森", True),
        ("Takaichi", "高市早苗", "首相塔卡伊奇", False),
        ("Zhang Youxia", "张又侠", "副主席张有霞", False),
        ("Lviv", "利沃夫", "市长利维夫", False),
    ],
)
def test_a_chinese_also_by_sound_takes_no_guess_away(name: str, also: str, text: str, is_matched: bool) -> None:
    assert is_found(name, [also], text, "zh") is is_matched


def test_what_is_taken_away_in_chinese_is_so_in_both_kinds_of_characters() -> None:
    entry = NameEntry("Russia", ("俄罗斯",), ("白俄罗斯", "罗斯"))
    forms = {form.text: form.confidence for form in expand_name("Russia", {"Russia": entry})}
    assert forms["俄羅斯"] == 1.0
    assert forms["白俄羅斯"] == 0
