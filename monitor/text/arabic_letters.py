"""Letters of the Arabic script as any keyboard types them come in, one letter for each goes out.

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
# على (on) is in every text and is no Ali, whom Egyptian newsrooms write with the same letters as others علي.
_PREPOSITIONS = frozenset({particle + word for particle in ("", "و", "ف") for word in ("على", "الى", "حتى", "لدى")})


def fold_arabic(text: str) -> str:
    """Replace each variant of a letter by the letter; ى stays, since that depends on the word."""
    return text if text.isascii() else text.translate(_FOLDED)


def fold_ending(word: str) -> str:
    """Read ى as ي in a canonical word, as مصطفى and مصطفي are one man; the commonest prepositions stay as they are."""
    return word.replace("ى", "ي") if "ى" in word and word not in _PREPOSITIONS else word
