"""Lists of rules as spreadsheets write them: columns, delimiters, cells over several lines."""

from __future__ import annotations

import pytest

from monitor.config.rule_csv import CsvRule, decode_file, rows_of


def test_columns_are_known_by_their_names_in_any_order() -> None:
    rows, problems = rows_of("To;Title;Search\nann, bob;Lira;lira AND bank\n")
    assert (rows, problems) == ([CsvRule(2, "Lira", "lira AND bank", ("ann", "bob"))], [])


def test_without_a_header_the_first_line_is_a_rule() -> None:
    assert rows_of("Lira,lira,ann\n")[0] == [CsvRule(1, "Lira", "lira", ("ann",))]


def test_a_row_is_at_the_line_where_it_begins() -> None:
    rows, _ = rows_of('name,query\n"A","one\ntwo"\n\nB,three\n')
    assert [(row.line, row.name) for row in rows] == [(2, "A"), (5, "B")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the list is empty"),
        ("query\nx\n", "line 1: there is no column name"),
        ('name,query\nA,"' + "x" * 140_000, "line 2: this is no CSV: field larger than field limit (131072)"),
    ],
)
def test_what_is_no_list_says_why(text: str, problem: str) -> None:
    rows, problems = rows_of(text)
    assert (rows, problems) == ([], [problem])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_files_are_decoded_as_spreadsheets_save_them(encoding: str) -> None:
    assert decode_file("name;query\nЛира;лира И банк\n".encode(encoding)) == "name;query\nЛира;лира И банк\n"
