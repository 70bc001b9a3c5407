"""What a query's compilation depends on: its text and the scope in, keys out that change when the outcome may."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from monitor.model import NameEntry
from monitor.query import Scope

_REFERENCE = re.compile(r'@(?:"([^"]*)"|([\w.-]+))')
_IDENTIFIER = re.compile(r'\b(outlet|group|country|lang|language)\s*:\s*(?:"([^"]*)"|([^\s()"]+))?', re.IGNORECASE)
_NAMED = re.compile(r"\bname\s*\(", re.IGNORECASE)
_NAME = re.compile(r'\bname\s*\(\s*(?:"([^"]*)"|([^\s()"]+))\s*\)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DependencyKeys:
    """`meaning` changes when a query asks something else: its text, a list, rule or name that it uses. `whole` changes
    also when what it may speak of does: outlets, groups, countries, languages."""

    meaning: bytes = b""
    whole: bytes = b""


class QueryDependencies:
    """Gives the keys of queries in one scope; where a query's words cannot be told apart, on all that there is."""

    def __init__(self, scope: Scope, names: Mapping[str, NameEntry], mark: Callable[[str], str]) -> None:
        groups = scope.groups if isinstance(scope.groups, Mapping) else dict.fromkeys(scope.groups)
        self._texts = {name: "\0".join(items) for name, items in scope.lists.items()} | dict(scope.queries)
        self._known = {
            "outlet": _folded(scope.outlets),
            "group": {name.casefold(): repr(sorted(found or ())) for name, found in groups.items()},
            "country": _folded(scope.countries),
            "lang": _folded(scope.languages),
            "language": _folded(scope.languages),
        }
        self._mark = mark
        self._all_texts = _digest(repr(sorted(self._texts.items())))
        self._all_names = _digest(repr(sorted(names.items())))
        self._all_identifiers = _digest(repr([sorted(known.items()) for known in self._known.values()]))

    def keys(self, text: str) -> DependencyKeys:
        """The keys of one query; they are the same as long as compiling it gives the same."""
        used = self._used(text)
        if used is None:
            meaning = [text, self._all_texts.hex(), self._all_names.hex()]
            identifiers = [self._all_identifiers.hex()]
        else:
            meaning = [text, *used, *self._names("\n".join((text, *used)))]
            identifiers = self._identifiers("\n".join((text, *used)))
        return DependencyKeys(_digest("\0".join(meaning)), _digest("\0".join((*meaning, *identifiers))))

    def _used(self, text: str) -> list[str] | None:
        """The texts of the lists and rules that a query uses, and of those that they use; none if some is unknown."""
        used: dict[str, str] = {}
        waiting = [text]
        while waiting:
            current = waiting.pop()
            names = [quoted or plain for quoted, plain in _REFERENCE.findall(current)]
            if current.count("@") != len(names) or any(name not in self._texts for name in names):
                return None
            for name in names:
                if name not in used:
                    used[name] = self._texts[name]
                    waiting.append(used[name])
        return [f"{name}={used[name]}" for name in sorted(used)]

    def _names(self, text: str) -> list[str]:
        names = [quoted or plain for quoted, plain in _NAME.findall(text)]
        if len(names) != len(_NAMED.findall(text)):
            return [self._all_names.hex()]
        return [self._mark(name) for name in names]

    def _identifiers(self, text: str) -> list[str]:
        found = []
        for field, quoted, plain in _IDENTIFIER.findall(text):
            known = self._known[field.lower()].get((quoted or plain).casefold())
            found.append(self._all_identifiers.hex() if known is None else known)
        return found


def _folded(names: Collection[str]) -> dict[str, str]:
    return {name.casefold(): name for name in names}


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
