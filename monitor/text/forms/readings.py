"""Tell whether a word of an article is read as a token of a form that gives its sounds only, in another script.

Such a token stands for every word that is read so: a syllable of pinyin for characters, Hangul for its romanisations,
and Hebrew and Arabic letters for the words with their consonants.
"""

from __future__ import annotations

from monitor.model import Form
from monitor.text.forms.chinese_names import PINYIN, is_read_in_pinyin
from monitor.text.forms.consonant_readings import CONSONANTS, has_consonants
from monitor.text.forms.japanese_names import JAPANESE, is_read_in_japanese
from monitor.text.forms.korean_readings import SYLLABLES, is_read_in_hangul
from monitor.text.forms.script import script_of
from monitor.text.tokens import tokenize

READINGS = frozenset({PINYIN, JAPANESE, SYLLABLES, CONSONANTS})
"""The sources of forms whose first word is written, and whose other words are read."""


def is_reading_of(form: Form, text: str) -> bool:
    """Tell whether a form that is read stands for a text, word by word: 王 yi for 王义."""
    tokens, words = tokenize(form.text).words, tokenize(text).words
    if form.source not in READINGS or len(tokens) != len(words) or tokens[0] != words[0]:
        return False
    return all(is_read(word, token) for word, token in zip(words[1:], tokens[1:], strict=True))


def is_read(word: str, reading: str) -> bool:
    """Tell whether the canonical `word` is the token `reading`, or is read so."""
    script = script_of(reading)
    if script == "hangul":
        return is_read_in_hangul(word, reading)
    if script in ("hebrew", "arabic"):
        return has_consonants(word, reading)
    return is_read_in_pinyin(word, reading) or is_read_in_japanese(word, reading)
