"""The table of names that the dictionaries do not mark, and frequent words that no name may take for itself."""

from __future__ import annotations

from monitor.text.forms import morphology
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.small_letters import is_only_name

ORDINARY = {
    "ru": "белого грозном толстого орла сумах мороза черных песка маршала газета свобода правды победы звезды",
    "uk": "сумах рівному білого орла морозу сітка газу світу волі надії перемоги правди козака захід голосом",
}


def test_the_table_holds_each_lemma_once_and_only_words_that_the_dictionary_does_not_mark() -> None:
    lines = [line.partition(": ") for line in data_lines("unmarked-names.txt")]
    lemmas = [(language, lemma) for language, _, words in lines for lemma in words.split()]
    assert {language for language, _ in lemmas} == {"ru", "uk"}
    assert len(lemmas) == len(set(lemmas)) > 900
    unmarked = [(language, lemma) for language, lemma in lemmas if morphology.ordinary_lemmas(lemma, language)]
    assert len(unmarked) > 0.95 * len(lemmas)


def test_ordinary_words_are_more_than_names() -> None:
    assert [word for words in ORDINARY.values() for word in words.split() if is_only_name(word)] == []
