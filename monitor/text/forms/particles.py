"""Write the small words inside surnames (von der Leyen, bin Salman) in each script (own table)."""

from __future__ import annotations

_TABLE = """
von фон фон фон فون
van ван ван ван فان
der дер дер дер دير
den ден ден ден دن
de де де де دي
di ди ді ди دي
da да да да دا
del дель дель дел ديل
la ла ла ла لا
le ле ле ле لو
du дю дю дю دو
bin бин бін бин بن
ibn ибн ібн ибн ابن
al аль аль ал ال
el эль ель ел ال
"""
_COLUMNS = ("latin", "ru", "uk", "bg", "arabic")
_ROWS = tuple(dict(zip(_COLUMNS, line.split(), strict=True)) for line in _TABLE.strip().splitlines())
_ROW_OF = {word: row for row in reversed(_ROWS) for word in row.values()}
PARTICLES = frozenset(row[column] for row in _ROWS for column in ("latin", "ru", "uk", "bg")) | {"бен"}
"""Small words, in scripts with capitals, inside the names of persons; names of bodies have others."""
SMALL_WORDS = PARTICLES | {row["arabic"] for row in _ROWS}
"""The same in every script."""
_UNCAPITALISED = """
al el ash esh as es ad ed an en ar er at et az ez ach ech asch esch von van der den de di da bin ibn
"""
UNCAPITALISED = frozenset(_UNCAPITALISED.split())
"""Those that a newsroom may write without a capital although another one writes one: el-Fasher, von der Leyen."""


def particles_in(column: str, words: list[str]) -> list[str] | None:
    """Return these small words in a script (for Cyrillic, a language), or "" where it has none; None if one is unknown.

    `column` is `latin`, `ru`, `uk`, `bg` or `arabic`.
    """
    rows = [_ROW_OF.get(word.lower()) for word in words]
    return None if None in rows else [row.get(column, "") for row in rows if row]
