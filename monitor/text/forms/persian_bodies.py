"""Spell bodies that begin with a country or city in Persian, whose words are written apart or joined: ایران‌خودرو."""

from __future__ import annotations

from itertools import product

from monitor.model import Form
from monitor.text.forms.known_spellings import is_given_name, known_spellings
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS
from monitor.text.forms.translit import persian_spellings

_PERSIAN = "fa"
_CONFIDENCE = 0.75
_MOST = 2
_LONGEST = 3


def persian_bodies(words: list[str]) -> list[Form]:
    """Return a body in Latin letters that begins with a place as Persian writes it, its words apart and together."""
    first, *others = (word.lower() for word in words)
    if not 0 < len(others) < _LONGEST or script_of(first) != "latin" or is_given_name(first):
        return []
    places = [one.text for one in known_spellings(first) if one.language == _PERSIAN][:1]
    spelled = [[text for text, _ in persian_spellings(word)[:_MOST]] for word in others]
    rows = list(product(places, *spelled))
    return [Form(join.join(row), _PERSIAN, GUESS, _CONFIDENCE) for row in rows for join in (" ", "")]
