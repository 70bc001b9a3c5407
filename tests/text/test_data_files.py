"""The tables of spellings as data: each names its convention, and each letter is of its script."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import script_of
from monitor.text.forms.translit.by_sound import SOUNDS
from monitor.text.forms.translit.spelling_rules import SpellingRules
from monitor.text.forms.translit.spelling_tables import SpellingTable, read_tables

DATA = files("monitor.text.forms") / "data"
PAIRS = sorted(name.removesuffix(".txt") for name in (file.name for file in DATA.iterdir()) if name.count("-") == 1)
NO_PAIRS = {"function-words", "given-names", "english-names", "longer-names", "unmarked-names"}
NO_PAIRS |= {"established-names", "established-places", "established-surnames"}
NO_PAIRS |= {"surname-letters", "signed-surnames", "given-languages"}
PAIRS = [pair for pair in PAIRS if pair not in NO_PAIRS and "." not in pair]
SCRIPTS = {
    "russian": "cyrillic",
    "ukrainian": "cyrillic",
    "bulgarian": "cyrillic",
    "belarusian": "cyrillic",
    "romanised": "latin",
    "western": "latin",
    "pinyin": "latin",
    "taiwan": "latin",
    "slavic": "cyrillic",
    "turkish": "latin",
    "romanian": "latin",
    "czech": "latin",
    "polish": "latin",
    "plain": "latin",
    "signed": "latin",
}
SCRIPTS |= dict.fromkeys(("chinese", "simplified", "traditional"), "han")
FOREIGN = {"russian": "іїєґ", "ukrainian": "ыэёъ", "bulgarian": "ыэё", "belarusian": "ищъ"}
SYNTAX = re.compile(r"\\w\*|\(\?(?:<?[=!]|:)|[\[\]()|^$?.,+*-]")
TABLES = [(pair, name) for pair in PAIRS for name in read_tables(pair)]


def rules(pair: str, name: str) -> list[tuple[str, list[str]]]:
    tables: dict[str, SpellingTable] = read_tables(pair)
    lines: list[str] = []
    following: str | None = name
    while following:
        lines += tables[following].rules
        following = tables[following].header.get("then")
    return [(pattern, spellings.split(" ")) for pattern, spellings in (line.split("\t") for line in lines)]


def letters_of(pattern: str) -> str:
    return SYNTAX.sub("", pattern).replace("'", "").replace("’", "")


def branches(pattern: str) -> list[str]:
    return pattern.split("|") if "(" not in pattern and "[" not in pattern else [pattern]


def test_there_is_a_file_for_each_pair() -> None:
    assert len(PAIRS) == 46
    assert len(TABLES) == 147


@pytest.mark.parametrize(("pair", "name"), TABLES, ids=str)
def test_a_table_says_what_it_follows_and_where_that_stands(pair: str, name: str) -> None:
    header = read_tables(pair)[name].header
    assert header.keys() - {"then", "marks", "never", "finals", "spelled"} == {"system", "source"}
    assert all(header.values())


@pytest.mark.parametrize(("pair", "name"), TABLES, ids=str)
def test_no_left_side_stands_twice(pair: str, name: str) -> None:
    own = [pattern for line in read_tables(pair)[name].rules for pattern in branches(line.split("\t")[0])]
    assert sorted(own) == sorted(set(own))


@pytest.mark.parametrize(("pair", "name"), TABLES, ids=str)
def test_every_letter_is_of_its_script(pair: str, name: str) -> None:
    for language, place in zip(pair.split("-"), (0, 1), strict=True):
        for pattern, spellings in rules(pair, name):
            side = (
                letters_of(pattern)
                if place == 0
                else "".join(
                    one.lstrip("~").strip("-").replace("'", "").replace("_", "").replace('"', "") for one in spellings
                )
            )
            if language == "sounds":
                assert set(side) <= set(SOUNDS), (pattern, spellings)
                continue
            scripts = {script_of(letter) for letter in side}
            assert scripts <= {SCRIPTS.get(language, language)}, (pattern, spellings)
            assert not (place and set(side) & set(FOREIGN.get(language, ""))), (pattern, spellings)


@pytest.mark.parametrize(("pair", "name"), TABLES, ids=str)
def test_every_rule_has_a_pattern_that_compiles_and_spellings_that_differ(pair: str, name: str) -> None:
    for pattern, spellings in rules(pair, name):
        assert re.compile(pattern)
        assert all(spellings), pattern
        assert len(set(spellings)) == len(spellings), pattern


@pytest.mark.parametrize(
    "table", ["given-names.txt", "given-names-arabic.txt", "given-names-hebrew.txt", "given-names-western.txt"]
)
def test_a_given_name_stands_in_one_line_only_once(table: str) -> None:
    for line in data_lines(table):
        assert len(set(line.split(" "))) == len(line.split(" ")), line


@pytest.mark.parametrize("table", ["established-names.txt", "established-places.txt"])
def test_an_established_name_has_a_latin_one_and_others_and_none_twice(table: str) -> None:
    lines = [line.split(", ") for line in data_lines(table)]
    assert [line for line in lines if len(set(line)) < len(line)] == []
    assert [line for line in lines if not line[0].isascii() and script_of(line[0]) != "latin"] == []
    assert [line for line in lines if {"han", "kana", "hangul"}.isdisjoint(map(script_of, "".join(line)))] == []
    firsts = [line[0] for line in lines]
    assert sorted(set(firsts)) == sorted(firsts)


@pytest.mark.parametrize("table", ["established-surnames.txt", "names-in-kana.txt"])
def test_a_surname_has_a_line_of_its_own_and_others_in_east_asian_scripts(table: str) -> None:
    lines = [line.split(" ") for line in data_lines(table)]
    names = [line[0] for line in lines]
    assert sorted(set(names)) == names
    assert [line for line in lines if not line[0].islower() or len(set(line)) < max(len(line), 2)] == []
    assert {script_of(one) for line in lines for one in line[1:]} <= {"han", "kana", "hangul"}


def test_a_rule_with_a_group_that_captures_is_refused() -> None:
    assert SpellingRules(["sch\tш", "s\tс з"]).spell("sa", 2) == [("сa", 0.0), ("зa", 0.07)]
    with pytest.raises(ValueError, match="no group that captures"):
        SpellingRules(["s(c)h\tш"])
