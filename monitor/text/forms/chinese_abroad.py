"""Spell Chinese persons, written in pinyin, in Hangul and Hebrew, which follow its syllables: Zhang Youxia, 장유샤."""

from __future__ import annotations

from unicodedata import normalize

from monitor.model import Form
from monitor.text.forms.affixes import CONFIDENCE, guess_affixed, is_of_person
from monitor.text.forms.chinese_names import pinyin_syllables
from monitor.text.forms.spellings import GUESS
from monitor.text.forms.translit.spelling_tables import spelling_rules

_FULL_NAME = 3
_SURE, _SHORT = 0.7, 0.57
"""The confidence of a name of three syllables, and of one of two, which are often a word."""
_WITHIN_WORD = str.maketrans("ן", "נ")


def chinese_person_abroad(words: list[str]) -> list[Form]:
    """Return a name in pinyin, the surname first, in Hangul and Hebrew with particles; none if it cannot be one."""
    forms: list[Form] = []
    for rank, syllables in enumerate(pinyin_syllables(words)):
        confidence = _SURE if len(syllables) >= _FULL_NAME else _SHORT
        for text, script in ((_in_hangul(syllables), "hangul"), (_in_hebrew(syllables), "hebrew")):
            forms.append(Form(text, "", GUESS, confidence))
            others = [one for one in guess_affixed(text, script, rank) if is_of_person(one, text)]
            forms += [Form(one, "", f"{GUESS}, particle", round(CONFIDENCE * confidence, 2)) for one in others]
    return forms


def _in_hangul(syllables: tuple[str, ...]) -> str:
    return normalize("NFC", "".join(_spelled(syllable, "hangul") for syllable in syllables))


def _in_hebrew(syllables: tuple[str, ...]) -> str:
    surname, *given = syllables
    within = "".join(map(_within_hebrew_word, given[:-1]))
    return f"{_spelled(surname, 'hebrew')} {within}{_spelled(given[-1], 'hebrew')}"


def _within_hebrew_word(syllable: str) -> str:
    """Return a syllable before another: with an ordinary nun, and without the ה that ends a word in a vowel."""
    spelled = _spelled(syllable, "hebrew").translate(_WITHIN_WORD)
    return spelled.removesuffix("ה") + ("א" if syllable.endswith("a") else "")


def _spelled(syllable: str, script: str) -> str:
    return spelling_rules(f"pinyin-{script}").spell(syllable, 1)[0][0]
