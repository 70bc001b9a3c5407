"""Names in the spelling that newsrooms of one country have: Japanese ones in Czech, and the Polish ł."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.translit import czech_spellings, polish_spellings, romanian_spellings


@pytest.mark.parametrize(
    ("name", "expected"),
    [("kishida", "kišida"), ("hayashi", "hajaši"), ("takaichi", "takaiči"), ("yamamoto", "jamamoto")],
)
def test_a_japanese_name_is_spelled_by_its_sound(name: str, expected: str) -> None:
    assert czech_spellings(name)[0][0] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("kolacz", "kołacz"), ("blaszczak", "błaszczak"), ("holownia", "hołownia"), ("pawlowski", "pawłowski")],
)
def test_a_polish_name_has_each_letter_that_it_lost(name: str, expected: str) -> None:
    assert [text for text, _ in polish_spellings(name)] == [expected]
    found = [form for form in expand_name(name, {}) if form.text == expected.capitalize()]
    assert max(form.confidence for form in found) >= 0.6


@pytest.mark.parametrize("name", ["kowalski", "lukashenko", "scholz", "klaus", "wałęsa", "bielecki"])
def test_a_name_that_lost_none_stays(name: str) -> None:
    assert polish_spellings(name) == []


@pytest.mark.parametrize("name", ["shane", "chase", "moore", "johnson", "suzuki", "scholz"])
def test_another_name_stays(name: str) -> None:
    assert czech_spellings(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Takaichi", "Takaičiová"),
        ("Takaichi", "Takaičiovou"),
        ("Sanae Takaichi", "Sanae Takaičiové"),
        ("Hayashi", "Hajašiho"),
    ],
)
def test_the_czech_spelling_declines_and_has_a_feminine(name: str, expected: str) -> None:
    found = [form for form in expand_name(name, {}) if form.text == expected and form.language == "cs"]
    assert max(form.confidence for form in found) >= 0.6


@pytest.mark.parametrize(
    ("name", "expected"),
    [("shoigu", "șoigu"), ("gutsul", "guțul"), ("zakharova", "zaharova"), ("yermak", "iermak"), ("shmyhal", "șmihal")],
)
def test_a_name_from_cyrillic_follows_its_letters_in_romanian(name: str, expected: str) -> None:
    assert romanian_spellings(name)[0][0] == expected


def test_a_romanian_spelling_counts_in_romanian_articles() -> None:
    languages = {form.text: form.language for name in ("Shoigu", "Gutsul") for form in expand_name(name, {})}
    assert (languages["Șoigu"], languages["Guțul"]) == ("ro", "ro")


@pytest.mark.parametrize("name", ["bush", "shaw", "johnson", "tusk", "gutschmidt", "fletcher"])
def test_a_western_name_stays_in_romanian(name: str) -> None:
    assert romanian_spellings(name) == []
