"""What rules are promised of forms: floors on sets that we wrote, and given sets where they are at hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text import forms
from monitor.text.forms import FORMS_VERSION, expand_name, expand_word
from monitor.text.tokens import canonical
from tests.bench.names import Forms, cross_lingual, inflection

LANGUAGES = {"ar", "cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr", "uk"}
DATA = Path(__file__).parents[1] / "data" / "forms"
GIVEN = os.environ.get("MONITOR_TEST_DATA")
needs_given = pytest.mark.skipif(not GIVEN, reason="MONITOR_TEST_DATA is not set")


def rows(language: str) -> list[tuple[str, str]]:
    lines = (DATA / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return [(lemma, form) for lemma, listed in pairs for form in listed.split()]


@pytest.mark.parametrize(("language", "floor"), [("ru", 0.98), ("uk", 0.98), ("tr", 0.98)])
def test_names_are_found_in_every_case(language: str, floor: float) -> None:
    pairs = rows(language)
    assert len(pairs) >= 300
    by_lemma = {lemma: Forms(expand_name(lemma, {}), language) for lemma, _ in pairs}
    missed = [(lemma, form) for lemma, form in pairs if not by_lemma[lemma].find(form)]
    assert 1 - len(missed) / len(pairs) >= floor, missed


@pytest.mark.parametrize("language", ["ru", "uk", "tr"])
def test_names_are_not_found_in_each_other(language: str) -> None:
    pairs = rows(language)
    owners: dict[str, set[str]] = defaultdict(set)
    for lemma, form in pairs:
        owners[form].add(lemma)
    expanded = {lemma: Forms(expand_name(lemma, {}), language) for lemma, _ in pairs}
    hits = [(lemma, form) for form in owners for lemma, known in expanded.items() if known.find(form)]
    false = [(lemma, form) for lemma, form in hits if lemma not in owners[form]]
    assert 1 - len(false) / len(hits) >= 0.97, false


def word_rows() -> list[tuple[str, str, list[str]]]:
    lines = (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()
    return [(language, word, listed.split()) for language, word, listed in (line.split("\t") for line in lines)]


def test_plain_words_are_found_inflected_in_thirteen_languages() -> None:
    missed, total = [], 0
    for language, word, listed in word_rows():
        known = {canonical(form.text) for form in expand_word(word) if form.language in ("", language)}
        total += len(listed)
        missed += [(language, word, form) for form in listed if canonical(form) not in known]
    assert {language for language, *_ in word_rows()} == LANGUAGES
    assert 1 - len(missed) / total >= 0.95, missed


def test_forms_of_plain_words_count_in_their_language_only() -> None:
    languages = {form.text: form.language for form in expand_word("переговоры")}
    assert languages["переговоров"] == "ru"
    assert next(iter(languages.items())) == ("переговоры", "")
    assert {form.language for form in expand_word("talks")} >= {"", "en"}


def test_a_written_capital_chooses_the_readings_that_are_names() -> None:
    assert "песок" not in {form.text.lower() for form in expand_word("Песков")}
    assert "песок" in {form.text for form in expand_word("песков")}


@needs_given
@pytest.mark.parametrize(
    ("language", "recall", "precision"), [("ru", 0.98, 0.98), ("uk", 0.985, 0.98), ("tr", 0.97, 0.94)]
)
def test_inflection_on_the_given_treebanks(language: str, recall: float, precision: float) -> None:
    score = inflection(Path(GIVEN or "") / "names", language)
    assert score.recall >= recall, score.missed
    assert score.precision >= precision, score.false


@needs_given
@pytest.mark.parametrize(("language", "missed"), [("ru", 5), ("uk", 3)])
def test_english_names_are_found_in_cyrillic(language: str, missed: int) -> None:
    score = cross_lingual(Path(GIVEN or "") / "names", language)
    assert len(score.missed) <= missed, score.missed
    assert score.precision >= 0.97, score.false


WRITTEN_ABROAD = [
    ("Wilson", "Уилсон", "Вілсон"),
    ("Jackson", "Джексон", "Джексон"),
    ("Schneider", "Шнайдер", "Шнайдер"),
    ("Hoffmann", "Хоффманн", "Гоффманн"),
    ("Kowalski", "Ковальский", "Ковальський"),
    ("Yıldırım", "Йылдырым", "Йилдирим"),
    ("Erdoğan", "Эрдоган", "Ердоган"),
    ("Shevchenko", "Шевченко", "Шевченко"),
    ("Kuznetsov", "Кузнецов", "Кузнецов"),
    ("Dostoevsky", "Достоевский", "Достоєвський"),
    ("Zhukov", "Жуков", "Жуков"),
    ("Khrushchev", "Хрущев", "Хрущев"),
    ("Tsvetaeva", "Цветаева", "Цвєтаєва"),
    ("Romano", "Романо", "Романо"),
    ("Rossi", "Росси", "Россі"),
    ("Garcia", "Гарсия", "Гарсія"),
    ("Tanaka", "Танака", "Танака"),
    ("Dupont", "Дюпон", "Дюпон"),
    ("Baker", "Бейкер", "Бейкер"),
    ("Schwarz", "Шварц", "Шварц"),
]


def test_names_are_written_abroad_as_they_sound() -> None:
    missed = []
    for english, russian, ukrainian in WRITTEN_ABROAD:
        known = {canonical(form.text) for form in expand_name(english, {}) if form.confidence >= 0.6}
        missed += [(english, other) for other in (russian, ukrainian) if canonical(other) not in known]
    assert len(missed) <= 3, missed


@given(st.text(max_size=60))
def test_anything_can_be_expanded(text: str) -> None:
    for found in (expand_word(text), expand_name(text, {})):
        assert all(0 < form.confidence <= 1 for form in found)
        assert not found or canonical(found[0].text) == canonical(text)


@given(st.text(alphabet="абвгдеийклмнопрстуьяії'- ", min_size=1, max_size=30))
def test_cyrillic_of_any_shape_keeps_itself_first_and_has_no_doubles(text: str) -> None:
    found = expand_name(text, {})
    keys = [(canonical(form.text), form.language) for form in found]
    assert len(keys) == len(set(keys))


def test_the_version_names_the_libraries() -> None:
    assert "pymorphy3-dicts-uk=" in FORMS_VERSION
    assert FORMS_VERSION == forms.FORMS_VERSION


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(AttributeError):
        _ = forms.NOTHING


def test_what_was_let_go_is_loaded_again() -> None:
    before = expand_name("Песков", {})
    forms.release()
    assert expand_name("Песков", {}) == before


def test_the_door_imports_no_dictionary() -> None:
    code = (
        "import sys, monitor.text.forms;"
        "assert not {'pymorphy3', 'simplemma', 'babel', 'monitor.text.forms.names'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
