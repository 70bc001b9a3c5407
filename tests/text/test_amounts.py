"""Numbers of texts as amounts, however languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.amounts import amounts


@pytest.mark.parametrize(
    "text",
    [
        "12,000 homes",
        "12 тыс. домов",
        "12 тисяч будинків",
        "12 bin konut",
        "12.000 Häuser",
        "12\u202f000 maisons",
        "١٢ الف",
    ],
)
def test_one_amount_in_all_languages(text: str) -> None:
    assert [one.value for one in amounts(text)] == [12_000]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("410 million euros and 1,2 млрд", [410e6, 1.2e9]),
        ("5,8 on the scale; 17.9 percent", [5.8, 17.9]),
        ("in 2026, on 14 May 1975", [14]),
        ("2,027 dead", [2027]),
        ("at 14:30 and 9:05", []),
        ("à 11 h 20, à 11h20, vers 11 heures 20", [11.2, 11.2, 11.2]),
        ("14 h, 20 blessés; 9 h 20 000 pas", [14, 20, 9, 20_000]),
        ("A320 and Mi-8", [8]),
        ("commit 2d46782, order 6ca015c", []),
        ("5m people, 12km, 30 m2, 7km2", [5, 12, 30, 7]),
        ("", []),
    ],
)
def test_what_counts(text: str, values: list[float]) -> None:
    assert [one.value for one in amounts(text)] == pytest.approx(values)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert all(one.value >= 0 and 0 <= one.start < one.end <= len(text) for one in amounts(text))


def test_what_says_a_number_has_its_thousands_and_nothing_behind_them() -> None:
    text = "12 тыс. людей, 1.5 million people, 2,000 km, 7,5 % and ١٢ bin"
    assert [text[one.start : one.end] for one in amounts(text)] == ["12 тыс", "1.5 million", "2,000", "7,5", "١٢ bin"]
