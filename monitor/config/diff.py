"""Two configurations in, what changed from one to the other out: for the reload's report and its summaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.config.config import Config
from monitor.model import Outlet, Route

_Names = tuple[str, ...]
_Moves = tuple[_Names, _Names, _Names, _Names]


@dataclass(frozen=True, slots=True)
class Changes:
    """Names of what was added, removed and changed; what was switched off stands in the files still, what was switched
    on did before. `routes` are the (rule, recipient) pairs that are new.

    `changed_queries` are rules whose question is another one, so that they mail only what arrives from now on.
    """

    outlets_added: tuple[str, ...] = ()
    outlets_removed: tuple[str, ...] = ()
    outlets_switched_on: tuple[str, ...] = ()
    outlets_switched_off: tuple[str, ...] = ()
    outlets_changed: tuple[str, ...] = ()
    rules_added: tuple[str, ...] = ()
    rules_removed: tuple[str, ...] = ()
    rules_switched_on: tuple[str, ...] = ()
    rules_switched_off: tuple[str, ...] = ()
    changed_queries: tuple[str, ...] = ()
    recipients_added: tuple[str, ...] = ()
    recipients_removed: tuple[str, ...] = ()
    routes: tuple[tuple[str, str], ...] = ()
    settings: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def __str__(self) -> str:
        return "; ".join(self._sentences()) or "nothing changed"

    def _sentences(self) -> Iterator[str]:
        for name in self.__slots__:
            value = getattr(self, name)
            if name == "settings":
                yield from ["settings changed"] if value else []
            elif value and name != "routes":
                yield f"{name.replace('_', ' ')}: {_some(value)}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def diff(old: Config | None, new: Config) -> Changes:
    """What `new` has that `old` had not, and the other way round; everything is new where there was nothing."""
    outlets: Mapping[str, Outlet] = old.outlets if old else {}
    compiled: Mapping[str, Any] = old.compiled if old else {}
    told = old.recipients if old else frozenset()
    return Changes(
        *_come_and_gone((outlets, old.scope.outlets if old else ()), (new.outlets, new.scope.outlets)),
        tuple(sorted(name for name in new.outlets.keys() & outlets.keys() if new.outlets[name] != outlets[name])),
        *_come_and_gone((compiled, old.rules if old else ()), (new.compiled, new.rules)),
        _changed_queries(old, new),
        _only(new.recipients, told),
        _only(told, new.recipients),
        tuple(sorted(_pairs(new.routes) - (_pairs(old.routes) if old else set()))),
        old is not None and old.settings != new.settings,
    )


def _come_and_gone(old: tuple[Iterable[str], Iterable[str]], new: tuple[Iterable[str], Iterable[str]]) -> _Moves:
    """The names added, removed, switched on and switched off, from those that are active and those in the files."""
    (active, written), (active_now, written_now) = map(set, old), map(set, new)
    come, gone = active_now - active, active - active_now
    added, removed, on, off = map(sorted, (come - written, gone - written_now, come & written, gone & written_now))
    return tuple(added), tuple(removed), tuple(on), tuple(off)


def _changed_queries(old: Config | None, new: Config) -> tuple[str, ...]:
    """Rules whose own text, lists or names are others than before."""
    before = old.memo.checked if old else {}
    both = new.compiled.keys() & (old.compiled.keys() if old else set())
    return tuple(sorted(name for name in both if before[name].keys.meaning != new.memo.checked[name].keys.meaning))


def _only(here: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(here) - set(there)))


def _pairs(routes: Mapping[str, tuple[Route, ...]]) -> set[tuple[str, str]]:
    return {(name, route.recipient) for name, found in routes.items() for route in found}
