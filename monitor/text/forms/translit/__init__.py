"""Transliterate names between the scripts of the world, with several likely spellings each."""

from __future__ import annotations

from monitor.text.forms.translit.arabic_greek import (
    arabic_spellings,
    cyrillic_arabic_greek_spellings,
    hebrew_of_letters,
    latin_from,
    looks_arabic,
    may_be_arabic,
    native_arabic_spellings,
    persian_spellings,
    romanised_spellings,
)
from monitor.text.forms.translit.bulgarian import (
    bulgarian_from_english,
    bulgarian_from_russian,
    russian_from_bulgarian,
)
from monitor.text.forms.translit.by_sound import (
    chinese_spellings,
    in_other_characters,
    is_established,
    mixes_characters,
    spelled_by_sound,
)
from monitor.text.forms.translit.caucasian import armenian_or_georgian
from monitor.text.forms.translit.cyrillic_to_latin import latin_spellings
from monitor.text.forms.translit.english_names import is_english_surname
from monitor.text.forms.translit.greek_names import greek_spellings
from monitor.text.forms.translit.latin_to_russian import looks_slavic, russian_spellings
from monitor.text.forms.translit.russian_ukrainian import russian_from_ukrainian, ukrainian_spellings
from monitor.text.forms.translit.slavic_sounds import (
    MAYBE_COST,
    Original,
    looks_like_slavic_place,
    may_be_slavic,
    slavic_originals,
    sounds_of_ukrainian,
)
from monitor.text.forms.translit.spellings_at_home import (
    czech_spellings,
    polish_spellings,
    romanian_spellings,
    spellings_at_home,
)
from monitor.text.forms.translit.syllables_to_latin import latin_of_syllables
from monitor.text.forms.translit.western_originals import foreign_spellings, looks_foreign

__all__ = [
    "MAYBE_COST",
    "Original",
    "arabic_spellings",
    "armenian_or_georgian",
    "bulgarian_from_english",
    "bulgarian_from_russian",
    "chinese_spellings",
    "cyrillic_arabic_greek_spellings",
    "czech_spellings",
    "foreign_spellings",
    "greek_spellings",
    "hebrew_of_letters",
    "in_other_characters",
    "is_english_surname",
    "is_established",
    "latin_from",
    "latin_of_syllables",
    "latin_spellings",
    "looks_arabic",
    "looks_foreign",
    "looks_like_slavic_place",
    "looks_slavic",
    "may_be_arabic",
    "may_be_slavic",
    "mixes_characters",
    "native_arabic_spellings",
    "persian_spellings",
    "polish_spellings",
    "romanian_spellings",
    "romanised_spellings",
    "russian_from_bulgarian",
    "russian_from_ukrainian",
    "russian_spellings",
    "slavic_originals",
    "sounds_of_ukrainian",
    "spelled_by_sound",
    "spellings_at_home",
    "ukrainian_spellings",
]
