"""Compute keys that change when the result of compiling a query may change."""

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
    """Digests of what a query depends on.

    `meaning` changes when the query asks something else: its text, or a list, rule or name that it uses. `outcome`
    changes also when the outlets, groups, countries or languages that it names do.
    """

    meaning: bytes = b""
    outcome: bytes = b""


class QueryDependencies:
    """Computes the keys of queries in one scope; a query that it cannot take apart depends on everything."""

    def __init__(self, scope: Scope, names: Mapping[str, NameEntry], entry_digest: Callable[[str], str]) -> None:
        groups = scope.groups if isinstance(scope.groups, Mapping) else dict.fromkeys(scope.groups)
        self._texts = {name: "\0".join(items) for name, items in scope.lists.items()} | dict(scope.queries)
        self._identifiers_by_field = {
            "outlet": _folded(scope.outlets),
            "group": {name.casefold(): repr(sorted(found or ())) for name, found in groups.items()},
            "country": _folded(scope.countries),
            "lang": _folded(scope.languages),
            "language": _folded(scope.languages),
        }
        self._entry_digest = entry_digest
        self._all_texts = _digest(repr(sorted(self._texts.items())))
        self._all_names = _digest(repr(sorted(names.items())))
        self._all_identifiers = _digest(repr([sorted(known.items()) for known in self._identifiers_by_field.values()]))

    def keys(self, text: str) -> DependencyKeys:
        """Return the keys of one query; they are equal as long as compiling it gives the same result."""
        texts = self._used_texts(text)
        if texts is None:
            meaning = [text, self._all_texts.hex(), self._all_names.hex()]
            identifiers = [self._all_identifiers.hex()]
        else:
            meaning = [text, *texts, *self._names("\n".join((text, *texts)))]
            identifiers = self._identifiers("\n".join((text, *texts)))
        return DependencyKeys(_digest("\0".join(meaning)), _digest("\0".join((*meaning, *identifiers))))

    def _used_texts(self, text: str) -> list[str] | None:
        """Return the texts of the lists and rules that a query uses, directly or not; None where one is unknown."""
        texts: dict[str, str] = {}
        stack = [text]
        while stack:
            current = stack.pop()
            names = [quoted or plain for quoted, plain in _REFERENCE.findall(current)]
            if current.count("@") != len(names) or any(name not in self._texts for name in names):
                return None
            for name in names:
                if name not in texts:
                    texts[name] = self._texts[name]
                    stack.append(texts[name])
        return [f"{name}={texts[name]}" for name in sorted(texts)]

    def _names(self, text: str) -> list[str]:
        names = [quoted or plain for quoted, plain in _NAME.findall(text)]
        if len(names) != len(_NAMED.findall(text)):
            return [self._all_names.hex()]
        return [self._entry_digest(name) for name in names]

    def _identifiers(self, text: str) -> list[str]:
        found = []
        for field, quoted, plain in _IDENTIFIER.findall(text):
            known = self._identifiers_by_field[field.lower()].get((quoted or plain).casefold())
            found.append(self._all_identifiers.hex() if known is None else known)
        return found


def _folded(names: Collection[str]) -> dict[str, str]:
    return {name.casefold(): name for name in names}


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
