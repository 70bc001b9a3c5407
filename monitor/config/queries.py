"""Lists, names and rules' queries taken together: readings in, checked and compiled queries out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from monitor.config.messages import Loc
from monitor.config.reading import Reading
from monitor.config.report import Register, Report
from monitor.model import NameEntry
from monitor.query import Compiled, Remark, Scope, check, compile_query

_REFERENCE = re.compile(r'@(?:"([^"]*)"|([\w.-]+))')
_IDENTIFIER = re.compile(r"\b(?:outlet|group|country|lang|language)\s*:", re.IGNORECASE)
_NAMED = re.compile(r"\bname\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule's query, what depends on it (`key`), what was remarked, and what it compiled to."""

    key: bytes
    remarks: tuple[Remark, ...]
    compiled: Compiled | None


@dataclass(slots=True)
class Vocabulary:
    """The lists and names of all files, with the place of each."""

    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, NameEntry] = field(default_factory=dict)
    places: dict[str, tuple[Reading, Loc]] = field(default_factory=dict)


def gather_vocabulary(readings: Iterable[Reading], queries: Register, report: Report) -> Vocabulary:
    """Every list and name; `queries` holds the names of rules and lists, which rules use alike as @name."""
    found = Vocabulary()
    spelled = Register("name", report)
    for reading in readings:
        for loc, terms in reading.entries("lists"):
            name = str(loc[-1])
            if queries.claim(name, reading, loc):
                found.lists[name] = terms
                found.places[name] = reading, loc
        for loc, entry in reading.entries("names"):
            if spelled.claim(entry.name, reading, (*loc, "name")):
                found.names[entry.name] = NameEntry(entry.name, entry.also, entry.excluded)
    return found


class Keys:
    """Says what a query's compilation depends on, so that only what changed is compiled again."""

    def __init__(self, scope: Scope, names: Mapping[str, NameEntry]) -> None:
        self._texts = {name.casefold(): " ".join(items) for name, items in scope.lists.items()}
        self._texts |= {name.casefold(): text for name, text in scope.queries.items()}
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
            names = [(quoted or plain).casefold() for quoted, plain in _REFERENCE.findall(current)]
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
    compiled, remarks = check(text, scope)
    wrong = any(remark.severity == "error" for remark in remarks)
    return Checked(key, tuple(remarks), None if wrong or compiled is None else compile_query(name, text, scope))


def tell(report: Report, place: tuple[Reading, Loc], text: str, remarks: Iterable[Remark], *, active: bool) -> None:
    """Put what was remarked about a query at its place in the file; an inactive rule has warnings only."""
    reading, loc = place
    for remark in remarks:
        severity = remark.severity if active or remark.severity != "error" else "warning"
        problem = reading.inside(loc, remark.column - 1, remark.message, remark.hint, severity)
        if severity == "error":
            report.fault(problem, missing=text[remark.column - 1 : remark.end - 1].strip('@" '))
        else:
            report.warnings.append(problem)
