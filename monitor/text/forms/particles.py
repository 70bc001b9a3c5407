"""Write the small words inside surnames (von der Leyen, bin Salman) in each script (own table)."""

from __future__ import annotations

_TABLE = """
von фон фон фон فون φον
van ван ван ван فان βαν
der дер дер дер دير ντερ
den ден ден ден دن ντεν
de де де де دي ντε
di ди ді ди دي ντι
da да да да دا ντα
del дель дель дел ديل ντελ
la ла ла ла لا λα
le ле ле ле لو λε
du дю дю дю دو ντι
bin бин бін бин بن μπιν
ibn ибн ібн ибн ابن ιμπν
al аль аль ал ال αλ
el эль ель ел ال ελ
"""
_COLUMNS = ("latin", "ru", "uk", "bg", "arabic", "greek")
_ROWS = tuple(dict(zip(_COLUMNS, line.split(), strict=True)) for line in _TABLE.strip().splitlines())
_ROW_OF = {word: row for row in reversed(_ROWS) for word in row.values()}
PARTICLES = frozenset(row[column] for row in _ROWS for column in ("latin", "ru", "uk", "bg", "greek")) | {"бен"}
"""Small words, in scripts with capitals, inside the names of persons; names of bodies have others."""
SMALL_WORDS = PARTICLES | {row["arabic"] for row in _ROWS}
"""The same in every script."""
_UNCAPITALISED = """
al el ash esh as es ad ed an en ar er at et az ez ach ech asch esch von van der den de di da bin ibn
"""
UNCAPITALISED = frozenset(_UNCAPITALISED.split()) | {
    row[column] for row in _ROWS for column in ("ru", "uk", "bg") if row["latin"] in _UNCAPITALISED.split()
}
"""Those that a newsroom may write without a capital although another one writes one: el-Fasher, Барт де Вевер."""


def particles_in(column: str, words: list[str]) -> list[str] | None:
    """Return these small words in a script (for Cyrillic, a language), or "" where it has none; None if one is unknown.

    `column` is `latin`, `ru`, `uk`, `bg`, `arabic` or `greek`.
    """
    rows = [_ROW_OF.get(word.lower()) for word in words]
    return None if None in rows else [row.get(column, "") for row in rows if row]
