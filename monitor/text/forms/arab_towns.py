"""Find a town of the gazetteer by its sounds, as each language writes Arabic names: Cenin, Dschenin, Дженин for Janīn.

A name is read back to English letters by the convention that its letters allow. Its consonants must be those of one
town only, and its vowels of the same kinds: Arabic has three, which newsrooms write with five letters. Own method.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from monitor.text.forms.arabic_names import spellings_of_arabic
from monitor.text.forms.dictionary import is_ordinary_word
from monitor.text.forms.gazetteer import CONFIDENCE, GAZETTEER, lines_of, spellings_of_lines, western_lines
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name, is_place
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.spellings import LikelySpelling
from monitor.text.forms.translit import hebrew_of_letters, is_english_surname, latin_spellings
from monitor.text.forms.translit.spelling_tables import spelling_rules
from monitor.text.forms.turkish_words import is_ordinary

_FEWEST_CONSONANTS = 3
_NOT_SPELLED = frozenset({"arabic", "han", "kana", "hangul", "hebrew", "greek"})
_TELLING = (
    ("turkish", re.compile("[çşığöü]|c(?!h)|eh$|iye$|[ae]y[^aeiouy]").search),
    ("french", re.compile("[éèêëï]|ou|dj|ch").search),
    ("german", re.compile("sch|j").search),
    ("polish", re.compile("sz|cz|dż|ch|ł|j").search),
    ("spanish", re.compile("^y|[íáéú]|j").search),
)
"""The letters by which a spelling may be of a language, rather than English; own list."""
_pairs = re.compile("sh|kh|gh|th|dh|ch").sub
_two_letters = {"sh": "S", "kh": "h", "gh": "g", "th": "t", "dh": "d", "ch": "S"}
_consonants = re.compile("([bdfghjklmnprstvxzS])").split
_article = re.compile(r"(?:^|(?<=[ -]))(?:[ae]l|[aeu](?:sh|[dnrstz]))[ -](?=.{3})").sub
_inner_article = re.compile("(?<=[ -])[ae](?=l[ -])").sub
_silent = re.compile("(?<=[aeiouyāīū])h$|[^a-zāīū]").sub
_doubled = re.compile(r"(.)\1").sub
_ALIKE = str.maketrans("qc", "kk")
_KINDS = {"a": "a", "e": "ai", "i": "i", "o": "u", "u": "u", "y": "i", "w": "u", "ā": "a", "ī": "i", "ū": "u"}
_LONG, _SEVERAL = "āīū", 3
_is_native = re.compile("[āīūḩţşḑẕ]").search
_ARABIC_ONLY = frozenset("عحصضطظثذة")
_LANGUAGES = ("en", "de", "fr", "es", "pl")
"""The languages whose ordinary words are no towns, however alike."""


class Town(NamedTuple):
    """A town of the gazetteer: its line there, and its name as typed, read to English letters."""

    line: str
    english: str


def town_spellings(name: str) -> list[LikelySpelling]:
    """Return what the newsrooms of other languages write for a town with an Arabic name, beside the gazetteer's own."""
    exact = [line for line in lines_of(name) if _in_arabic(line)]
    town = Town(exact[0], fold(name)) if len(exact) == 1 else town_of(name)
    if town is None:
        return []
    listed = spellings_of_lines([town.line])
    found = [] if exact else list(listed)
    found += [one._replace(text=text) for one in listed for text in _with_other_article(one.text)]
    hebrew = [text for arabic in _in_arabic(town.line)[:1] for text, _ in hebrew_of_letters(arabic.removeprefix("ال"))]
    found += [LikelySpelling(text, "", GAZETTEER, CONFIDENCE) for text in hebrew]
    if " " not in town.english and script_of(town.english) == "latin":
        usual = fold(town.line.partition(", ")[0])
        sources = [town.english, *([usual] if " " not in usual else [])]
        found += [one for source in dict.fromkeys(sources) for one in spellings_of_arabic(source, _NOT_SPELLED)]
    return found


def _with_other_article(text: str) -> list[str]:
    """Return a Latin name of several words with the other article within: Deir al-Balah for Deir el-Balah."""
    swapped = _inner_article(lambda found: "e" if found[0] == "a" else "a", text)
    return [] if swapped == text else [swapped]


