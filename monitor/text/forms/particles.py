"""Write the small words inside surnames (von der Leyen, bin Salman) in each script (own table)."""

from __future__ import annotations

_TABLE = """
von фон фон فون
van ван ван فان
der дер дер دير
den ден ден دن
de де де دي
di ди ді دي
da да да دا
del дель дель ديل
la ла ла لا
le ле ле لو
du дю дю دو
bin бин бін بن
ibn ибн ібн ابن
al аль аль ال
el эль ель ال
"""
_COLUMNS = ("latin", "ru", "uk", "arabic")
_ROWS = tuple(dict(zip(_COLUMNS, line.split(), strict=True)) for line in _TABLE.strip().splitlines())
_ROW_OF = {word: row for row in reversed(_ROWS) for word in row.values()}
PARTICLES = frozenset(row[column] for row in _ROWS for column in ("latin", "ru", "uk")) | {"бен"}
"""Small words, in scripts with capitals, inside the names of persons; names of bodies have others."""


def particles_in(column: str, words: list[str]) -> list[str] | None:
    """Return these small words in a script (for Cyrillic, a language), or "" where it has none; None if one is unknown.

    `column` is `latin`, `ru`, `uk` or `arabic`.
    """
    rows = [_ROW_OF.get(word.lower()) for word in words]
    return None if None in rows else [row.get(column, "") for row in rows if row]
