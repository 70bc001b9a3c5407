"""List titles and other words that mark names, and the characters that Chinese spells foreign names with."""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.translit.spelling_tables import read_tables

_SURE_FROM = {"hangul": 3, "hebrew": 5}
"""From how many letters a spelling counts by itself, in scripts without capitals that write spaces between words."""


def known_words(script: str, kind: str) -> frozenset[str]:
    """Return the words of a script of one kind.

    Kinds: `before` or `after` a name, `touching` one although it has letters of names, `ordinary` (マスク is also
    a mask), and further `letters` of names; titles in rules (`titled_names`); in Latin script, `articles`, which mark
    nouns, and `auxiliaries`, which may stand before a verb that is `after`.
    """
    return _words().get(f"{script} {kind}", frozenset())


@cache
def _words() -> dict[str, frozenset[str]]:
    """Return the words by script and kind."""
    lines = (line.partition(": ") for line in data_lines("titles.txt"))
    found: dict[str, frozenset[str]] = {}
    for key, _, words in lines:
        found[key] = found.get(key, frozenset()) | frozenset(words.split())
    return found


@cache
def transliteration_characters() -> frozenset[str]:
    """Return the simplified and traditional characters that write the syllables of foreign names."""
    tables = [read_tables(name).values() for name in ("sounds-chinese", "simplified-traditional")]
    rules = (rule.partition("\t")[2] for several in tables for table in several for rule in table.rules)
    return frozenset("".join(rules)) - frozenset(" -~") | known_words("han", "letters")


def proves_itself(text: str, script: str) -> bool:
    """Tell whether a spelling is long enough to count without another sign, and no ordinary word."""
    return len(text) >= _SURE_FROM.get(script, len(text) + 1) and text not in known_words(script, "ordinary")
