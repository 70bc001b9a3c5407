"""Inflect Latin names by the tables `data/names.LANGUAGE.txt`; other languages of the script do not inflect names.

A line is the end of a name, then what stands instead of it in the other forms: `ski skiego skiemu skim ~scy`. `-` is
nothing, `^` the beginning of the name (`^lev` is one name), a `~` marks a less likely form, a `?` one that needs a
second signal. The line with the longest end counts. Each file names its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from monitor.text.forms.agreement import agree
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold

LANGUAGES = ("pl", "cs", "de", "sk", "ro")
_LIKELY, _LESS_LIKELY = 0.8, 0.7
_SHORTEST_PART = 4
_is_link = re.compile("(?<![sc]k)o$").search
_SURE_POSSESSIVE = 0.62
_DOUBTFUL = 0.58
"""Too little without a second signal, such as a capital within a sentence."""
_BY_MARK = {"~": _LESS_LIKELY, "?": _DOUBTFUL}
AMBIGUOUS_POSSESSIVES = ("ova", "ovo", "ovu", "ovy")
"""Those that are ends of places, too (Karlovo, Havlovy), or of the surname of his wife but for its mark: Nováková."""
AMBIGUOUS_SLOVAK_POSSESSIVES = ("ov", "ove", "ovej")
"""Those that are the genitive of several, or the surname of his wife: Ficov, Ficovej."""
_POSSESSIVES = {
    **dict.fromkeys(("ův", "ovým", "ových", "ovými"), _SURE_POSSESSIVE),
    **dict.fromkeys(AMBIGUOUS_POSSESSIVES, _DOUBTFUL),
}
"""Czech possessives of a man's name, most of them Slovak ones as well: Babišův."""
_SLOVAK_POSSESSIVES = {
    **dict.fromkeys(("ovho", "ovmu"), _SURE_POSSESSIVE),
    **dict.fromkeys(AMBIGUOUS_SLOVAK_POSSESSIVES, _DOUBTFUL),
}


def name_endings(word: str) -> list[tuple[str, str, float]]:
    """Return (language, form, confidence) of a lower-case Latin name with every ending."""
    found = [(language, *form) for language in LANGUAGES for form in _inflected(word, language)]
    found += [(language, *form) for language in ("pl", "cs") for form in _doubly_inflected(word, language)]
    return found + list(_possessives(found))


def _doubly_inflected(word: str, language: str) -> list[tuple[str, float]]:
    """Return the forms of a double name of which both halves decline, in the same case: Kosiniaka-Kamysza.

    A first half that only links the second does not: Iwano-Frankiwsk.
    """
    parts = word.split("-")
    if len(parts) != 2 or min(map(len, parts)) < _SHORTEST_PART or _is_link(parts[0]):
        return []
    pairs = product(*(_inflected(part, language) for part in parts))
    return [
        (f"{one}-{other}", min(share, more))
        for (one, share), (other, more) in pairs
        if max(share, more) >= _LIKELY and agree(one, other)
    ]


def _possessives(found: list[tuple[str, str, float]]) -> Iterator[tuple[str, str, float]]:
    """Yield the Czech and Slovak possessives (Babišův) of a name by its dative (Babišovi), with their confidence."""
    for language, dative, likely in found:
        if language == "cs" and dative.endswith("ovi") and likely >= _LIKELY:
            stem = dative.removesuffix("ovi")
            yield from (("cs", stem + end, share) for end, share in _POSSESSIVES.items())
            yield from (("sk", stem + end, share) for end, share in _SLOVAK_POSSESSIVES.items())


def release() -> None:
    """Free the tables; the next use reads them again (2 ms)."""
    _table.cache_clear()


@cache
def _table(file: str) -> dict[str, str]:
    """Return, by the end of a name, what stands instead of it."""
    lines = (line.partition(" ") for line in data_lines(file))
    return {end.replace("-", ""): instead for end, _, instead in lines}


def _inflected(word: str, language: str) -> list[tuple[str, float]]:
    """Return the forms of a name in one language, with their confidence."""
    return with_ends(word, f"names.{language}.txt")


def with_ends(word: str, file: str) -> list[tuple[str, float]]:
    """Return a lower-case word with each end that a file of `data` has instead of its own, with their confidence.

    A word whose last letter no name of the language has declines as without its mark: the Polish Babiša, Czech Vučiće.
    """
    table = _table(file)
    end = _end_in(table, word)
    if end is None and (plain := fold(word)) != word and len(plain) == len(word):
        end = _end_in(table, plain)
    if end is None:
        return []
    plain_end = end.removeprefix("^")
    stem, own_end = word[: len(word) - len(plain_end)], word[len(word) - len(plain_end) :]
    found = []
    for instead in table[end].split():
        confidence = _BY_MARK.get(instead[0], _LIKELY)
        text = instead.lstrip("~?").replace("-", "")
        text = own_end + text.removeprefix(plain_end) if text.startswith(plain_end) else text
        found.append((stem + text, confidence))
    return found


def _end_in(table: Mapping[str, str], word: str) -> str | None:
    """Return the longest end of a word that a table has, with `^` if it is the whole word; None if it has none."""
    marked = f"^{word}"
    return next((end for start in range(len(marked) + 1) if (end := marked[start:]) in table), None)
