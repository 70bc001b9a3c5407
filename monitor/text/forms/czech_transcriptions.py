"""Spell Chinese and Korean persons as Czech and Slovak newsrooms do, by own tables: Čang Jou-sia, Kim Jo-čong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from monitor.model import Form
from monitor.text.forms.case_forms import case_forms
from monitor.text.forms.chinese_names import pinyin_syllables
from monitor.text.forms.korean_names import ROMANISED
from monitor.text.forms.korean_readings import split_korean
from monitor.text.forms.spellings import GUESS, LikelySpelling
from monitor.text.forms.translit.spelling_tables import spelling_rules

_LANGUAGES = ("cs", "sk")
_SURE, _SHORT = 0.8, 0.57
"""The confidence of a name of three syllables, and of one of two, which may be other words: Ma Li."""
_FULL_NAME = 3
_MOST_KOREAN = 3


def chinese_in_czech(words: list[str]) -> list[Form]:
    """Return a name in pinyin, the surname first, in Czech with its cases; none if it cannot be such a name."""
    return [
        form
        for syllables in pinyin_syllables(words)
        for form in _in_cases([_spelled(syllable, "pinyin") for syllable in syllables], GUESS)
    ]


def korean_in_czech(at_home: Iterable[Form]) -> list[Form]:
    """Return the likeliest of the forms of a Korean person in Hangul in Czech with their cases.

    None if some of them are characters, since the name may be a Chinese person's: Wang Yi.
    """
    bare = [form for form in at_home if not form.source.endswith("particle")]
    if any(form.source != ROMANISED for form in bare):
        return []
    divided = [split_korean(form.text) for form in bare[:_MOST_KOREAN]]
    syllables = [[surname, *given] for surname, given in divided if given]
    spelled = [[_spelled(normalize("NFD", one), "hangul") for one in several] for several in syllables]
    return [form for several in spelled for form in _in_cases(several, ROMANISED)]


def _spelled(syllable: str, table: str) -> str:
    return spelling_rules(f"{table}-czech").spell(syllable, 1)[0][0]


def _in_cases(syllables: list[str], source: str) -> Iterator[Form]:
    """Yield a surname, which does not decline, with the given name, a hyphen between its syllables, in its cases."""
    surname, *given = syllables
    first, last = surname.capitalize(), "-".join(given).capitalize()
    confidence = _SURE if len(syllables) >= _FULL_NAME else _SHORT
    for language in _LANGUAGES:
        for form in case_forms(LikelySpelling("-".join(given), language, source, confidence), last):
            if form.language in ("", language):
                yield form._replace(text=f"{first} {form.text.capitalize()}", common=False)
