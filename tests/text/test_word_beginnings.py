"""Tables of what begins words, by language."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from monitor.text.tokens import canonical
from monitor.text.word_beginnings import name_of, word_tables


def test_the_longest_beginning_names_the_row_and_whole_words_count_whole() -> None:
    tables = word_tables("nationalities.txt", named=True)
    assert name_of("turkmenistan", "tr", tables) == "TM"
    assert [name_of(word, "tr", tables) for word in ("turk", "turkce")] == ["TR", ""]
    assert word_tables("news-topics.txt")["de"]["literaturnobelpreis"] == "prize"


def test_every_line_has_a_name() -> None:
    for file, named in (("nationalities.txt", True), ("news-topics.txt", False)):
        for table in word_tables(file, named=named).values():
            assert all(table.values())
            assert all(len(beginning) > 1 for beginning in table)


def topic_rows() -> list[list[list[str]]]:
    """Return the topics, of each a list of parts: a language and its words."""
    lines = (files("monitor.text") / "news-topics.txt").read_text(encoding="utf-8").splitlines()
    return [[part.split() for part in line.split("|")] for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("language", ["en", "de", "ru", "uk", "tr", "ar", "fr", "es", "pl", "it"])
def test_every_topic_has_words_in_every_language_and_no_word_has_two(language: str) -> None:
    """A topic that a language lacks is news to who reads it there, and hides that two articles are of one event."""
    words = {row[0][1]: part[1:] for row in topic_rows() for part in row if part[0] == language}
    assert [row[0][1] for row in topic_rows() if not words.get(row[0][1])] == []
    counts = Counter(canonical(word.rstrip("=")) + "=" * word.endswith("=") for said in words.values() for word in said)
    assert [word for word, count in counts.items() if count > 1] == []
