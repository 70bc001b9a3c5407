"""Transliterate between Arabic or Greek letters and Latin or Cyrillic ones, as news spells names.

Not through Latin letters between the others, since Γ, غ and Г, τσ and Ц, -οφ and -ов correspond directly.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit import arabic_vowels
from monitor.text.forms.translit.spelling_tables import spelling_rules

_arabic = re.compile(
    "^(?:ab[du]|ibn|umm|[^aeiou]awa)|q(?!u)|[kg]h(?!t)|dh|aa|w[ai]$|ullah|allah|[ae]ddin|ou[dnmrsf]|[ai]y?y?eh$|[aeiou]h$|"
    "[^aeiou](?:aw|ar|an|ir|ad|am|ub|af|al|at)i$|[aeiou][rlmbs]h[aiu]|'"
).search
_UNLIKELY_COST = 0.05
_SHORTEST_WITH_ARTICLE = 5


def _without_doubles(word: str) -> str:
    """Return the word with double letters written once: neither Arabic nor, in foreign names, Greek doubles them."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


def looks_arabic(word: str) -> bool:
    """Tell whether a Latin spelling has what foreign names in Latin letters rarely have, so that it may be Arabic."""
    return _arabic(fold(word)) is not None


@lru_cache(maxsize=4096)
def arabic_spellings(word: str, *, native: bool = False) -> tuple[tuple[str, float], ...]:
    """Return Arabic spellings of a Latin `word` with their costs; `native` tells that it is an Arabic name."""
    foreign = _from_latin(word, "latin-arabic", 8)
    if not native:
        return foreign
    at_home = _from_latin(word, "latin-arabic", 8, "native")
    return (*at_home, *((text, round(cost + _UNLIKELY_COST, 2)) for text, cost in foreign))


@lru_cache(maxsize=4096)
def romanised_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return the Latin spellings of an Arabic name in English, French, German and Turkish, with their costs."""
    found: dict[str, float] = {}
    for language in ("english", "french", "german", "turkish"):
        for text, cost in _from_latin(word, "romanised-latin", 8, language):
            found[text] = min(found.get(text, 9.0), cost)
    found.pop(word, None)
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


@lru_cache(maxsize=4096)
def greek_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Greek spellings of a Latin `word` with their costs."""
    return _from_latin(word, "latin-greek", 8)


def _from_latin(word: str, pair: str, most: int, table: str = "news") -> tuple[tuple[str, float], ...]:
    """Return spellings of a Latin word; a letter with a mark is folded unless the table has a line for it (č, ş)."""
    rules = spelling_rules(pair, table)
    letters = "".join(letter if letter in rules.letters else fold(letter) for letter in word.lower())
    return tuple(rules.spell(letters if pair == "romanised-latin" else _without_doubles(letters), most))


@lru_cache(maxsize=4096)
def latin_from(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return Latin spellings of a word of `script` (`arabic` or `greek`) with their costs."""
    return tuple((text, cost) for text, cost in _spelled(word, script, "latin", 20) if text.isascii())


@lru_cache(maxsize=4096)
def cyrillic_arabic_greek_spellings(word: str, source: str, target: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case spellings of a word of one script in another, with their costs."""
    if source == "arabic":
        return tuple(_spelled(word, source, target, 10))
    return tuple(_spelled(_without_doubles(fold(word)), source, target, 8))


def _spelled(word: str, source: str, target: str, most: int) -> list[tuple[str, float]]:
    """Return spellings of a word by one table; of an Arabic one both as a foreign name and as a native one.

    A native name has short vowels, which are not written, and perhaps the article, which foreign newsrooms leave out.
    """
    letters = fold(word)
    if source != "arabic":
        return spelling_rules(f"{source}-{target}").spell(letters, most)
    bare = letters[2:] if letters.startswith("ال") and len(letters) >= _SHORTEST_WITH_ARTICLE else letters
    is_native = bare != letters or arabic_vowels.is_native(word)
    found: dict[str, float] = {}
    readings = [("news", bare, _UNLIKELY_COST if is_native else 0.0)]
    readings += [("native", text, 0.0 if is_native else _UNLIKELY_COST) for text in arabic_vowels.vocalised(bare)]
    for table, reading, cost in readings:
        for text, table_cost in spelling_rules(f"arabic-{target}", table).spell(reading, most):
            found[text] = min(found.get(text, 9.0), round(cost + table_cost, 2))
    return sorted(found.items(), key=lambda pair: pair[1])
