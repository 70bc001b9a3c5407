"""What the tests of all dialects share: a small configuration, and a translation that is what it should be."""

from __future__ import annotations

from monitor.query import Scope, check
from monitor.query.foreign import ForeignNames, Translation, translate

SCOPE = Scope(outlets=("tass", "wire"), languages=("en", "ru"), countries=("ru", "gb"), groups=("agencies",))
KNOWN = ForeignNames(SCOPE, {"tass.com": ("tass",), "tass": ("tass",), "wire.example.org": ("wire",)}, "outlets/*.yaml")


def translated(dialect: str, text: str) -> Translation:
    """Return a translation of which all that is always true is true."""
    made = translate(dialect, text, KNOWN)
    for remark in made.remarks:
        assert 1 <= remark.column <= len(text) + 1
        assert remark.column < remark.end <= len(text) + 2
    assert made.usable or any(remark.severity == "error" for remark in made.remarks)
    if made.query:
        assert check(made.query, SCOPE)[0] is not None
    return made


def ours(dialect: str, text: str) -> str:
    """Return a query that can be used as it is."""
    made = translated(dialect, text)
    assert made.usable, made.remarks
    return made.query


def lost(dialect: str, text: str) -> tuple[int, str]:
    """Return the column of the first thing that cannot be kept, and the draft without it."""
    made = translated(dialect, text)
    assert not made.usable
    return next(remark.column for remark in made.remarks if remark.severity == "error"), made.query


def told(dialect: str, text: str, severity: str = "warning") -> list[str]:
    """Return what is remarked of a query."""
    return [remark.message for remark in translated(dialect, text).remarks if remark.severity == severity]
