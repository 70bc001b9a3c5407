"""What the tests of all dialects share: a small configuration, and a translation that is what it should be."""

from __future__ import annotations

from monitor.query import Scope, check
from monitor.query.foreign import ForeignNames, Translation, translate

SCOPE = Scope(outlets=("tass", "wire"), languages=("en", "ru"), countries=("ru", "gb"), groups=("agencies",))
KNOWN = ForeignNames(SCOPE, {"tass.com": ("tass",), "tass": ("tass",), "wire.example.org": ("wire",)}, "outlets/*.yaml")


def translated(dialect: str, text: str) -> Translation:
    """Return a translation of which all that is always true is true."""
    made = translate(dialect, text, KNOWN)
    for diagnostic in made.diagnostics:
        assert 1 <= diagnostic.column <= len(text) + 1
        assert diagnostic.column < diagnostic.end <= len(text) + 2
    assert made.is_usable or any(diagnostic.severity == "error" for diagnostic in made.diagnostics)
    if made.query:
        assert check(made.query, SCOPE)[0] is not None
    return made


def ours(dialect: str, text: str) -> str:
    """Return a query that can be used as it is."""
    made = translated(dialect, text)
    assert made.is_usable, made.diagnostics
    return made.query


def lost(dialect: str, text: str) -> tuple[int, str]:
    """Return the column of the first thing that cannot be kept, and the draft without it."""
    made = translated(dialect, text)
    assert not made.is_usable
    return next(diagnostic.column for diagnostic in made.diagnostics if diagnostic.severity == "error"), made.query


def told(dialect: str, text: str, severity: str = "warning") -> list[str]:
    """Return what is remarked of a query."""
    return [each.message for each in translated(dialect, text).diagnostics if each.severity == severity]
