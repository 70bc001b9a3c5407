"""Gather the rules of all files, and resolve every setting of their routes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from monitor.config.cross_file_problems import NameRegister
from monitor.config.dates import holiday_in_zone, in_zone
from monitor.config.file_parser import ParsedFile
from monitor.config.model_errors import Loc
from monitor.config.models import MonitorKeys, RuleDefaults, RuleEntry
from monitor.config.people_entries import People, RecipientEntry
from monitor.config.rule import Rule
from monitor.model import Cadence, Route

NO_DEFAULTS = RuleDefaults()
DEFAULT_PER_HOUR = 30


@dataclass(slots=True)
class Rules:
    """Every rule with its place; `duplicates` have a name that is taken, and are only checked for other errors."""

    rules: dict[str, Rule] = field(default_factory=dict)
    places: dict[str, tuple[ParsedFile, Loc]] = field(default_factory=dict)
    duplicates: list[tuple[Rule, tuple[ParsedFile, Loc]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RouteContext:
    """What routes depend on: the people, the monitor's settings and the channel of mails."""

    people: People
    settings: MonitorKeys
    channel: str


def gather_rules(parsed_files: Iterable[ParsedFile], context: RouteContext, queries: NameRegister) -> Rules:
    """Return every rule; `queries` registers the names of rules and lists, which must differ."""
    rules = Rules()
    for parsed_file in parsed_files:
        defaults = getattr(parsed_file.model, "defaults", NO_DEFAULTS)
        for loc, entry in parsed_file.entries("rules"):
            rule = _rule(context, parsed_file, loc, (entry, defaults))
            if queries.claim(entry.name, parsed_file, (*loc, "name")):
                rules.rules[entry.name] = rule
                rules.places[entry.name] = parsed_file, loc
            else:
                rules.duplicates.append((rule, (parsed_file, loc)))
        for loc, word in parsed_file.lost_recipients:
            # Who is unknown is reported at once, although the rule is wrong as well.
            context.people.recipients(word, parsed_file, loc)
    return rules


def _rule(
    context: RouteContext, parsed_file: ParsedFile, loc: Loc, entry_and_defaults: tuple[RuleEntry, RuleDefaults]
) -> Rule:
    entry, defaults = entry_and_defaults
    keys = {key: _first_value(key, entry, defaults) for key in RuleDefaults.model_fields}
    recipients = _recipients(context.people, parsed_file, loc, entry_and_defaults)
    if not recipients and not keys["to"] and keys["active"] is not False:
        context.people.report.warn(
            parsed_file, loc, f"rule “{entry.name}” tells nobody", "give it to: and a name or address"
        )
    return Rule(
        entry.name,
        entry.query,
        tuple(_route(context, entry_and_defaults, recipient) for recipient in recipients),
        # Every value was validated in its file.
        RuleDefaults.model_construct(**keys),
    )


def _recipients(
    people: People, parsed_file: ParsedFile, loc: Loc, entry_and_defaults: tuple[RuleEntry, RuleDefaults]
) -> list[RecipientEntry]:
    """Return everybody that a rule tells, each address once."""
    entry, defaults = entry_and_defaults
    words, at = (entry.to, loc) if entry.to is not None else (defaults.to, ("defaults",))
    keys, at_keys = (entry.by, loc) if entry.by is not None else (defaults.by, ("defaults",))
    by = people.address_keys(keys or (), parsed_file, (*at_keys, "by"))
    found = {
        recipient.name.casefold(): recipient
        for number, word in enumerate(words or ())
        for recipient in people.recipients(word, parsed_file, (*at, "to", number), by)
    }
    return list(found.values())


def _route(
    context: RouteContext, entry_and_defaults: tuple[RuleEntry, RuleDefaults], recipient: RecipientEntry
) -> Route:
    """Resolve a route's settings.

    The order is: person, rule, defaults of the person's file, defaults of the rule's file, monitor.yaml.
    """
    entry, defaults = entry_and_defaults
    layers = (recipient.entry, entry, recipient.defaults, defaults, context.settings.defaults)
    zone = _first_value("timezone", recipient.entry, recipient.defaults) or context.settings.timezone
    quiet, urgent = _first_value("quiet", *layers), bool(_first_value("urgent", entry, defaults))
    until = _first_value("until", entry, defaults)
    return Route(
        entry.name,
        recipient.name,
        context.channel if recipient.options is None else recipient.key,
        # What is urgent waits neither for a slot nor for the end of quiet hours, whatever the person says of others.
        Cadence() if urgent else _first_value("send", *layers) or Cadence(),
        _first_value("max_per_hour", *layers) or DEFAULT_PER_HOUR,
        zone,
        quiet if isinstance(quiet, tuple) and not urgent else None,
        edits=bool(_first_value("edits", entry, defaults)),
        urgent=urgent,
        developments=_first_value("developments", entry, defaults) is not False,
        until=in_zone(until, context.settings.timezone) if until else None,
        away=holiday_in_zone(_first_value("away", recipient.entry), zone),
    )


def _first_value(key: str, *layers: object) -> Any:
    """Return the value of the first layer that sets the key."""
    values = (getattr(layer, key, None) for layer in layers)
    return next((value for value in values if value is not None), None)
