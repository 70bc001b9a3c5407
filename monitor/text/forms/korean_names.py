"""Find Korean persons by the Latin spelling of their names, in which one sound is written in several ways.

Every syllable that names have is romanised in all ways of the table `names.ko.txt`, and a name is read back by that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms.affixes import CONFIDENCE, guess_affixed, is_of_person
from monitor.text.forms.translit.spelling_tables import read_tables

ROMANISED = "romanisation"
"""What the sources of such forms begin with."""
SURE, SHORT = 0.7, 0.57
"""The confidence of a name of three syllables, and of one of two."""
LATIN, CYRILLIC = "", " cyrillic"
"""The ends of the names of the tables for each script."""
_FULL_NAME = 3
"""How many syllables a name has that counts by itself: two of them are often a word (조국, the fatherland)."""
_MOST_READINGS, _MOST_NAMES = 3, 6
_RAREST = 9
_ALIKE = 3
"""How many readings are about as likely, and take the same particles."""
_FIRST, MIDDLE = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_LAST = "-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Hangul syllables are numbered from 가 by first, middle and last letter (Unicode 3.12).
_FIRST_SYLLABLE = 0xAC00
_words = re.compile("[- ]").split


def korean_person(words: list[str], script: str = LATIN) -> list[Form]:
    """Return a name in Hangul with particles, the surname first (Lee Jae-myung); none if it is not one.

    `script` is that of the words: LATIN or CYRILLIC (Ли Чжэ Мён).
    """
    surname, *given = " ".join(words).lower().split()
    firsts = _readings("surnames", script).get(surname, ())
    seconds = _given_names(" ".join(given), script) if firsts and given else []
    names = {f"{first}{second}": cost + other for (first, cost), (second, other) in product(firsts, seconds)}
    likeliest = sorted(names, key=lambda name: names[name])[:_MOST_NAMES]
    return [form for rank, name in enumerate(likeliest) for form in _with_particles(name, rank // _ALIKE)]


def _with_particles(name: str, rank: int) -> Iterator[Form]:
    confidence = SURE if len(name) >= _FULL_NAME else SHORT
    yield Form(name, "", ROMANISED, confidence)
    for form in guess_affixed(name, "hangul", rank):
        if is_of_person(form, name):
            yield Form(form, "", f"{ROMANISED}, particle", round(CONFIDENCE * confidence, 2))


def _given_names(given: str, script: str) -> list[tuple[str, int]]:
    """Return the Hangul of a given name of one or two syllables, which a hyphen or space may divide, with costs."""
    known = _readings("given", script)
    parts = _words(given)
    if len(parts) == 1:
        cuts = [(given[:at], given[at:]) for at in range(1, len(given))]
        divided = [("", given), *cuts]
    else:
        divided = [(parts[0], parts[1])] if len(parts) == 2 else []
    return [
        (f"{one}{other}", cost + more)
        for first, second in divided
        for (one, cost), (other, more) in product(known.get(first, ()) if first else [("", 0)], known.get(second, ()))
    ]


@cache
def _readings(kind: str, script: str) -> dict[str, list[tuple[str, int]]]:
    """Return the syllables of `surnames` or `given` names by their spellings, with costs, likeliest first."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for syllable in syllables_of(kind):
        for spelling, cost in spellings(syllable, script).items():
            found[spelling].append((syllable, cost))
    return {spelling: sorted(several, key=_cost)[:_MOST_READINGS] for spelling, several in found.items()}


def _cost(reading: tuple[str, int]) -> int:
    return reading[1]


@cache
def syllables_of(kind: str) -> dict[str, None]:
    """Return the syllables of `surnames` or `given` names in order, or the surnames of two syllables."""
    return dict.fromkeys(read_tables("names.ko")[kind].header["syllables"].split())


def spellings(syllable: str, script: str = LATIN) -> dict[str, int]:
    """Return the spellings of a syllable of Hangul in a script with their costs, the usual one 0."""
    letters, kinds = letters_of(syllable), ("first", "middle", "last")
    rows = [written(f"{kind}{script}").get(letter, [""]) for kind, letter in zip(kinds, letters, strict=True)]
    found = dict.fromkeys(written(f"whole{script}").get(syllable, ()), 1)
    for ranked in product(*(enumerate(row) for row in rows)):
        spelling = "".join(text for _, text in ranked)
        found[spelling] = min(sum(rank for rank, _ in ranked), found.get(spelling, _RAREST))
    return found


def letters_of(syllable: str) -> tuple[str, str, str]:
    """Return the first, the middle and the last letter of a syllable of Hangul, of which the last may be `-` (none)."""
    number, last = divmod(ord(syllable) - _FIRST_SYLLABLE, len(_LAST))
    return _FIRST[number // len(MIDDLE)], MIDDLE[number % len(MIDDLE)], _LAST[last]


@cache
def written(kind: str) -> dict[str, list[str]]:
    """Return how the letters of one table are written, `-` as nothing."""
    rows = (rule.replace("-", "").split("\t") for rule in read_tables("names.ko")[kind].rules)
    return {letter: several.split(" ") for letter, several in rows}


def release() -> None:
    """Free the tables; the next use makes them again (0.01 s)."""
    _readings.cache_clear()
    written.cache_clear()
    syllables_of.cache_clear()
