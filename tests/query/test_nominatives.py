"""Case forms of a man's name that are the nominative of a woman's, or of a word that is the subject of a verb."""

from __future__ import annotations

import pytest

from monitor.model import Form
from tests.query.reading import article, found
from tests.query.test_names import named

ZAKHAROV = named(
    Zakharov=[
        Form("Захаров", capital=True),
        Form("Захарова", "", "query, ru case", 0.95, True),
        Form("Захарові", "", "query, uk case", 0.95, True),
    ],
    Alexander=[Form("Александр", capital=True), Form("Александра", "", "given names, ru case", 0.9, True)],
    Zakharova=[Form("Захарова", capital=True)],
)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ru", "Мария Захарова ответила", None),
        ("ru", "Слова Марии Захарова", ["Захарова"]),
        ("ru", "вот мария Захарова", ["Захарова"]),
        ("ru", "Мария, Захарова ждут", ["Захарова"]),
        ("ru", "Мария. Захарова ждут", ["Захарова"]),
        ("ru", "Надежда Захарова на победу", ["Захарова"]),
        ("ru", "Александра Захарова ответила", None),
        ("ru", "Александра Захарова вызвали", ["Захарова"]),
        ("ru", "Дмитрия Захарова вызвала полиция", ["Захарова"]),
        ("ru", "Захарова заявила о санкциях", None),
        ("ru", "Захарова улыбнулась", None),
        ("ru", "Захарова коснулась реформа", ["Захарова"]),
        ("ru", "Захарова назначила коллегия", ["Захарова"]),
        ("ru", "Война Захарова началась", ["Захарова"]),
        ("ru", "из Захарова Невская лавра", ["Захарова"]),
        ("uk", "Олена Захарова повідомила", None),
        ("uk", "Захарові дісталася нагорода", ["Захарові"]),
    ],
)
def test_a_womans_surname_is_no_case_of_a_mans(language: str, text: str, wanted: list[str] | None) -> None:
    assert found("name(Zakharov)", article(text, title="", language=language), ZAKHAROV) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Александра Невская спела", None),
        ("День Александра Невского", ["Александра"]),
        ("Видели Александра. Невская лавра", ["Александра"]),
        ("Для Александра, Невская лавра", ["Александра"]),
    ],
)
def test_a_given_name_before_a_womans_surname_is_hers(text: str, wanted: list[str] | None) -> None:
    assert found("name(Alexander)", article(text, title="", language="ru"), ZAKHAROV) == wanted


def test_a_womans_name_itself_is_found() -> None:
    text = "Мария Захарова ответила. Захарова заявила о санкциях"
    assert found("name(Zakharova)", article(text, title="", language="ru"), ZAKHAROV) == ["Захарова"] * 2
