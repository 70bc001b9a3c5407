"""Lists and names of all files: readings in, what queries may use out, each term of a list checked at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.config.cross_file_problems import NameRegister, ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.query_checks import checked, spoilt, target_of
from monitor.config.query_dependencies import DependencyKeys, QueryDependencies
from monitor.model import NameEntry
from monitor.query import Diagnostic, Scope

# A term need not make a rule by itself (NOT x is a fine term), so it is checked beside a word that does.
BESIDE = "monitor AND ("


@dataclass(slots=True)
class Vocabulary:
    """The lists and names of all files, with the place of each; `doubled` lists only to be told what else is wrong."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, NameEntry] = field(default_factory=dict)
    places: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)
    doubled: list[tuple[tuple[str, ...], tuple[ParsedFile, Loc]]] = field(default_factory=list)


def gather_vocabulary(parsed_files: Iterable[ParsedFile], queries: NameRegister, report: ProblemReport) -> Vocabulary:
    """Every list and name; `queries` holds the names of rules and lists, which rules use alike as @name."""
    found = Vocabulary()
    spelled = NameRegister("name", report)
    for parsed_file in parsed_files:
        for loc, terms in parsed_file.entries("lists"):
            name = str(loc[-1])
            if queries.claim(name, parsed_file, loc):
                found.lists[name] = terms
                found.places[name] = parsed_file, loc
            else:
                found.doubled.append((terms, (parsed_file, loc)))
        for loc, entry in parsed_file.entries("names"):
            if spelled.claim(entry.name, parsed_file, (*loc, "name")):
                found.names[entry.name] = NameEntry(entry.name, entry.also, entry.excluded)
    return found


def check_lists(
    vocabulary: Vocabulary,
    scope: Scope,
    dependencies: QueryDependencies,
    sound: frozenset[bytes],
    report: ProblemReport,
) -> frozenset[bytes]:
    """Tell what is wrong with the terms of lists, each at its place; the keys of the lists that are right come back."""
    good: set[bytes] = set()
    wrong: dict[str, list[tuple[int, Diagnostic]]] = {}
    for name, terms in vocabulary.lists.items():
        key = dependencies.keys(f'@"{name}"').whole
        if key in sound or ('"' not in name and not any(_errors(f'@"{name}"', scope))):
            good.add(key)
        else:
            wrong[name] = _wrong(terms, scope)
    _tell(vocabulary, wrong, report)
    for terms, place in vocabulary.doubled:
        _tell_terms(terms, place, _wrong(terms, scope), report)
    return frozenset(good)


def _wrong(terms: tuple[str, ...], scope: Scope) -> list[tuple[int, Diagnostic]]:
    return [(number, remark) for number, term in enumerate(terms) for remark in _errors(term, scope)]


def _tell(vocabulary: Vocabulary, wrong: dict[str, list[tuple[int, Diagnostic]]], report: ProblemReport) -> None:
    pointed = {
        name: [target_of(vocabulary.lists[name][number], remark) for number, remark in found]
        for name, found in wrong.items()
    }
    report.lost |= spoilt(pointed, report.lost)
    for name, found in wrong.items():
        _tell_terms(vocabulary.lists[name], vocabulary.places[name], found, report)


def _tell_terms(
    terms: tuple[str, ...], place: tuple[ParsedFile, Loc], wrong: list[tuple[int, Diagnostic]], report: ProblemReport
) -> None:
    parsed_file, loc = place
    for number, remark in wrong:
        problem = parsed_file.inside((*loc, number), remark.column - 1, remark.message, remark.hint, "error")
        report.fault(problem, missing=target_of(terms[number], remark))


def _errors(term: str, scope: Scope) -> Iterator[Diagnostic]:
    """The errors of one term, with columns of its own."""
    start = len(BESIDE)
    for remark in checked("", f"{BESIDE}{term})", scope, DependencyKeys()).remarks:
        if remark.severity == "error":
            column = min(max(remark.column - start, 1), len(term) + 1)
            yield Diagnostic(remark.message, column, max(column, min(remark.end - start, len(term) + 1)), remark.hint)
