"""A query comes in, every form that it looks for goes out: what people read before they trust a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from monitor.model import Form
from monitor.query.ast import Call, Filter, Node, Phrase, Reference, Regex, Word
from monitor.query.compiled import check
from monitor.query.diagnostics import Diagnostics
from monitor.query.format import format_query
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.terms.name_terms import SURE, WEAK


@dataclass(frozen=True, slots=True)
class QueryForms:
    """A term as the query writes it, the list or rule that it stands in, one word of it, and that word's forms."""

    term: str
    via: str
    word: str
    forms: tuple[Form, ...]


def needs(form: Form) -> tuple[str, ...]:
    """What a form of a name asks for before it counts, in words."""
    if form.confidence <= 0:
        return ("never, nor what is inside it",)
    capital = ("with a capital",) if form.capital else ()
    return (*capital, WEAK.strip()) if form.confidence < SURE else capital


def query_forms(text: str, scope: Scope) -> tuple[QueryForms, ...]:
    """Every term of a query that compiles, with its forms, through its lists and saved rules; each term once."""
    found: dict[tuple[str, str], tuple[QueryForms, ...]] = {}
    for via, leaf in _leaves(text, scope, "", set()):
        term = format_query(leaf)
        if (via, term) not in found:
            found[via, term] = _of_term(leaf, term, via, scope)
    return tuple(one for group in found.values() for one in group)


def _leaves(text: str, scope: Scope, via: str, seen: set[str]) -> Iterator[tuple[str, Node]]:
    """The terms of a query in reading order; a list is entered once, so that a circle ends."""
    root = parse(text, Diagnostics())
    for leaf in _walk(root) if root else ():
        if not isinstance(leaf, Reference):
            yield via, leaf
        elif leaf.name not in seen:
            seen.add(leaf.name)
            texts = scope.lists.get(leaf.name) or [scope.queries.get(leaf.name, "")]
            for entry in texts:
                yield from _leaves(entry, scope, format_query(leaf), seen)


def _walk(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        inner: list[Node] = []
        for field in fields(current):
            value = getattr(current, field.name)
            inner += [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Node)]
        if not inner and not isinstance(current, Filter):
            yield current
        waiting += reversed(inner)


def _of_term(leaf: Node, term: str, via: str, scope: Scope) -> tuple[QueryForms, ...]:
    asked: dict[str, tuple[Form, ...]] = {}

    def words(word: str) -> tuple[Form, ...]:
        return asked.setdefault(word, scope.words(word))

    def names(name: str) -> tuple[Form, ...]:
        return asked.setdefault(name, scope.names(name))

    # The compiler itself asks, so that nothing can be listed here that it does not look for.
    check(term, replace(scope, words=words, names=names))
    known = {word: forms or (Form(word),) for word, forms in asked.items()}
    for word, source in _as_written(leaf):
        known.setdefault(word, (Form(word, source=source),))
    return tuple(QueryForms(term, via, word, forms) for word, forms in (known or {term: (Form(term),)}).items())


def _as_written(leaf: Node) -> list[tuple[str, str]]:
    """What a term looks for just as it stands, and why."""
    if isinstance(leaf, Regex):
        return [(format_query(leaf), "regular expression")]
    if isinstance(leaf, Call) and leaf.function != "name":
        return [(leaf.argument, f"{leaf.function}()")]
    words = leaf.words if isinstance(leaf, Phrase) else (leaf.text,) if isinstance(leaf, Word) else ()
    return [(word, "wildcard") for word in words if "*" in word or "?" in word.rstrip("?")]
