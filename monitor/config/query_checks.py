"""Check and compile the queries of all rules, and report their diagnostics at the right places of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.query_dependencies import DependencyKeys, QueryDependencies
from monitor.config.rule import Rule
from monitor.config.rule_entries import Rules
from monitor.query import Compiled, Diagnostic, Scope, check


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A rule's query: the keys of what its compilation depends on, its diagnostics, and the compiled rule."""

    keys: DependencyKeys
    diagnostics: tuple[Diagnostic, ...]
    compiled: Compiled | None


def check_query(name: str, text: str, scope: Scope, keys: DependencyKeys) -> CheckedQuery:
    """Check one rule's query, and compile it where it has no errors."""
    try:
        compiled, diagnostics = check(text, scope, name)
    except Exception as error:
        # A query that makes the compiler fail must not stop the loading of the other files.
        reason = f"this query cannot be understood ({type(error).__name__}: {error})"
        return CheckedQuery(keys, (Diagnostic(reason, 1, 2, "please report it, with the query"),), None)
    return CheckedQuery(keys, tuple(diagnostics), compiled)


def check_rules(
    rules: Rules, scope: Scope, dependencies: QueryDependencies, earlier: Mapping[str, CheckedQuery]
) -> dict[str, CheckedQuery]:
    """Check every rule's query, or reuse the earlier result where nothing changed that it depends on."""
    checked: dict[str, CheckedQuery] = {}
    for name, rule in rules.rules.items():
        keys = dependencies.keys(rule.query)
        previous = earlier.get(name)
        checked[name] = previous if previous and previous.keys == keys else check_query(name, rule.query, scope, keys)
    return checked


def report_rules(rules: Rules, checked: Mapping[str, CheckedQuery], scope: Scope, report: ProblemReport) -> None:
    """Report the diagnostics at their places in the files; an inactive rule gets warnings only.

    An error in a rule or list that others use is reported there, and not again at each use.
    """
    error_targets = {
        name: [
            target_of(rules.rules[name].query, diagnostic)
            for diagnostic in found.diagnostics
            if diagnostic.severity == "error"
        ]
        for name, found in checked.items()
    }
    report.lost_names |= unusable_names(error_targets, report.lost_names)
    for name, found in checked.items():
        _report_query(rules.rules[name], rules.places[name], found.diagnostics, report)
    for rule, place in rules.duplicates:
        _report_query(rule, place, check_query(rule.name, rule.query, scope, DependencyKeys()).diagnostics, report)


def _report_query(
    rule: Rule, place: tuple[ParsedFile, Loc], diagnostics: Iterable[Diagnostic], report: ProblemReport
) -> None:
    parsed_file, loc = place
    for diagnostic in diagnostics:
        severity = diagnostic.severity if rule.active or diagnostic.severity != "error" else "warning"
        problem = parsed_file.problem_at(
            (*loc, "query"), diagnostic.column - 1, diagnostic.message, diagnostic.hint, severity
        )
        if severity != "error":
            report.warnings.append(problem)
        else:
            report.add_error(problem, missing=target_of(rule.query, diagnostic))


def unusable_names(error_targets: Mapping[str, Iterable[str]], lost: frozenset[str]) -> frozenset[str]:
    """Return the names (case-folded) that cannot be used, for an error of their own or of a name that they use.

    `error_targets` gives for each name what each of its errors points at: another name, or other text.
    """
    targets = {name.casefold(): {target.casefold() for target in found} for name, found in error_targets.items()}
    found = set(lost)
    newly_unusable = {
        name for name, targets_of in targets.items() if any(target not in targets for target in targets_of)
    }
    while newly_unusable:
        found |= newly_unusable
        newly_unusable = {name for name, targets_of in targets.items() if name not in found and targets_of & found}
    return frozenset(found)


def target_of(text: str, diagnostic: Diagnostic) -> str:
    """Return the text that an error points at in a query or term, as a name."""
    return text[diagnostic.column - 1 : diagnostic.end - 1].strip('@"“” ')
