"""Find Korean persons by their names in Hangul in Latin and Cyrillic text, where everybody writes them in his own way.

A form is the surname in one spelling and the syllables of the given name, each of which stands for all its spellings:
`Wi 성 락` is Wi Sung-lac and Wi Seong Rak, `Wi 성락` Wi Sunglac, and `Ви 성 락` Ви Сон Нак.
"""

from __future__ import annotations

from functools import cache

from monitor.model import Form
from monitor.text.forms.korean_names import CYRILLIC, LATIN, SHORT, SURE, spellings, syllables_of
from monitor.text.forms.script import fold

SYLLABLES = "syllables"
"""The source of such forms."""
_MOST_SURNAMES = {LATIN: 8, CYRILLIC: 4}
_ENDINGS = ("", "a", "u", "em", "iem", "owi", "ovi", "s", "а", "у", "ом", "е", "ові", "я", "ю", "ем")
"""Of the cases that a given name behind its surname takes, and the German genitive."""
_SIGNS = "ь"
"""What an ending stands instead of: Юн Сок Ёль, Юн Сок Ёля."""


def split_korean(name: str) -> tuple[str, str]:
    """Return the surname and the given name of a person in Hangul; two empty texts if it has no such syllables."""
    for kind, length in (("surnames of two syllables", 2), ("surnames", 1)):
        surname, given = name[:length], name[length:].strip()
        if surname in syllables_of(kind) and 0 < len(given) <= 2 and set(given) <= syllables_of("given").keys():
            return surname, given
    return "", ""


def korean_readings(name: str) -> list[Form]:
    """Return a name in Hangul as forms in Latin and Cyrillic letters; none if it cannot be a person's."""
    surname, given = split_korean(name)
    shapes = dict.fromkeys((" ".join(given), given)) if given else ()
    confidence = SURE if len(given) > 1 else SHORT
    return [
        Form(f"{first.capitalize()} {shape}", "", SYLLABLES, confidence, True)
        for script, most in _MOST_SURNAMES.items()
        for first in _surnames(surname, script)[:most]
        if len(first) + len(given) > 2
        for shape in shapes
    ]


def _surnames(surname: str, script: str) -> list[str]:
    """Return the ways to write a surname of one or two syllables, the usual first."""
    found = {"": 0}
    for syllable in surname:
        more = spellings(syllable, script)
        found = {f"{text}{one}": cost + other for text, cost in found.items() for one, other in more.items()}
    return sorted(found, key=lambda text: found[text])


def is_read_in_hangul(word: str, syllables: str) -> bool:
    """Tell whether a canonical word writes one or two syllables of Hangul, perhaps with the ending of a case."""
    first, rest = syllables[:1], syllables[1:]
    if rest:
        return any(word[:at] in _written(first) and is_read_in_hangul(word[at:], rest) for at in range(1, len(word)))
    written = _written(first)
    return any(word.endswith(end) and not written.isdisjoint(_stems(word, end)) for end in _ENDINGS)


def _stems(word: str, ending: str) -> tuple[str, ...]:
    stem = word.removesuffix(ending)
    return (stem, stem + _SIGNS) if ending else (stem,)


@cache
def _written(syllable: str) -> frozenset[str]:
    """Return the canonical ways to write a syllable in Latin and Cyrillic letters."""
    return frozenset(fold(text) for script in (LATIN, CYRILLIC) for text in spellings(syllable, script))


def release() -> None:
    """Free what was made of the tables; the next use makes it again."""
    _written.cache_clear()
