"""Compare two configurations, for the report of a reload and its summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.config.config import Config
from monitor.model import Outlet, Route

_Names = tuple[str, ...]
_Moves = tuple[_Names, _Names, _Names, _Names]


@dataclass(frozen=True, slots=True)
class Changes:
    """The names of what was added, removed, switched on, switched off and changed.

    What is switched off is still in the files; what is switched on was there before. `changed_queries` are rules that
    ask something else, so that they match only what arrives from now on; `routes` are the new (rule, recipient) pairs.
    `people_changed` have another zone, holiday, address, hours or limits, and `rules_told_otherwise` tell those whom
    they told before at other times or by other limits.
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
    templates_changed: tuple[str, ...] = ()
    people_changed: tuple[str, ...] = ()
    rules_told_otherwise: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def __str__(self) -> str:
        listed = {name: getattr(self, name) for name in self.__slots__ if name not in ("routes", "settings")}
        sentences = [f"{name.replace('_', ' ')}: {_shortened(names)}" for name, names in listed.items() if names]
        return "; ".join([*sentences, *(["settings changed"] if self.settings else [])]) or "nothing changed"


def _shortened(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def diff(old: Config | None, new: Config) -> Changes:
    """Return the changes from `old` to `new`; without an old configuration everything is new."""
    outlets: Mapping[str, Outlet] = old.outlets if old else {}
    compiled: Mapping[str, Any] = old.compiled if old else {}
    old_recipients = old.recipients if old else frozenset()
    return Changes(
        *_moves((outlets, old.scope.outlets if old else ()), (new.outlets, new.scope.outlets)),
        _changed_outlets(old, new),
        *_moves((compiled, old.rules if old else ()), (new.compiled, new.rules)),
        _changed_queries(old, new),
        _difference(new.recipients, old_recipients),
        _difference(old_recipients, new.recipients),
        tuple(sorted(_pairs(new.routes) - (_pairs(old.routes) if old else set()))),
        old is not None and old.settings != new.settings,
        tuple(sorted({name for name, _ in set(old.templates) ^ set(new.templates)})) if old else (),
        tuple(
            sorted(name for name in new.people if old and old.people.get(name, new.people[name]) != new.people[name])
        ),
        _told_otherwise(old.routes, new.routes) if old else (),
    )


def _told_otherwise(old: Mapping[str, tuple[Route, ...]], new: Mapping[str, tuple[Route, ...]]) -> tuple[str, ...]:
    """Return the rules of which somebody is told in another way; holiday and zone are those of a person."""
    before = {
        (name, route.recipient): replace(route, away=None, timezone="") for name, some in old.items() for route in some
    }
    after = {
        (name, route.recipient): replace(route, away=None, timezone="") for name, some in new.items() for route in some
    }
    return tuple(sorted({pair[0] for pair, route in after.items() if before.get(pair, route) != route}))


def _moves(old: tuple[Iterable[str], Iterable[str]], new: tuple[Iterable[str], Iterable[str]]) -> _Moves:
    """Return the names added, removed, switched on and switched off, from those active and those in the files."""
    (active, written), (active_now, written_now) = map(set, old), map(set, new)
    activated, deactivated = active_now - active, active - active_now
    added, removed, on, off = map(
        sorted, (activated - written, deactivated - written_now, activated & written, deactivated & written_now)
    )
    return tuple(added), tuple(removed), tuple(on), tuple(off)


def _changed_outlets(old: Config | None, new: Config) -> tuple[str, ...]:
    both = new.outlets.keys() & old.outlets.keys() if old else set()
    return tuple(
        sorted(
            name
            for name in both
            if old and (new.outlets[name], new.sites.get(name)) != (old.outlets[name], old.sites.get(name))
        )
    )


def _changed_queries(old: Config | None, new: Config) -> tuple[str, ...]:
    """Return the rules whose own text, lists or names changed."""
    before = old.memo.checked if old else {}
    both = new.compiled.keys() & (old.compiled.keys() if old else set())
    return tuple(sorted(name for name in both if before[name].keys.meaning != new.memo.checked[name].keys.meaning))


def _difference(names: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - set(others)))


def _pairs(routes: Mapping[str, tuple[Route, ...]]) -> set[tuple[str, str]]:
    return {(name, route.recipient) for name, found in routes.items() for route in found}
