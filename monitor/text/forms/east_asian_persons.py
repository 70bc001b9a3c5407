"""Find East Asian persons typed in Cyrillic letters (Хань Гоюй), and Chinese ones as Taiwan spells them (Cheng Li-wun).

The systems that write pinyin, Hangul and kana in other letters are read backwards, a syllable at a time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from itertools import product

from monitor.model import Form
from monitor.text.forms.chinese_names import chinese_person, pinyin_spellings
from monitor.text.forms.japanese_names import japanese_in_characters
from monitor.text.forms.korean_names import CYRILLIC, korean_person
from monitor.text.forms.script import script_of
from monitor.text.forms.translit.spelling_tables import spelling_rules

_PALLADIUS, _TAIWAN = ("latin-russian", "chinese"), ("pinyin-taiwan", "wade-giles")
_MOST_SPELLINGS = 3
"""How many ways to write a syllable of pinyin in one system are read back."""
_MOST_SYLLABLES = 2
_RUSSIAN = str.maketrans("іїєґ", "ииег")
_words = re.compile("[-'’ ]").split


def persons_typed_abroad(words: list[str], known: Collection[str]) -> list[Form]:
    """Return an East Asian person in characters and Hangul, but for the scripts of `known`; none if it is not one.

    In Latin letters these are Japanese names and the spellings of Taiwan, whose given names have a hyphen.
    """
    script = script_of(words[0])
    if script == "latin":
        is_as_in_taiwan = len(words) == _MOST_SYLLABLES and "-" in words[1]
        found = japanese_in_characters(words) + (_chinese(words, _TAIWAN) if is_as_in_taiwan else [])
        return [] if "han" in known else found
    if script != "cyrillic":
        return []
    lower = [word.lower().translate(_RUSSIAN) for word in words]
    korean = korean_person(lower, CYRILLIC) if "hangul" not in known else []
    return korean + ([] if "han" in known else _chinese(lower, _PALLADIUS) + japanese_in_characters(_hepburn(lower)))


def _chinese(words: list[str], system: tuple[str, str]) -> list[Form]:
    """Return a Chinese person whose name is spelled by a system, the surname first."""
    surname, *given = " ".join(words).lower().split()
    table = _pinyin(system)
    return [
        form
        for first in table.get(surname, ())
        for syllables in _divided(" ".join(given), table)
        for form in chinese_person([first, "-".join(syllables)])
    ]


def _divided(given: str, table: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the readings in pinyin of a given name of one or two syllables."""
    parts = _words(given)
    if len(parts) == 1:
        cuts = [[given[:at], given[at:]] for at in range(1, len(given))]
        divisions = [[given], *cuts]
    else:
        divisions = [parts] if len(parts) <= _MOST_SYLLABLES else []
    for division in divisions:
        yield from product(*(table.get(part, ()) for part in division))


@cache
def _pinyin(system: tuple[str, str]) -> dict[str, list[str]]:
    """Return the syllables and surnames of pinyin by their spellings in a system."""
    found: dict[str, list[str]] = defaultdict(list)
    for syllable in pinyin_spellings():
        for spelling, _ in spelling_rules(*system).spell(syllable, _MOST_SPELLINGS):
            found[spelling].append(syllable)
    return dict(found)


def _hepburn(words: list[str]) -> list[str]:
    """Return Japanese names in Cyrillic letters in Hepburn romanisation."""
    return [spelling_rules("russian-western", "japanese").spell(word, 1)[0][0] for word in words]


def release() -> None:
    """Free the tables; the next use makes them again (0.02 s)."""
    _pinyin.cache_clear()
