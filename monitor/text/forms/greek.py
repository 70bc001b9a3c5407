"""Inflect Greek names; accents are left out, as they are folded in rules and articles alike.

Own table, of the regular endings of Modern Greek nouns.
"""

from __future__ import annotations

import re

from monitor.text.forms.endings import Endings
from monitor.text.forms.script import fold

_CASES = Endings(r"""
πολη        1  ησ εωσ
(?<=.)ουσ   1  -
οσ          2  ου ο ε
[ηαε]σ      1  - ~δεσ ~δων
[αη]        0  σ
ιο          1  ου
[βγδζθκλμνπρστφχξψ]ο  1  ου
ι           0  ου
ων          2  ωνα
""")
_MIN_LENGTH = 4


def name_cases(name: str) -> list[tuple[str, float]]:
    """Return the other cases of a lower-case Greek name with their confidence: Μητσοτάκης, του Μητσοτάκη."""
    if len(name) < _MIN_LENGTH:
        return []
    cases = _CASES.inflect(fold(name).replace("ς", "σ"))
    return [(re.sub("σ$", "ς", form), min(confidence, 0.9)) for form, confidence in cases]
