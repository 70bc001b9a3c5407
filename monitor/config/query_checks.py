"""Lists, names and rules' queries taken together: readings in, checked and compiled queries out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.query_dependencies import DependencyKeys, QueryDependencies
from monitor.config.rule_entries import Rules
from monitor.model import Rule
from monitor.query import Compiled, Diagnostic, Scope, check


@dataclass(frozen=True, slots=True)
class CheckedQueries:
    """A rule's query: what it asks and what compiling it depends on, what was remarked, and what it compiled to."""

    keys: DependencyKeys
    remarks: tuple[Diagnostic, ...]
    compiled: Compiled | None


def checked(name: str, text: str, scope: Scope, keys: DependencyKeys) -> CheckedQueries:
    """Check one rule's query, and compile it when nothing forbids."""
    try:
        compiled, remarks = check(text, scope, name)
    except Exception as error:
        # A query that trips the compiler itself must not take the other files with it.
        reason = f"this query cannot be understood ({type(error).__name__}: {error})"
        return CheckedQueries(keys, (Diagnostic(reason, 1, 2, "please report it, with the query"),), None)
    return CheckedQueries(keys, tuple(remarks), compiled)


def check_rules(
    rules: Rules, scope: Scope, dependencies: QueryDependencies, earlier: Mapping[str, CheckedQueries]
) -> dict[str, CheckedQueries]:
    """Every rule's query checked, or taken over where nothing changed that it depends on."""
    done: dict[str, CheckedQueries] = {}
    for name, rule in rules.rules.items():
        keys = dependencies.keys(rule.query)
        old = earlier.get(name)
        done[name] = old if old and old.keys == keys else checked(name, rule.query, scope, keys)
    return done


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage collector out while rules and their index are made: they stay, and it would walk them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def tell_rules(rules: Rules, done: Mapping[str, CheckedQueries], scope: Scope, report: ProblemReport) -> None:
    """Put what was remarked at its place in the files; an inactive rule has warnings only.

    What is wrong with a rule or list that others use is told there, and not again wherever it is used.
    """
    wrong = {name: [target_of(rules.rules[name].query, r) for r in _errors(done[name])] for name in done}
    report.lost |= spoilt(wrong, report.lost)
    for name, found in done.items():
        _tell(rules.rules[name], rules.places[name], found.remarks, report)
    for rule, place in rules.doubled:
        _tell(rule, place, checked(rule.name, rule.query, scope, DependencyKeys()).remarks, report)


def _tell(rule: Rule, place: tuple[ParsedFile, Loc], remarks: Iterable[Diagnostic], report: ProblemReport) -> None:
    parsed_file, loc = place
    for remark in remarks:
        severity = remark.severity if rule.active or remark.severity != "error" else "warning"
        problem = parsed_file.inside((*loc, "query"), remark.column - 1, remark.message, remark.hint, severity)
        if severity != "error":
            report.warnings.append(problem)
        else:
            report.fault(problem, missing=target_of(rule.query, remark))


def spoilt(wrong: Mapping[str, Iterable[str]], lost: frozenset[str]) -> frozenset[str]:
    """The names (folded) that cannot be used: for an error of their own, or because they use such a name.

    `wrong` gives for each name what each of its errors points at: another name, or nothing.
    """
    targets = {name.casefold(): {target.casefold() for target in found} for name, found in wrong.items()}
    found = set(lost)
    own = {name for name, pointed in targets.items() if any(target not in targets for target in pointed)}
    while own:
        found |= own
        own = {name for name, pointed in targets.items() if name not in found and pointed & found}
    return frozenset(found)


def _errors(found: CheckedQueries) -> list[Diagnostic]:
    return [remark for remark in found.remarks if remark.severity == "error"]


def target_of(text: str, remark: Diagnostic) -> str:
    """What an error points at in a query or term, as a name."""
    return text[remark.column - 1 : remark.end - 1].strip('@"“” ')
