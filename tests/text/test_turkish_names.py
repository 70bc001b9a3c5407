"""Suffixes of Turkish without apostrophe, by letter and by sound, and Turkish spellings of foreign names."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.phrases import phrase_cases
from monitor.text.forms.translit.latin_to_turkish import turkish_spellings
from monitor.text.forms.turkish_suffixes import acronym_suffixes, case_suffixes, name_suffixes


@pytest.mark.parametrize(
    ("acronym", "wanted"),
    [
        ("AB", {"abnin", "abye", "abde", "abyi"}),
        ("ABD", {"abdnin", "abdden", "abdyle"}),
        ("NATO", {"natonun", "natoya", "natodan"}),
        ("TÜİK", {"tüikin", "tüikte", "tüikye"}),
        ("IMF", {"imfnin", "imfye"}),
    ],
)
def test_an_acronym_is_read_by_letter_or_as_a_word(acronym: str, wanted: set[str]) -> None:
    assert wanted <= set(acronym_suffixes(acronym))


def test_an_acronym_that_is_no_word_is_not_read_as_one() -> None:
    assert set(acronym_suffixes("CHP")) == {"chpyi", "chpnin", "chpye", "chpde", "chpden", "chpyle"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Biden", {"bidena", "bidene", "bidendan"}),
        ("Johnson", {"johnsonun", "johnsonın"}),
        ("Trump", {"trumpun", "trumpın", "trumpa"}),
        ("Lagarde", {"lagardea", "lagardedan", "lagardeye"}),
        ("Lille", {"lillee", "lilleye"}),
        ("Birlik", {"birliğinin", "birliğinde", "birliklerinde"}),
    ],
)
def test_a_foreign_name_takes_suffixes_by_its_letters_and_by_its_sound(name: str, wanted: set[str]) -> None:
    assert wanted <= {form for form, _ in name_suffixes(name)}


def test_a_name_that_sounds_as_it_is_written_takes_one_harmony() -> None:
    assert "putina" not in {form for form, _ in name_suffixes("Putin")}
    assert {form for form, _ in case_suffixes("Putin")} < {form for form, _ in name_suffixes("Putin")}


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("ghalibaf", "kalibaf"),
        ("gerapetritis", "yerapetritis"),
        ("mitsotakis", "miçotakis"),
        ("pezeshkian", "pezeşkiyan"),
        ("larijani", "laricani"),
        ("salam", "selam"),
        ("mashhad", "meşhed"),
        ("shoigu", "şoygu"),
        ("kobakhidze", "kobahidze"),
        ("ishiba", "işiba"),
    ],
)
def test_a_name_of_another_script_is_spelled_as_in_turkish_news(name: str, spelled: str) -> None:
    assert spelled in dict(turkish_spellings(name))


@pytest.mark.parametrize("name", ["jackson", "schmidt", "weber", "müller", "bush", "trump", "macron", "hughes"])
def test_a_western_name_keeps_its_spelling(name: str) -> None:
    assert turkish_spellings(name) == ()


def test_a_guessed_turkish_spelling_counts_in_turkish_only() -> None:
    forms = [form for form in expand_name("Ghalibaf", {}) if form.text.startswith("Kalibaf")]
    assert {"Kalibaf", "Kalibafın"} <= {form.text for form in forms}
    assert {form.language for form in forms} == {"tr"}


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Abbas Araghchi", "Abbas Arakçi"),
        ("Mahmoud Abbas", "Mahmud Abbas"),
        ("Khalifa Haftar", "Halifa Hafter"),
        ("Birleşmiş Milletler", "Birleşmiş Milletlerin"),
    ],
)
def test_of_several_words_each_may_be_spelled_otherwise_or_decline(name: str, spelled: str) -> None:
    assert spelled in {form.text for form in expand_name(name, {}) if form.language in ("", "tr")}


def test_a_phrase_without_turkish_letters_takes_no_turkish_suffix() -> None:
    assert not [form for form in phrase_cases("Out of Africa", "query") if form.language == "tr"]
