"""Spell Latin names in Greek: Greek ones in their own orthography (Πιερρακάκης), others by their sound.

Greek doubles consonants, and has several letters for i, o and e; the roots of given names and the endings of surnames
tell which. Own heuristic.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.arabic_greek import greek_by_sound
from monitor.text.forms.translit.english_names import is_english_surname
from monitor.text.forms.translit.spelling_tables import spelling_rules

_greek = re.compile(
    "(?:akis?|akos|opoulo[su]|[ai]d[ie]s|idou|iadou|atos|oglou|oudis|iotis|itis|etis|[eaio]llis|ellos|[aeio]tsas|itsas|"
    "t[zs][iao]s|tzias|annis|oul[ia]s|our[ia]s|oun[ia]s|ousis|oumbas|eas|inos|akas|ikas|ostas|otos|poli|eleos|evris|androu)$|"
    "^(?:papa[^l]|c?hatz[iy]|hadji|konstant|christo[^p]|chrys|theodor|ioann|dimitr|anagn|kyriak)"
).search
"""How Greek surnames and towns begin or end; own list."""
_maybe_greek = re.compile(".{3}(?:[aio]s|ou)$").search
_foreign = re.compile("[wq]|c(?!h)|sh|sz|ee|oo|gh|(?<!d)j|^[aeo]l-|oux|r[dt]|ld").search
"""What the usual romanisations of Greek do not write."""
_MAYBE_COST = 0.07
_FOREIGN_COST = 0.1
_MOST, _MOST_MAYBE = 6, 2


@lru_cache(maxsize=4096)
def greek_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Return Greek spellings of a Latin `word` with their costs, cheapest first."""
    foreign, letters = greek_by_sound(word), fold(word)
    is_greek = _greek(letters) is not None
    if _foreign(letters) or not (is_greek or (_maybe_greek(letters) and not is_english_surname(word))):
        return foreign
    most, native_cost, foreign_cost = (_MOST, 0.0, _FOREIGN_COST) if is_greek else (_MOST_MAYBE, _MAYBE_COST, 0.0)
    found = {text: round(cost + foreign_cost, 2) for text, cost in foreign}
    for text, cost in spelling_rules("latin-greek", "native").spell(letters, most):
        found[text] = min(round(cost + native_cost, 2), found.get(text, 9.0))
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))
