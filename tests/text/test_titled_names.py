"""Titles before a name in a rule: which are left aside, and which are part of a name of its own."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.titled_names import without_titles


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("President Macron", "Macron"),
        ("Dr. Peskov", "Peskov"),
        ("Lt. Gen. Keith Kellogg", "Keith Kellogg"),
        ("Secretary of State Marco Rubio", "Marco Rubio"),
        ("King Charles III", "Charles III"),
        ("Prince Mohammed bin Salman", "Mohammed bin Salman"),
        ("Präsident Selenskyj", "Selenskyj"),
        ("Cumhurbaşkanı Erdoğan", "Erdoğan"),
        ("премьер-министр Михаил Мишустин", "Михаил Мишустин"),
    ],
)
def test_titles_are_left_aside(written: str, name: str) -> None:
    assert without_titles(written) == name
    assert expand_name(written, {}) == expand_name(name, {})


@pytest.mark.parametrize(
    "name",
    [
        "Pan Gongsheng",
        "Dr. Who",
        "General Motors",
        "Premier League",
        "Prime Minister",
        "Minister of Health",
        "King Charles",
        "Prince Harry",
        "Queen Elizabeth Hospital",
        "Sheikh Jarrah",
        "Captain America",
        "President Xi",
    ],
)
def test_what_is_a_name_of_its_own_stays_whole(name: str) -> None:
    assert without_titles(name) == name
