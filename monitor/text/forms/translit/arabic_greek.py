"""Transliterate between Arabic or Greek letters and Latin or Cyrillic ones, as news spells names.

Not through Latin letters between the others, since Γ, غ and Г, τσ and Ц, -οφ and -ов correspond directly.
"""

from __future__ import annotations

from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.spelling_tables import spelling_rules


def _without_doubles(word: str) -> str:
    """Return the word with double letters written once: neither Arabic nor, in foreign names, Greek doubles them."""
    return "".join(letter for at, letter in enumerate(word) if at == 0 or letter != word[at - 1])


@lru_cache(maxsize=4096)
def arabic_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Arabic spellings of a Latin `word` with their costs."""
    return _from_latin(word, "latin-arabic", 6)


@lru_cache(maxsize=4096)
def greek_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Greek spellings of a Latin `word` with their costs."""
    return _from_latin(word, "latin-greek", 8)


def _from_latin(word: str, pair: str, most: int) -> tuple[tuple[str, float], ...]:
    """Return spellings of a Latin word; a letter with a mark is folded unless the table has a line for it (č, ş)."""
    rules = spelling_rules(pair)
    letters = "".join(letter if letter in rules.letters else fold(letter) for letter in word.lower())
    return tuple(rules.spell(_without_doubles(letters), most))


@lru_cache(maxsize=4096)
def latin_from(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return Latin spellings of a word of `script` (`arabic` or `greek`) with their costs."""
    return tuple(
        (text, cost) for text, cost in spelling_rules(f"{script}-latin").spell(fold(word), 12) if text.isascii()
    )


@lru_cache(maxsize=4096)
def cyrillic_arabic_greek_spellings(word: str, source: str, target: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case spellings of a word of one script in another, with their costs."""
    return tuple(spelling_rules(f"{source}-{target}").spell(_without_doubles(fold(word)), 8))
