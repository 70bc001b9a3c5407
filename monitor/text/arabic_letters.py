"""Replace the variants of Arabic letters, which differ between keyboards and languages, by one letter each.

The variants are those of Lucene's ArabicNormalizer, PersianNormalizer and SoraniNormalizer, with the older Maghribi
letters. Hamza, madda and vowel signs are combining marks and are folded with all others.
"""

from __future__ import annotations

_VARIANTS = {
    "ي": "یےېۍ",  # Persian and Urdu yeh, barree, Pashto; the Arabic ى is left to `fold_ending`
    "ك": "کڪ",
    "ه": "ةہۃھە",  # teh marbuta, Urdu heh goal and its teh, do-chashmi heh, Kurdish and Uyghur ae
    "ا": "ٱ",
    "ف": "ڤڢڥ",  # Peskov is بيسكوف or بيسكوڤ
    "ق": "ڧٯ",
}
_FOLDED = str.maketrans({variant: letter for letter, variants in _VARIANTS.items() for variant in variants})
# على (on) is in every text and must not become علي (Ali), whom Egyptian newsrooms write على.
_PREPOSITIONS = frozenset({particle + word for particle in ("", "و", "ف") for word in ("على", "الى", "حتى", "لدى")})


def fold_arabic(text: str) -> str:
    """Replace each variant of a letter by the letter; ى stays, since its reading depends on the word."""
    return text if text.isascii() else text.translate(_FOLDED)


def fold_ending(word: str) -> str:
    """Replace ى by ي in a canonical word (مصطفى and مصطفي are one name), except in the most frequent prepositions."""
    return word.replace("ى", "ي") if "ى" in word and word not in _PREPOSITIONS else word
