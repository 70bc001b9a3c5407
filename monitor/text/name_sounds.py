"""Compare names by sound across scripts: each is reduced to a row of sounds, and rows are compared by what differs.

The tables are our own: of the letter groups by which newsrooms of Latin script write the same sound, and of the sounds
that languages exchange (v and w; p and b in Arabic; g and h in Ukrainian). The distance is that of Wagner and Fischer
(1974, doi:10.1145/321796.321811), with a cost for each pair of sounds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate

from monitor.text.forms import cyrillic
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit import latin_from, latin_spellings, sounds_of_ukrainian
from monitor.text.syllable_sounds import latin_of_syllables

_LONGEST = 30
_SPELLINGS = 4
_OWN_LETTERS = str.maketrans(
    {"š": "sh", "ş": "sh", "ś": "sh", "č": "ch", "ç": "ch", "ć": "ch", "ž": "zh", "ż": "zh", "ź": "zh", "ř": "rzh"}
    | {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "e", "œ": "o", "ə": "e", "ı": "i", "ñ": "ny", "ğ": "g"}
)
# Groups of letters and their sounds: S sh, C ch, X the ch that is k, h, ch or sh, Z zh, c ts, H kh and h.
_GROUPS_TEXT = """
shch S  tsch C  dzh J  sch S  tch C  ssz S  sz S  sh S  cz C  ch X  zh Z  rz Z  dj J  kh H  gh G  ph F  th T  ts c
tz c  ck K  cs C  qu K  ou u  ei a  ai a  ey a  ay a  x Ks  dz z  ij a  c K
"""
_GROUPS = dict(zip(_GROUPS_TEXT.split()[::2], _GROUPS_TEXT.split()[1::2], strict=True))
_groups = re.compile("|".join(_GROUPS)).sub
_soft_c = re.compile("c(?=[eiy])").sub
_doubled = re.compile(r"(.)\1+").sub
_LETTERS = str.maketrans("vwfqkpbdtgjhlrmn", "VWFKKPBDTGJHLRMN")
_VOWELS = frozenset("aeiouy")
_VOWEL, _FAINT, _CONSONANT = 0.35, 0.35, 1.0
_FAINT_SOUNDS = frozenset("HJ")
_ALIKE_TEXT = {
    0.1: "VW KX sz Sc",
    0.2: "VF WF HX SX CX ZS CS ZJ CJ GH KH cs cC cz SZ",
    0.3: "Ss Zz TD PB KG BV PV Cs JG Xs FP GX",
    0.6: "MN LR Jz SK cK",
}
_ALIKE = {frozenset(pair): cost for cost, pairs in _ALIKE_TEXT.items() for pair in pairs.split()}
_OTHER_BEGINNING = 0.5
"""What it costs besides that two names begin with different sounds, which newsrooms seldom exchange."""

# The usual sounds of Hebrew letters, from א to ת with the final shapes; short vowels are not written.
_HEBREW_LETTERS = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
_HEBREW_SOUNDS = "a v g d h o z h t i k k l m m n n s a f f ts ts k r sh t"
_HEBREW = dict(zip(_HEBREW_LETTERS, _HEBREW_SOUNDS.split(), strict=True))
# At a word's beginning these are hard, and ו is no vowel, nor is it where it is doubled.
_HEBREW_FIRST = {"ב": "b", "פ": "p", "ו": "v"}
# Revised Romanization of Korean (National Institute of Korean Language, 2000): first, middle and last letters. - is
# none, as is the ㅡ that loanwords put between consonants.
_HANGUL_TEXT = (
    "g kk n d tt r m b pp s ss - j jj ch k t p h",
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu - ui i",
    "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t",
)
_FIRST, _MIDDLE, _LAST = (text.split() for text in _HANGUL_TEXT)


def likeness(one: str, other: str) -> float:
    """Return how alike two words sound, up to 1; at most .5, or 0, where less than half of their sounds agree."""
    pairs = ((a, b) for a in sounds_of(one) for b in sounds_of(other))
    return max((_likeness(a, b) for a, b in pairs), default=0.0)


class SoundIndex:
    """Words by their rows of sounds, to find those that sound like another word without comparing all."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for word in words:
            for row in sounds_of(word):
                self._by_first[row[0]][row].add(word)

    def alike(self, word: str, least: float) -> dict[str, float]:
        """Return the words that sound at least `least` (0.5 to 1) like this one, and begin alike, with how much."""
        found: dict[str, float] = {}
        for row in sounds_of(word):
            weight = _total(row)
            for first, rows in self._by_first.items():
                if _exchange(first, row[0]) > _VOWEL:
                    continue
                for other, words in rows.items():
                    if abs(weight - (total := _total(other))) > (1 - least) * max(weight, total):
                        continue
                    if (likeness := _likeness(row, other)) >= least:
                        found.update((one, max(likeness, found.get(one, 0.0))) for one in words)
        return found


