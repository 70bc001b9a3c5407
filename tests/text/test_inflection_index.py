"""The word lists: every form finds its lemma and every lemma its forms, however they are spread over pages."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from monitor.text.forms.data_files import data_bytes, data_lines
from monitor.text.forms.dictionary import LANGUAGES
from monitor.text.forms.inflection_index import InflectionIndex
from tests.packaging.word_lists import beginnings, digest, packed

WORDS = st.text("abcä-'ж", min_size=1, max_size=6)


@given(st.dictionaries(WORDS, WORDS, min_size=1), WORDS)
@example({"went": "go", "goes": "go"}, "go")
@example({"pot": "pot", "puede": "poder", "puedo": "poder", "poder": "poder"}, "poder")
def test_a_packed_list_says_what_the_dictionary_said(dictionary: dict[str, str], other: str) -> None:
    index = InflectionIndex(packed(dictionary, "es"))
    for word in {*dictionary, *dictionary.values(), other}:
        assert index.lemma_of(word) == dictionary.get(word)
        expected = {form for form, lemma in dictionary.items() if lemma == word}
        assert index.forms_of(word) == {form for form in expected if form.startswith(beginnings(word, "es"))}


def test_the_forms_of_a_lemma_are_found_over_chunks_and_pages() -> None:
    tails = [f"{first}{second}" for first in "abcdefgh" for second in "ijklmnop"]
    dictionary = {f"pod{number}{tail}": "podo" for number in range(80) for tail in tails} | {"podo": "podo", "x": "y"}
    index = InflectionIndex(packed(dictionary, "es"))
    assert index.forms_of("podo") == dictionary.keys() - {"x"}
    assert all(index.lemma_of(form) == lemma for form, lemma in list(dictionary.items())[::50])


def test_the_lists_that_ship_are_those_of_the_digests() -> None:
    stated = dict(line.split() for line in data_lines("words.txt"))
    assert stated == {language: digest(data_bytes(f"{language}.words")) for language in LANGUAGES}


def test_irregular_forms_are_listed() -> None:
    lists = {language: InflectionIndex(data_bytes(f"{language}.words")) for language in ("en", "de", "es")}
    assert lists["en"].lemma_of("went") == "go"
    assert {"Häuser", "Haus", "Hauses"} <= lists["de"].forms_of("Haus")
    assert {"puede", "pudo", "podía"} <= lists["es"].forms_of("poder")
    assert lists["en"].lemma_of("Qwrtz") is None
    assert lists["en"].forms_of("Qwrtz") == set()
