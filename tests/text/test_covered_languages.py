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