@lru_cache(maxsize=65536)
def sounds_of(word: str) -> tuple[str, ...]:
    """Return the likely rows of sounds of one word, the likeliest first; none for a script without a table."""
    word = word[:_LONGEST].lower().replace("i̇", "i")
    return tuple(dict.fromkeys(filter(None, map(_row, _in_latin(word)))))


def _in_latin(word: str) -> list[str]:
    script = script_of(word)
    if script == "latin":
        return [fold(word.translate(_OWN_LETTERS))]
    if script == "cyrillic":
        is_ukrainian = cyrillic.languages_of(word) == ("uk",)
        return [text for text, _ in latin_spellings(sounds_of_ukrainian(word) if is_ukrainian else word, "en")[:1]]
    if script in ("greek", "arabic"):
        return [text for text, _ in latin_from(word, script)[:_SPELLINGS]]
    if script == "hebrew":
        rest = "".join(_HEBREW.get(letter, "") for letter in word[1:].replace("וו", "ב"))
        return [_HEBREW_FIRST.get(word[0], _HEBREW.get(word[0], "")) + rest]
    if script in ("han", "kana"):
        return [latin_of_syllables(word, script)]
    return ["".join(map(_syllable, word))] if script == "hangul" else []


def _syllable(letter: str) -> str:
    """Return a Korean syllable in Latin letters, by the arithmetic of Unicode's Hangul block (3.12)."""
    number = ord(letter) - ord("가")
    if not 0 <= number < len(_FIRST) * len(_MIDDLE) * len(_LAST):
        return ""
    first, rest = divmod(number, len(_MIDDLE) * len(_LAST))
    middle, last = divmod(rest, len(_LAST))
    return f"{_FIRST[first]}{_MIDDLE[middle]}{_LAST[last]}".replace("-", "")


def _row(latin: str) -> str:
    """Return the sounds of a word in plain Latin letters, double ones once."""
    row = _groups(lambda match: _GROUPS[match[0]], _soft_c("ts", latin))
    return _doubled(r"\1", "".join(filter(str.isalpha, row)).translate(_LETTERS))


@lru_cache(maxsize=65536)
def _likeness(one: str, other: str) -> float:
    most = max(_total(one), _total(other))
    cost = _distance(one, other, most / 2)
    if _exchange(one[0], other[0]) > _VOWEL:
        cost += _OTHER_BEGINNING
    return max(0.0, 1 - cost / most)


@lru_cache(maxsize=65536)
def _total(row: str) -> float:
    return sum(map(_weight, row))


def _distance(one: str, other: str, most: float) -> float:
    """Return the least cost of making one row of sounds into the other; of more than `most`, only that it is more."""
    weights = [_weight(partner) for partner in other]
    above = list(accumulate(weights, initial=0.0))
    for sound in one:
        own = _weight(sound)
        row = [above[0] + own]
        for at, partner in enumerate(other):
            row.append(min(above[at] + _exchange(sound, partner), above[at + 1] + own, row[at] + weights[at]))
        if min(row) > most:
            return most + _CONSONANT
        above = row
    return above[-1]


@cache
def _weight(sound: str) -> float:
    """Return what it costs to add or drop a sound: vowels and faint consonants are written or not."""
    return _VOWEL if sound in _VOWELS else _FAINT if sound in _FAINT_SOUNDS else _CONSONANT


@cache
def _exchange(one: str, other: str) -> float:
    """Return what it costs to write one sound for another."""
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return 0.2
    return _ALIKE.get(frozenset((one, other)), max(_weight(one), _weight(other)))
