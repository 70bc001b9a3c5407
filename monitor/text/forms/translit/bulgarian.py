"""Spell names in Bulgarian, and Bulgarian ones in Russian."""

from __future__ import annotations

from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.english_names import bulgarian_by_sound
from monitor.text.forms.translit.latin_to_russian import looks_slavic, proved_tradition, traditions
from monitor.text.forms.translit.spelling_tables import spelling_rules

_MOST = 6
_SOUND_STEP = 0.07
_SLAVIC_COST = 0.14


@lru_cache(maxsize=8192)
def bulgarian_from_russian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Bulgarian spellings of a Russian one with costs."""
    return tuple(spelling_rules("russian-bulgarian").spell(word, 3))


@lru_cache(maxsize=4096)
def russian_from_bulgarian(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Russian spellings of a Bulgarian name with costs."""
    return tuple(spelling_rules("bulgarian-russian").spell(word, 4))


@lru_cache(maxsize=4096)
def bulgarian_from_english(word: str) -> tuple[tuple[str, float], ...]:
    """Return lower-case Bulgarian spellings of an English name by its sound with costs."""
    sounds = {text: round(rank * _SOUND_STEP, 2) for rank, text in enumerate(bulgarian_by_sound(word))}
    return (*sounds.items(), *(pair for pair in bulgarian_by_letters(word) if pair[0] not in sounds))


def bulgarian_by_letters(word: str) -> tuple[tuple[str, float], ...]:
    """Return the spellings that the table of its tradition gives, with higher costs if the word looks Slavic.

    A word whose letters prove that it is of another language than English has none: Şimşek is no Симсек.
    """
    plain = fold(word)
    if not plain.isascii() or proved_tradition(word) not in ("", "english"):
        return ()
    if "chinese" in (tradition for tradition, _ in traditions(word)):
        return tuple(spelling_rules("latin-bulgarian", "chinese").spell(plain, _MOST))
    cost = _SLAVIC_COST if looks_slavic(word) else 0.0
    spelled = spelling_rules("latin-bulgarian", "english").spell(plain, _MOST)
    return tuple((text, table_cost + cost) for text, table_cost in spelled)
