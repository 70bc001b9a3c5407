"""Tables of what begins words, by language."""

from __future__ import annotations

from monitor.text.word_beginnings import name_of, word_tables


def test_the_longest_beginning_names_the_row_and_whole_words_count_whole() -> None:
    tables = word_tables("nationalities.txt", named=True)
    assert name_of("turkmenistan", "tr", tables) == "TM"
    assert [name_of(word, "tr", tables) for word in ("turk", "turkce")] == ["TR", ""]
    assert word_tables("news-topics.txt")["de"]["literaturnobelpreis"] == "prize"


def test_every_line_has_a_name_and_no_beginning_is_of_two_rows() -> None:
    for file, named in (("nationalities.txt", True), ("news-topics.txt", False)):
        for table in word_tables(file, named=named).values():
            assert all(table.values())
            assert all(len(beginning) > 1 for beginning in table)
