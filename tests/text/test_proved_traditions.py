"""Names whose letters prove their language: its reading is the surest, and no other convention's is as sure."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.translit.bulgarian import bulgarian_by_letters
from monitor.text.forms.translit.latin_to_russian import proved_tradition, russian_by_letters


@pytest.mark.parametrize(
    ("word", "tradition"),
    [
        ("brzęczyszczykiewicz", "polish"),
        ("grzegorz", "polish"),
        ("szczerba", "polish"),
        ("şimşek", "turkish"),
        ("yıldız", "turkish"),
        ("herzog", ""),
        ("merz", ""),
        ("streeting", ""),
        ("müller", ""),
        ("dâncilă", ""),
    ],
)
def test_letters_prove_a_tradition(word: str, tradition: str) -> None:
    assert proved_tradition(word) == tradition


def test_a_disproved_reading_costs_more_than_the_right_one() -> None:
    spelled = dict(russian_by_letters("brzęczyszczykiewicz"))
    right = spelled.pop("бженчищикевич")
    assert min(spelled, key=spelled.__getitem__).startswith("бжен")
    assert all(cost - right >= 0.2 for text, cost in spelled.items() if text.startswith("брз"))
    assert bulgarian_by_letters("şimşek") == ()


@pytest.mark.parametrize(
    ("name", "likely"),
    [
        ("Grzegorz Brzęczyszczykiewicz", "Гжегож Бженчищикевич"),
        ("Wes Streeting", "Уэс Стритинг"),
        ("Sergey Lavrov", "Сергей Лавров"),
        ("Mehmet Şimşek", "Мехмет Шимшек"),
    ],
)
def test_the_right_full_name_is_the_surest_in_cyrillic(name: str, likely: str) -> None:
    forms = [form for form in expand_name(name, {}) if "а" <= form.text[1] <= "я" and not form.language]
    assert max(forms, key=lambda form: form.confidence).text == likely
    assert not [form.text for form in forms if form.text.startswith("В ")]


def test_an_unlikely_given_name_stays_proof_beside_the_surname() -> None:
    sure = {form.text: form.confidence for form in expand_name("Wes Streeting", {})}
    assert 0.6 <= sure["Вес Стритинг"] < sure["Уэс Стритинг"]
