"""Gather the lists and names of all files, and check each term of a list at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.query_checks import check_query, target_of, unusable_names
from monitor.config.query_dependencies import DependencyKeys, QueryDependencies
from monitor.model import NameEntry
from monitor.query import Diagnostic, Scope

# A term need not be a valid rule (NOT x is a valid term), so it is checked in conjunction with a word.
_WRAPPER = "monitor AND ("


@dataclass(slots=True)
class Vocabulary:
    """The lists and names of all files; `duplicates` are lists whose name is taken, only checked for other errors."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, NameEntry] = field(default_factory=dict)
    places: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)
    duplicates: list[tuple[tuple[str, ...], tuple[ParsedFile, Loc]]] = field(default_factory=list)


def gather_vocabulary(parsed_files: Iterable[ParsedFile], queries: NameRegister, report: ProblemReport) -> Vocabulary:
    """Return every list and name; `queries` registers the names of rules and lists, which share @name."""
    found = Vocabulary()
    names = NameRegister("name", report)
    for parsed_file in parsed_files:
        for loc, terms in parsed_file.entries("lists"):
            name = str(loc[-1])
            if queries.claim(name, parsed_file, loc):
                found.lists[name] = terms
                found.places[name] = parsed_file, loc
            else:
                found.duplicates.append((terms, (parsed_file, loc)))
        for loc, entry in parsed_file.entries("names"):
            if names.claim(entry.name, parsed_file, (*loc, "name")):
                found.names[entry.name] = NameEntry(entry.name, entry.also, entry.excluded)
    return found


def check_lists(
    vocabulary: Vocabulary,
    scope: Scope,
    dependencies: QueryDependencies,
    valid_lists: frozenset[bytes],
    report: ProblemReport,
) -> frozenset[bytes]:
    """Report the errors of each list's terms at their places, and return the dependency keys of the valid lists."""
    valid: set[bytes] = set()
    errors: dict[str, list[tuple[int, Diagnostic]]] = {}
    for name, terms in vocabulary.lists.items():
        key = dependencies.keys(f'@"{name}"').outcome
        if key in valid_lists or ('"' not in name and not any(_errors(f'@"{name}"', scope))):
            valid.add(key)
        else:
            errors[name] = _term_errors(terms, scope)
    _report(vocabulary, errors, report)
    for terms, place in vocabulary.duplicates:
        _report_terms(terms, place, _term_errors(terms, scope), report)
    return frozenset(valid)


def _term_errors(terms: tuple[str, ...], scope: Scope) -> list[tuple[int, Diagnostic]]:
    return [(number, diagnostic) for number, term in enumerate(terms) for diagnostic in _errors(term, scope)]


def _report(vocabulary: Vocabulary, errors: dict[str, list[tuple[int, Diagnostic]]], report: ProblemReport) -> None:
    targets = {
        name: [target_of(vocabulary.lists[name][number], diagnostic) for number, diagnostic in found]
        for name, found in errors.items()
    }
    report.lost_names |= unusable_names(targets, report.lost_names)
    for name, found in errors.items():
        _report_terms(vocabulary.lists[name], vocabulary.places[name], found, report)


def _report_terms(
    terms: tuple[str, ...], place: tuple[ParsedFile, Loc], errors: list[tuple[int, Diagnostic]], report: ProblemReport
) -> None:
    parsed_file, loc = place
    for number, diagnostic in errors:
        problem = parsed_file.problem_at(
            (*loc, number), diagnostic.column - 1, diagnostic.message, diagnostic.hint, "error"
        )
        report.add_error(problem, missing=target_of(terms[number], diagnostic))


def _errors(term: str, scope: Scope) -> Iterator[Diagnostic]:
    """Yield the errors of one term, with columns of its own."""
    start = len(_WRAPPER)
    for diagnostic in check_query("", f"{_WRAPPER}{term})", scope, DependencyKeys()).diagnostics:
        if diagnostic.severity == "error":
            column = min(max(diagnostic.column - start, 1), len(term) + 1)
            yield Diagnostic(
                diagnostic.message, column, max(column, min(diagnostic.end - start, len(term) + 1)), diagnostic.hint
            )
