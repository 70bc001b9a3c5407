"""List every form that a query looks for, so that people can read it before they trust a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from monitor.model import Form
from monitor.query.ast import Call, Filter, Node, Phrase, Reference, Regex, Word
from monitor.query.compiled import check
from monitor.query.diagnostics import Diagnostics
from monitor.query.format import format_query
from monitor.query.functions import TEXT_FUNCTIONS
from monitor.query.functions.name import NAME
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.terms.name_spellings import SUFFICIENT
from monitor.query.terms.name_terms import SECOND_SIGNAL
from monitor.text.designations import is_signed

INITIAL = ", initial"
"""How the source of a surname behind an initial ends, which is shown after full names: D. Peskov."""


@dataclass(frozen=True, slots=True)
class QueryForms:
    """One word of a term of the query, with its forms; `via` is the list or saved rule that the term stands in.

    `is_name` says that the term is name(), whose forms `names.yaml` corrects.
    """

    term: str
    via: str
    word: str
    forms: tuple[Form, ...]
    is_name: bool = False


def needs(form: Form) -> tuple[str, ...]:
    """Return in words what a form of a name requires before it counts."""
    if form.confidence <= 0:
        return ("never, nor what is inside it",)
    capital = ("with a capital",) if form.capital else ()
    return (*capital, SECOND_SIGNAL.strip()) if form.confidence < SUFFICIENT else capital


def query_forms(text: str, scope: Scope) -> tuple[QueryForms, ...]:
    """Return every term of a query that compiles, with its forms; those of its lists and saved rules too, each once."""
    found: dict[tuple[str, str], tuple[QueryForms, ...]] = {}
    for via, term_node in _leaf_terms(text, scope, "", set()):
        term = format_query(term_node)
        if (via, term) not in found:
            found[via, term] = _term_forms(term_node, term, via, scope)
    return tuple(each for group in found.values() for each in group)


def names_of(text: str, scope: Scope) -> tuple[str, ...]:
    """Return the names that a query looks for, `Peskov` of `name(Peskov)`, also in its lists and saved rules."""
    leaves = (term_node for _, term_node in _leaf_terms(text, scope, "", set()))
    names = (leaf.argument for leaf in leaves if isinstance(leaf, Call) and TEXT_FUNCTIONS[leaf.function] is NAME)
    return tuple(dict.fromkeys(names))


def words_of(text: str, scope: Scope) -> tuple[str, ...]:
    """Return the plain words that a query looks for, also those of phrases, with their wildcards, and in its lists."""
    leaves = (term_node for _, term_node in _leaf_terms(text, scope, "", set()))
    groups = (
        leaf.words if isinstance(leaf, Phrase) else (leaf.text,) for leaf in leaves if isinstance(leaf, Phrase | Word)
    )
    return tuple(dict.fromkeys(word for group in groups for word in group))


def _leaf_terms(text: str, scope: Scope, via: str, seen: set[str]) -> Iterator[tuple[str, Node]]:
    """Return the terms of a query in reading order; each list is entered once, so that a circle ends."""
    root = parse(text, Diagnostics())
    for term_node in _leaves(root) if root else ():
        if not isinstance(term_node, Reference):
            yield via, term_node
        elif term_node.name not in seen:
            seen.add(term_node.name)
            texts = scope.lists.get(term_node.name) or [scope.queries.get(term_node.name, "")]
            for entry in texts:
                yield from _leaf_terms(entry, scope, format_query(term_node), seen)


def _leaves(node: Node) -> Iterator[Node]:
    """Yield the terms and references of a query in reading order, without recursion; conditions are left out."""
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


def _term_forms(term_node: Node, term: str, via: str, scope: Scope) -> tuple[QueryForms, ...]:
    """Return the words of one term, each with its forms; what has none is its own only form."""
    requested: dict[str, tuple[Form, ...]] = {}

    def words(word: str) -> tuple[Form, ...]:
        return requested.setdefault(word, scope.words(word))

    def names(name: str) -> tuple[Form, ...]:
        return requested.setdefault(name, scope.names(name))

    # The forms are recorded while the compiler asks for them, so that exactly what it looks for is listed.
    check(term, replace(scope, words=words, names=names))
    found = {word: forms or (Form(word),) for word, forms in requested.items()}
    for word, source in _literal_forms(term_node):
        found.setdefault(word, (Form(word, source=source),))
    is_name = isinstance(term_node, Call) and term_node.function == "name"
    by_word = found or {term: (Form(term),)}
    return tuple(QueryForms(term, via, word, forms, is_name) for word, forms in by_word.items())


def _literal_forms(term_node: Node) -> list[tuple[str, str]]:
    """Return what a term looks for exactly as written, each with the reason."""
    if isinstance(term_node, Regex):
        return [(format_query(term_node), "regular expression")]
    if isinstance(term_node, Call) and (TEXT_FUNCTIONS[term_node.function].is_literal or is_signed(term_node.argument)):
        return [(term_node.argument, f"{term_node.function}()")]
    words = (
        term_node.words if isinstance(term_node, Phrase) else (term_node.text,) if isinstance(term_node, Word) else ()
    )
    return [(word, "wildcard") for word in words if "*" in word or "?" in word.rstrip("?")]
