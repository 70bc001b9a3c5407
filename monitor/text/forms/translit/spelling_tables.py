"""Read the tables of spellings, `data/SOURCE-TARGET.txt`, one file a pair of scripts or languages.

`[german]` starts a table. `system:` says which convention it follows, `source:` where that is set down, and `then:`
which table's rules come after its own. Every other line is a rule: a pattern, a tab, and its spellings, as
`SpellingRules` takes them. A table with `finals:` is a grid of syllables: a line begins with their first sounds, and
has the spellings of each final, in order, with a stroke between several of one syllable; `-` stands for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.translit.spelling_rules import SpellingRules

_CLOSED = "(?![aeiouəjyw])"
_SYLLABLE_SIZES = (3, 2, 1)
"""How many letters or characters a syllable that is read as one has, the longest first."""


@dataclass(frozen=True, slots=True)
class SpellingTable:
    """One table of a file: its header (`system`, `source`, perhaps `then`) and its own rules in order."""

    header: dict[str, str] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)


def read_tables(pair: str) -> dict[str, SpellingTable]:
    """Return the tables of one file (`latin-russian`) by their names."""
    tables: dict[str, SpellingTable] = {}
    for line in data_lines(f"{pair}.txt"):
        if line.startswith("[") and line.endswith("]"):
            table = tables[line[1:-1]] = SpellingTable()
        elif "\t" in line:
            table.rules.append(line)
        else:
            key, _, value = line.partition(": ")
            table.header[key] = value
    for table in tables.values():
        if finals := table.header.get("finals"):
            table.rules[:] = _rules_of_grid(table.rules, finals.split())
    return tables


def by_syllables(text: str, table: Mapping[str, str]) -> str:
    """Return what a table has for the syllables of a text, the longest first; empty where it lacks one."""
    found, at = "", 0
    while at < len(text):
        size = next((size for size in _SYLLABLE_SIZES if text[at : at + size] in table), 0)
        if not size:
            return ""
        found += table[text[at : at + size]]
        at += size
    return found


def _rules_of_grid(lines: list[str], finals: list[str]) -> list[str]:
    """Return a rule for each cell of a grid of syllables, the longest syllables first.

    A final that ends in `n` ends a syllable: `an` is not the beginning of `ana`.
    """
    rules: list[tuple[str, str]] = []
    for line in lines:
        initial, _, cells = line.partition("\t")
        for final, cell in zip(finals, cells.split(), strict=True):
            syllable = f"{initial}{final}".replace("-", "")
            if cell != "-" and syllable:
                rules.append((syllable, cell.replace("/", " ")))
    rules.sort(key=lambda rule: -len(rule[0]))
    return [f"{syllable}{_CLOSED if syllable[1:].endswith('n') else ''}\t{cell}" for syllable, cell in rules]


@cache
def spelling_rules(pair: str, name: str = "news") -> SpellingRules:
    """Return the rules of one table, followed by those that its header names, and so on; read once."""
    tables = read_tables(pair)
    rules: list[str] = []
    following: str | None = name
    while following:
        rules += tables[following].rules
        following = tables[following].header.get("then")
    return SpellingRules(rules)