def _in_arabic(line: str) -> list[str]:
    """Return the Arabic names of a line, the Persian ones last."""
    parts = sorted(line.split(", "), key=lambda part: part.startswith("fa:"))
    texts = [part.rpartition(":")[2] for part in parts]
    return [text for text in texts if script_of(text) == "arabic"]


def town_of(name: str) -> Town | None:
    """Return the only town with an Arabic name that a name may be, or None; an ordinary word is none."""
    word = name.lower()
    if script_of(word) not in ("latin", "cyrillic") or _is_something_else(word):
        return None
    for english in _in_english(word):
        consonants, vowels = _heard(english)
        if len(consonants) < _FEWEST_CONSONANTS:
            continue
        lines = {line for line, others in _towns().get(consonants, ()) if _are_alike(vowels, others)}
        if len(lines) == 1 and not _is_ordinary(word, english):
            return Town(lines.pop(), english)
    return None


def release() -> None:
    """Free the index; the next use makes it again (0.02 s)."""
    _towns.cache_clear()


def _is_something_else(word: str) -> bool:
    return is_given_name(word) or is_arabic_given_name(word) or is_english_surname(word) or is_place(word)


def _is_ordinary(word: str, english: str) -> bool:
    """Tell whether a name is an ordinary word; a Turkish one is none if its letters are read otherwise: cenin."""
    is_turkish = is_ordinary(word) and fold(word) == english
    return is_turkish or any(is_ordinary_word(word, language) for language in _LANGUAGES)


def _in_english(word: str) -> list[str]:
    """Return the English spellings that a lower-case name may stand for, itself first."""
    if script_of(word) == "cyrillic":
        return [text.replace("dzh", "j").replace("zh", "j") for text, _ in latin_spellings(word, "en")]
    tables = [table for table, tells in _TELLING if tells(word)]
    read = [text for table in tables for text, _ in spelling_rules("latin-romanised", table).spell(word, 2)]
    return list(dict.fromkeys(map(fold, [*([] if any(c in word for c in "çşığ") else [word]), *read])))


def _heard(english: str) -> tuple[str, list[str]]:
    """Return the consonants of a lower-case English spelling, and the vowels before the first and behind each."""
    letters = _silent("", _article("", english.replace("'", ""))).translate(_ALIKE)
    letters = _doubled(r"\1", _pairs(lambda found: _two_letters[found[0]], letters))
    parts = _consonants(letters)
    return "".join(parts[1::2]), parts[::2]


def _are_alike(typed: list[str], names: list[str]) -> bool:
    """Tell whether two rows of vowels may be the same ones.

    Of four consonants and more, a short vowel within the word may be left out, or be added: Tulkerim for Ţūlkarm.
    """
    last = len(typed) - 1
    for at, (one, other) in enumerate(zip(typed, names, strict=True)):
        kinds, others = _kinds(one), _kinds(other)
        is_long = max(len(one), len(other)) >= _SEVERAL and min(len(one), len(other)) == 1
        if not is_long and (kinds & others or not (one or other)):
            continue
        is_within = 0 < at < last and last > _FEWEST_CONSONANTS
        if is_within and not (one and other) and len(one + other) == 1 and (one + other) not in _LONG:
            continue
        if at == 1 and (one, other) == ("i", "a") and names[2][:1] == "ā":
            continue  # Cibaliya for Jabālyā: i before the long vowel
        return False
    return True


def _kinds(vowels: str) -> frozenset[str]:
    return frozenset("".join(_KINDS.get(letter, "") for letter in vowels))


@cache
def _towns() -> dict[str, list[tuple[str, list[str]]]]:
    """Return, by consonants, the lines of the towns of Arabs and Persians, and the vowels of their first names.

    Their names have long vowels there, or letters that only Arabic has.
    """
    index: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for line in western_lines():
        first = normalize("NFC", line.partition(", ")[0].lower())
        arabic = _in_arabic(line)
        is_native = _is_native(first) or any(
            text.startswith("ال") or not _ARABIC_ONLY.isdisjoint(text) for text in arabic
        )
        if arabic and is_native:
            kept = "".join(letter if letter in _LONG else fold(letter) for letter in first)
            consonants, vowels = _heard(kept)
            index[consonants].append((line, vowels))
    return dict(index)
