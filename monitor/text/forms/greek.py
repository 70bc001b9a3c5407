"""Inflect Greek names; accents are left out, as they are folded in rules and articles alike.

So a stress that moves (ο Φάμελλος, του Φαμέλλου) needs no row of its own.

Own table, of the regular endings of Modern Greek nouns.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.endings import Endings
from monitor.text.forms.script import fold

_CASES = Endings(r"""
πολη        1  ησ εωσ
κλησ        2  η εουσ
ευσ         3  εα εωσ
(?<=.)ουσ   1  -
(?<=.{3})οσ  2  ου ο ~ε ~οι ~ων ~ουσ
οσ          2  ου ο
ησ          1  - ~δεσ ~δων
ασ          1  - ~δεσ ~δων
εσ          2  ων ~ε
ισ          1  ~-
ωσ          1  ~-
οι          2  ων ουσ
α           1  ασ ~ων
η           1  ησ ~ων
ω           0  σ
ιο          1  ου
[βγδζθκλμνπρστφχξψ]ο  1  ου
ι           0  ου
ων          2  ωνα ~ωντα ~ωντοσ ~ονα ~ονοσ
""")
_MIN_LENGTH = 3


def is_frequent(text: str) -> bool:
    """Tell whether a lower-case text is a frequent Greek word (μετά, after; σαν, as) of at most six letters."""
    return fold(text).replace("ς", "σ") in _frequent_words()


@cache
def _frequent_words() -> frozenset[str]:
    lines = data_lines("frequent-greek-words.txt")
    return frozenset(word.replace("ς", "σ") for line in lines for word in line.split())


def name_cases(name: str) -> list[tuple[str, float]]:
    """Return the other cases of a lower-case Greek name with their confidence: Μητσοτάκης, του Μητσοτάκη."""
    if len(name) < _MIN_LENGTH:
        return []
    cases = _CASES.inflect(fold(name).replace("ς", "σ"))
    return [(re.sub("σ$", "ς", form), min(confidence, 0.9)) for form, confidence in cases if len(form) >= _MIN_LENGTH]
