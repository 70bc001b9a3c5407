"""Inflect Greek names of bodies and places of several words: η Ευρωπαϊκή Ένωση, της Ευρωπαϊκής Ένωσης.

Own table, by the declensions of Modern Greek; accents are left out, as they are folded in rules and articles alike.
"""

from __future__ import annotations

from itertools import product, takewhile

from monitor.model import Form
from monitor.text.forms.script import fold, in_case_of

_GENDERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"οσ": ("ου", "ο"), "ησ": ("η",), "ασ": ("α",), "υσ": ("υ",), "εασ": ("εα", "εωσ")},
    {"η": ("ησ",), "α": ("ασ",), "ση": ("σησ", "σεωσ"), "ξη": ("ξησ", "ξεωσ"), "οσ": ("ου", "ο")},
    {"ο": ("ου",), "ι": ("ιου",), "μα": ("ματοσ",), "οσ": ("ουσ",), "εσ": ("ουσ",)},
    {"οι": ("ων", "ουσ"), "εσ": ("ων",), "α": ("ων",), "η": ("ων",), "ματα": ("ματων",)},
)
"""For masculine, feminine and neuter words and those in the plural, what the other cases have instead of an end."""
_SMALL = frozenset({"του", "τησ", "των", "για", "και", "τουσ", "τισ", "στο", "στη", "στην", "στα", "απο", "κατα"})
"""Words behind which nothing declines: Συμβούλιο της Επικρατείας."""
_SHORTEST_STEM = 2


_CONFIDENCE = 0.8


def greek_phrase_cases(words: list[str], source: str) -> list[Form]:
    """Return a name in its genitive and accusative: all words before a small one decline together.

    A name whose words agree in no gender has no cases.
    """
    folded = [fold(word).replace("ς", "σ") for word in words]
    head = list(takewhile(lambda word: word not in _SMALL, folded))
    found: dict[tuple[str, ...], None] = {}
    for gender in _GENDERS:
        forms = [_forms(word, gender) for word in head]
        for case in range(max(map(len, forms), default=0)):
            choices = [several[case : case + 1] or several[-1:] for several in forms]
            found |= dict.fromkeys(product(*choices))
    texts = (" ".join((*map(_as_written, words, forms), *words[len(forms) :])) for forms in found)
    return [Form(text, "", f"{source}, el case", _CONFIDENCE, True) for text in texts]


def _as_written(word: str, form: str) -> str:
    """Return a form with the capital of the word, and with the sigma that ends words."""
    return in_case_of(word, form.removesuffix("σ") + "ς" * form.endswith("σ"))


def _forms(word: str, gender: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a word in the cases of a gender, by its longest end; none of a word without one."""
    end = max((end for end in gender if word.endswith(end)), key=len, default="")
    stem = word.removesuffix(end)
    return tuple(stem + instead for instead in gender[end]) if end and len(stem) >= _SHORTEST_STEM else ()
