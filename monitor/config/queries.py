"""Lists, names and rules' queries taken together: readings in, checked and compiled queries out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from monitor.config.report import Report
from monitor.config.rules import Rules
from monitor.model import NameEntry
from monitor.query import Compiled, Remark, Scope, check

_REFERENCE = re.compile(r'@(?:"([^"]*)"|([\w.-]+))')
_IDENTIFIER = re.compile(r"\b(?:outlet|group|country|lang|language)\s*:", re.IGNORECASE)
_NAMED = re.compile(r"\bname\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule's query, what depends on it (`key`), what was remarked, and what it compiled to."""

    key: bytes
    remarks: tuple[Remark, ...]
    compiled: Compiled | None


class Keys:
    """Says what a query's compilation depends on, so that only what changed is compiled again."""

    def __init__(self, scope: Scope, names: Mapping[str, NameEntry]) -> None:
        self._texts = {name: "\0".join(items) for name, items in scope.lists.items()}
        self._texts |= dict(scope.queries)
        groups = scope.groups.items() if isinstance(scope.groups, Mapping) else scope.groups
        self._identifiers = repr([sorted(part) for part in (scope.outlets, groups, scope.countries, scope.languages)])
        self._names = repr(sorted(names.items()))
        self._everything = _digest(repr(sorted(self._texts.items())))

    def key(self, text: str) -> bytes:
        """A digest that is the same as long as compiling `text` gives the same."""
        parts = [text, *self._used(text)]
        whole = "\n".join(parts)
        if _IDENTIFIER.search(whole):
            parts.append(self._identifiers)
        if _NAMED.search(whole):
            parts.append(self._names)
        return _digest("\0".join(parts))

    def _used(self, text: str) -> list[str]:
        """The texts of the lists and rules that a query uses, and of those that they use."""
        used: dict[str, str] = {}
        waiting = [text]
        while waiting:
            current = waiting.pop()
            names = [quoted or plain for quoted, plain in _REFERENCE.findall(current)]
            if current.count("@") != len(names) or any(name not in self._texts for name in names):
                return [self._everything.hex()]
            for name in names:
                if name not in used:
                    used[name] = self._texts[name]
                    waiting.append(used[name])
        return [f"{name}={used[name]}" for name in sorted(used)]


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def checked(name: str, text: str, scope: Scope, key: bytes) -> Checked:
    """Check one rule's query, and compile it when nothing forbids."""
    try:
        compiled, remarks = check(text, scope, name)
    except Exception as error:
        # A query that trips the compiler itself must not take the other files with it.
        reason = f"this query cannot be understood ({type(error).__name__}: {error})"
        return Checked(key, (Remark(reason, 1, 2, "please report it, with the query"),), None)
    return Checked(key, tuple(remarks), compiled)


def check_rules(rules: Rules, scope: Scope, keys: Keys, earlier: Mapping[str, Checked]) -> dict[str, Checked]:
    """Every rule's query checked, or taken over where nothing changed that it depends on."""
    done: dict[str, Checked] = {}
    for name, rule in rules.rules.items():
        key = keys.key(rule.query)
        old = earlier.get(name)
        done[name] = old if old and old.key == key else checked(name, rule.query, scope, key)
    return done


def tell_rules(rules: Rules, done: Mapping[str, Checked], scope: Scope, report: Report) -> None:
    """Put what was remarked at its place in the files; an inactive rule has warnings only.

    What is wrong with a rule or list that others use is told there, and not again wherever it is used.
    """
    wrong = {name: [_target(rules.rules[name].query, r) for r in _errors(done[name])] for name in done}
    report.lost |= spoilt(wrong, report.lost)
    for name, found in done.items():
        rule, (reading, loc) = rules.rules[name], rules.places[name]
        for remark in found.remarks:
            severity = remark.severity if rule.active or remark.severity != "error" else "warning"
            problem = reading.inside((*loc, "query"), remark.column - 1, remark.message, remark.hint, severity)
            if severity != "error":
                report.warnings.append(problem)
            else:
                report.fault(problem, missing=_target(rule.query, remark))


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


def _errors(found: Checked) -> list[Remark]:
    return [remark for remark in found.remarks if remark.severity == "error"]


def _target(text: str, remark: Remark) -> str:
    """What an error points at, as a name."""
    return text[remark.column - 1 : remark.end - 1].strip('@"“” ')
