"""Shared by the tests of this room: one article, one rule, what it finds."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model import Article, Form, Outlet
from monitor.query import Diagnostic, Scope, check, compile_query, document

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
OUTLET = Outlet("tass", "TASS", (), language="en", country="ru", groups=frozenset({"state-media"}))
SCOPE = Scope(
    outlets=("tass", "interfax", "bbc"),
    groups={"state-media": ("tass", "rt"), "agencies": ("tass", "interfax")},
    countries=("ru", "no"),
    languages=("ru", "en", "tr"),
)


def article(body: str = "", **fields: object) -> Article:
    """An article of tass with this body."""
    return Article(**{"outlet": "tass", "url": "", "title": "", "body": body, **fields})  # type: ignore[arg-type]


def found(query: str, text: str | Article, scope: Scope = SCOPE) -> list[str] | None:
    """The words that a rule finds in a text or article, None where it does not match."""
    read = article(text) if isinstance(text, str) else text
    match = compile_query("rule", query, scope).match(document(read, OUTLET), NOW)
    if match is None:
        return None
    fields = {"author": "\n".join(read.authors), "tag": "\n".join(read.tags)}
    return [(fields.get(s.field) or getattr(read, s.field))[s.start : s.end] for s in match.spans]


def diagnostics(query: str, scope: Scope = SCOPE) -> list[Diagnostic]:
    """All that is said of a query."""
    return check(query, scope)[1]


def error(query: str, scope: Scope = SCOPE) -> Diagnostic:
    """The first error of a query that is wrong."""
    compiled, said = check(query, scope)
    assert compiled is None
    return next(diagnostic for diagnostic in said if diagnostic.severity == "error")


def named(**forms: list[Form]) -> Scope:
    """A scope whose names have these forms."""
    return Scope(names=lambda name: tuple(forms.get(name.replace(" ", "_"), [Form(name)])))
