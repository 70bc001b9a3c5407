"""Inflect Polish and Czech names of bodies and places of several words: Bílého domu, Arabii Saudyjskiej.

The endings of adjectives are an own table, by the grammars of both languages.
"""

from __future__ import annotations

from itertools import product

from monitor.model import Form
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.script import in_case_of

LANGUAGES = ("pl", "cs")
_CONFIDENCE = 0.8
_LIKELY = 0.8
_ADJECTIVES = {
    "pl": {
        **dict.fromkeys(("ski", "cki", "lki"), ("iego", "iemu", "im")),
        **dict.fromkeys(("ska", "cka", "lka"), ("iej", "ą")),
        **dict.fromkeys(("skie", "ckie", "lkie"), ("iego", "iemu", "im", "ich", "imi")),
        **dict.fromkeys(("ny", "wy", "ły", "szy"), ("ego", "emu", "ym")),
        **dict.fromkeys(("na", "owa", "ła"), ("ej", "ą")),
        **dict.fromkeys(("ne", "owe", "łe"), ("ego", "emu", "ym", "ych", "ymi")),
    },
    "cs": {
        "ý": ("ého", "ému", "ým", "ém"),
        "á": ("é", "ou"),
        "é": ("ého", "ému", "ým", "ém", "ých", "ými"),
        "í": ("í", "ího", "ímu", "ím", "ích", "ími"),
    },
}
"""Ends of adjectives, and what stands instead of their last vowels in the other cases."""
_VOWELS = "aeiyýáéí"
_VOWELS_OF_NOUNS = frozenset("aąeęioóuy")


def western_phrase_cases(written: str, source: str, language: str) -> list[Form]:
    """Return a phrase of `language` (pl or cs) in its cases: its first noun, and an adjective beside it.

    Every ending of the one stands beside every ending of the other, since the tables do not tell which case it is.
    """
    first, second, *rest = written.split()
    before, after = _adjective_forms(first, language), _adjective_forms(second, language)
    pairs = list(product(before, [second, *_noun_forms(second, language)]))
    if language == "pl" and after:
        pairs += product(_noun_forms(first, language), after)
    elif not before:
        pairs += [(noun, second) for noun in _noun_forms(first, language)]
    texts = (" ".join((*pair, *rest)) for pair in pairs)
    return [Form(text, language, f"{source}, {language} ending", _CONFIDENCE, True) for text in texts]


def _adjective_forms(word: str, language: str) -> list[str]:
    """Return an adjective in its other cases; empty if the word has no end of one."""
    instead = next((forms for end, forms in _ADJECTIVES[language].items() if word.endswith(end)), ())
    return [word.rstrip(_VOWELS) + one for one in instead]


def _noun_forms(word: str, language: str) -> list[str]:
    """Return a noun with the likely endings of a name, or with all if none is."""
    endings = [(form, share) for one, form, share in name_endings(word.lower()) if one == language]
    likely = [form for form, share in endings if share >= _LIKELY] or [form for form, _ in endings]
    if language == "pl" and word[-1] not in _VOWELS_OF_NOUNS:
        likely.append(f"{word.lower()}u")  # Trybunału: a thing, where the tables of names know persons and towns
    return [in_case_of(word, form) for form in likely]
