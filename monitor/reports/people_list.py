"""List who gets what: people and plain addresses, their rules, and what is muted for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.config import Config
from monitor.reports.config_lists import list_rules
from monitor.reports.mute_list import ListedMute, list_mutes
from monitor.store import Connection
from monitor.text import clean


@dataclass(frozen=True, slots=True)
class PersonRule:
    """An active rule that tells somebody, and when (`at once`)."""

    rule: str
    send: str


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One address of a person (empty for one that only rules name), what it is told, and what is muted for it.

    `mutes` are those of this address and those for everybody that are of one of its rules.
    """

    person: str
    recipient: str
    rules: tuple[PersonRule, ...]
    mutes: tuple[ListedMute, ...]


def list_people(conn: Connection, config: Config, now: datetime) -> list[ListedPerson]:
    """Return every address of people, then those that only rules name, each by the order of the files."""
    owners = {recipient: one.name for one in config.people.values() for recipient in one.recipients}
    rules: dict[str, list[PersonRule]] = {recipient: [] for recipient in (*owners, *sorted(config.recipients))}
    for rule in list_rules(config):
        for route in rule.routes if rule.active else ():
            rules.setdefault(route.to, []).append(PersonRule(rule.rule, route.send))
    mutes = list_mutes(conn, now)
    return [
        ListedPerson(owners.get(recipient, ""), recipient, tuple(told), _of(recipient, told, mutes))
        for recipient, told in rules.items()
    ]


def _of(recipient: str, rules: list[PersonRule], mutes: list[ListedMute]) -> tuple[ListedMute, ...]:
    theirs = {clean(one.rule) for one in rules}
    return tuple(one for one in mutes if one.for_ == clean(recipient) or (not one.for_ and one.target in theirs))
