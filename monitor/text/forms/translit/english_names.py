"""Look up English surnames whose sound their letters do not tell: Davis, Coates, Hughes."""

from __future__ import annotations

from functools import cache

from monitor.text.forms.data_files import data_lines


def russian_by_sound(name: str) -> list[str]:
    """Return the Russian spellings of a lower-case English surname, the usual one first; none if it is not listed.

    Of German origin, -tz is heard as ts, but written with the letter for it: Уолтц.
    """
    spelled = _column(name, 0)
    return [f"{text[:-1]}ц" if text.endswith("тс") else text for text in spelled] if name.endswith("tz") else spelled


def bulgarian_by_sound(name: str) -> list[str]:
    """Return the Bulgarian spellings of a lower-case English surname, the usual one first; none if it is not listed."""
    return _column(name, 1)


def is_english_surname(name: str) -> bool:
    """Tell whether a lower-case name is an English surname of the table."""
    return name in _table()


def release() -> None:
    """Free the table; the next use reads it again (0.01 s)."""
    _table.cache_clear()


def _column(name: str, at: int) -> list[str]:
    line = _table().get(name)
    return line.split(" ")[at].split(",") if line else []


@cache
def _table() -> dict[str, str]:
    rows = (line.partition(" ") for line in data_lines("english-names.txt"))
    return {name: spelled for name, _, spelled in rows}
