"""The spellings of one word of a name in every script that a rule should find, before any case ending is put on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.text.forms import cyrillic
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit import (
    arabic_spellings,
    greek_spellings,
    latin_from,
    latin_spellings,
    looks_slavic,
    russian_from_ukrainian,
    russian_spellings,
    southern_spellings,
    ukrainian_spellings,
)

ALIAS = "names.yaml"
GENITIVE = "de"
_POLISH_ENDINGS = ("ow", "iew", "ski", "cki", "icz")
_LETTERS = {"tr": frozenset("şğıİŞĞ"), "pl": frozenset("łńśćżźąęŁŚŻŹ"), "cs": frozenset("řěůčšžŘČŠŽ")}
_GUESS = 0.86
_FAR = 0.05
_CONVENTIONS = ("en", "de", "pl", "fr", "tr", "cs")
_MOST = {"ru": 8, "uk": 8, "latin": 8, "arabic": 4, "greek": 6}


@dataclass(frozen=True, slots=True)
class LikelySpelling:
    """One lower-case spelling, the language whose endings it takes (empty: any of its script), and how sure it is."""

    text: str
    language: str = ""
    source: str = "transliteration"
    confidence: float = 1.0


def as_written(text: str, source: str, confidence: float = 1.0) -> list[LikelySpelling]:
    """A spelling that somebody wrote down, once for each language that its letters allow."""
    script = script_of(text)
    if script != "cyrillic":
        own = _latin_language(text) if source == ALIAS and script == "latin" else ""
        return [LikelySpelling(text, own, source, confidence)]
    return [LikelySpelling(text, language, source, confidence) for language in cyrillic.languages_of(text)]


def _latin_language(text: str) -> str:
    """The language whose endings an alias in Latin letters takes: its own where its letters tell, else German -s."""
    if text.endswith(_POLISH_ENDINGS):
        return "pl"
    return next((language for language, letters in _LETTERS.items() if letters & frozenset(text)), GENITIVE)


def guessed(word: str, known_scripts: Iterable[str] = ()) -> list[LikelySpelling]:
    """Spellings of the lower-case `word` in the scripts that nobody has written it in yet, likeliest first."""
    script = script_of(word)
    known = frozenset(known_scripts)
    if script == "latin":
        found = _from_latin(word, known)
    elif script == "cyrillic":
        found = _from_cyrillic(word, known)
    elif script in ("arabic", "greek"):
        found = _from_far(word, script, known)
    else:
        return []
    return _capped(word, found)


def _from_far(word: str, script: str, known: frozenset[str]) -> list[LikelySpelling]:
    """From Arabic or Greek letters: to Latin and Cyrillic ones by their own tables, to each other by way of Latin."""
    latin = latin_from(word, script)
    found = [] if "latin" in known else _priced(latin, "", _FAR)
    if "cyrillic" not in known:
        russian = southern_spellings(word, script, "cyrillic")
        found += _priced(russian, "ru", _FAR)
        found += [
            one
            for text, cost in russian[:4]
            for one in _priced(ukrainian_spellings(text, slavic=False), "uk", cost + _FAR)
        ]
    nearest = [_priced(_other_way(text, script), "", cost + _FAR) for text, cost in latin[:3]]
    return found + [one for several in nearest for one in several if script_of(one.text) not in known]


def _other_way(latin: str, script: str) -> tuple[tuple[str, float], ...]:
    return greek_spellings(latin) if script == "arabic" else arabic_spellings(latin)


def _from_latin(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    slavic = looks_slavic(word)
    russian = russian_spellings(word)
    found: list[LikelySpelling] = []
    if "cyrillic" not in known:
        found += _priced(russian, "ru")
        for text, cost in russian[:10]:
            found += _priced(ukrainian_spellings(text, slavic=slavic), "uk", cost)
    if slavic and russian and "latin" not in known:
        found += _latin_of(russian[0][0], "ru", 0.1)
    return found + _farther(word, known)


def _from_cyrillic(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    found: list[LikelySpelling] = []
    languages = cyrillic.languages_of(word)
    if "ru" in languages and "uk" not in known:
        found += _priced(ukrainian_spellings(word, slavic=True), "uk")
    if "uk" in languages and "ru" not in known:
        found += _priced(russian_from_ukrainian(word), "ru")
    if "latin" not in known:
        found += _latin_of(word, languages[0], 0.0)
    for script in ("arabic", "greek"):
        found += [] if script in known else _priced(southern_spellings(word, "cyrillic", script), "", _FAR)
    return found


def _latin_of(word: str, language: str, cost: float) -> list[LikelySpelling]:
    conventions = ("uk", *_CONVENTIONS[1:]) if language == "uk" else _CONVENTIONS
    found = []
    for convention in conventions:
        found += _priced(
            latin_spellings(word, convention), convention if convention in ("pl", "cs", "tr") else "", cost
        )
    if word.endswith(("ов", "ев")) and language == "ru":
        stems = latin_spellings(word, "en")[:1]  # none for a word with a sign that no table knows
        found += [LikelySpelling(stem[:-1] + "ff", "", "transliteration", _GUESS - cost) for stem, _ in stems]
    return found


def _farther(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    found = [] if "arabic" in known else _priced(arabic_spellings(word), "ar", _FAR)
    return found + ([] if "greek" in known else _priced(greek_spellings(word), "", _FAR))


def _priced(texts: Iterable[tuple[str, float]], language: str, cost: float = 0.0) -> list[LikelySpelling]:
    return [LikelySpelling(text, language, "transliteration", round(_GUESS - cost - price, 2)) for text, price in texts]


def _capped(word: str, spellings: list[LikelySpelling]) -> list[LikelySpelling]:
    """The best of each language, without the word itself and without doubles."""
    taken = {fold(word)} if script_of(word) != "cyrillic" else set()
    counts: dict[str, int] = {}
    kept = []
    for spelling in sorted(spellings, key=lambda one: -one.confidence):
        group = spelling.language if spelling.language in ("ru", "uk") else script_of(spelling.text)
        key = fold(spelling.text) + (group if group in ("ru", "uk") else "")
        if key in taken or counts.get(group, 0) >= _MOST.get(group, 4) or spelling.confidence < 0.5:
            continue
        taken.add(key)
        counts[group] = counts.get(group, 0) + 1
        kept.append(spelling)
    return kept
