"""Rules of all files: readings and people in, rules whose routes have every setting resolved out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from monitor.config.cross_file_problems import NameRegister
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.models import MonitorKeys, RuleDefaults, RuleEntry
from monitor.config.people_entries import People, RecipientEntry
from monitor.model import Cadence, Route, Rule

NO_DEFAULTS = RuleDefaults()
PER_HOUR = 30


@dataclass(slots=True)
class Rules:
    """Every rule with its place; `doubled` ones, whose name is taken, are only there to be told what else is wrong."""

    rules: dict[str, Rule] = field(default_factory=dict)
    places: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)
    doubled: list[tuple[Rule, tuple[ParsedFile, Loc]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule's routes are made with: the people, the monitor's settings and the way that mails leave."""

    people: People
    settings: MonitorKeys
    channel: str


def gather_rules(parsed_files: Iterable[ParsedFile], around: Surroundings, queries: NameRegister) -> Rules:
    """Every rule; `queries` holds the names of rules and lists, which must differ."""
    found = Rules()
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("rules"):
            rule = _rule(around, parsed_file, loc, (entry, defaults))
            if queries.claim(entry.name, parsed_file, (*loc, "name")):
                found.rules[entry.name] = rule
                found.places[entry.name] = parsed_file, loc
            else:
                found.doubled.append((rule, (parsed_file, loc)))
    return found


def _rule(around: Surroundings, parsed_file: ParsedFile, loc: Loc, said: tuple[RuleEntry, RuleDefaults]) -> Rule:
    entry = said[0]
    active = _first("active", *said)
    readers = {reader.mail.casefold(): reader for reader in _readers(around.people, parsed_file, loc, said)}
    if not readers and not _first("to", *said) and active is not False:
        around.people.report.warn(
            parsed_file, loc, f"rule “{entry.name}” tells nobody", "give it to: and a name or address"
        )
    return Rule(
        entry.name,
        entry.query,
        tuple(_route(around, said, reader) for reader in readers.values()),
        active=active is not False,
        wait_for_text=bool(_first("wait", *said)),
    )


def _readers(
    people: People, parsed_file: ParsedFile, loc: Loc, said: tuple[RuleEntry, RuleDefaults]
) -> Iterator[RecipientEntry]:
    entry, defaults = said
    words, at = (entry.to, loc) if entry.to is not None else (defaults.to, ("defaults",))
    for number, word in enumerate(words or ()):
        yield from people.readers(word, parsed_file, (*at, "to", number))


def _route(around: Surroundings, said: tuple[RuleEntry, RuleDefaults], reader: RecipientEntry) -> Route:
    """Person over rule over file defaults (the person's file, then the rule's) over monitor.yaml."""
    layers = (reader.entry, said[0], reader.defaults, said[1], around.settings.defaults)
    quiet = _first("quiet", *layers)
    return Route(
        said[0].name,
        reader.mail,
        around.channel,
        _first("send", *layers) or Cadence(),
        _first("max_per_hour", *layers) or PER_HOUR,
        _first("timezone", reader.entry, reader.defaults) or around.settings.timezone,
        quiet if isinstance(quiet, tuple) else None,
    )


def _first(key: str, *layers: object) -> Any:
    """The value of the first layer that says anything."""
    values = (getattr(layer, key, None) for layer in layers)
    return next((value for value in values if value is not None), None)
