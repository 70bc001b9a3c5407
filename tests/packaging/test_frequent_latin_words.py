"""What is taken into the lists of frequent words, by readings as morfeusz2 gives them."""

from __future__ import annotations

from tests.packaging.frequent_latin_words import WIDTH, is_polish_word, lines_of


def reading(lemma: str, *kinds: str, tag: str = "subst:sg:gen:m3") -> tuple[int, int, tuple[str, ...]]:
    return (0, 1, ("turku", lemma, tag, list(kinds), []))  # type: ignore[return-value]


def test_a_word_has_a_reading_that_is_no_name() -> None:
    assert is_polish_word([reading("Turek", "nazwisko"), reading("turek", "nazwa_pospolita")])
    assert is_polish_word([reading("sam:A")])
    assert not is_polish_word([reading("Turek", "nazwa_geograficzna")])
    assert not is_polish_word([reading("Turek")])
    assert not is_polish_word([reading("turku", tag="ign")])


def test_words_are_written_in_lines_that_can_be_read() -> None:
    words = ["aaaa", "bbbb"] * 40
    assert " ".join(lines_of(words)).split() == words
    assert max(map(len, lines_of(words))) <= WIDTH
