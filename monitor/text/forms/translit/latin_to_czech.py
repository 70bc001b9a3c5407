"""Spell Japanese names as Czech newsrooms do, from their English spelling: Kišida for Kishida."""

from __future__ import annotations

from monitor.text.forms.translit.latin_to_russian import traditions
from monitor.text.forms.translit.spelling_tables import spelling_rules

_JAPANESE = "japanese"
_FEWEST_VOWELS = 3
"""How many vowels a name has, since shorter ones that look Japanese may be English: Shane, Chase."""
_MOST = 2


def czech_spellings(word: str) -> list[tuple[str, float]]:
    """Return other spellings of a lower-case Latin `word` in Czech with their costs; none but of a Japanese name."""
    if sum(map(word.count, "aeiou")) < _FEWEST_VOWELS or _JAPANESE not in dict(traditions(word)):
        return []
    return [pair for pair in spelling_rules("latin-czech", _JAPANESE).spell(word, _MOST) if pair[0] != word]
