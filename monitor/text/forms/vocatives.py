"""Form the vocatives of Polish and Czech names by the tables `data/vocatives.LANGUAGE.txt`: Fialo, Macrone, Tusku."""

from __future__ import annotations

from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.name_endings import with_ends
from monitor.text.forms.translit import is_english_surname

LANGUAGES = ("pl", "cs")


def vocatives(name: str, language: str) -> list[str]:
    """Return the vocatives of a lower-case Latin name in `language`, which is one of LANGUAGES; [] if it has none."""
    return [form for form, _ in with_ends(name, f"vocatives.{language}.txt")]


def vocatives_alone(name: str, language: str) -> list[str]:
    """Return the vocatives without those that are somebody else's name: Browne for Brown, Roberto for Roberta."""
    return [form for form in vocatives(name, language) if not (is_given_name(form) or is_english_surname(form))]
