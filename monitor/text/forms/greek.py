"""Case endings of Greek names; accents do not matter, as they are folded in rules and articles alike."""

from __future__ import annotations

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
_SHORTEST = 4


def name_cases(name: str) -> list[tuple[str, float]]:
    """The other cases of a lower-case Greek name, each with its confidence: Μητσοτάκης, του Μητσοτάκη."""
    if len(name) < _SHORTEST:
        return []
    return [(_final(form), min(sure, 0.9)) for form, sure in _CASES.inflect(fold(name).replace("ς", "σ"))]


def _final(form: str) -> str:
    return f"{form[:-1]}ς" if form.endswith("σ") else form
