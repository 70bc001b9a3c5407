"""Read the tables of spellings, `data/SOURCE-TARGET.txt`, one file a pair of scripts or languages.

`[german]` starts a table. `system:` says which convention it follows, `source:` where that is set down, and `then:`
which table's rules come after its own. Every other line is a rule: a pattern, a tab, and its spellings, as
`SpellingRules` takes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.translit.spelling_rules import SpellingRules


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
    return tables


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
