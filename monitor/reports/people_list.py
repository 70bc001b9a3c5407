"""List who gets what: people and plain addresses, their rules, and what is muted for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.config import Config, Person
from monitor.reports.config_lists import list_rules
from monitor.reports.mute_list import ListedMute, list_mutes
from monitor.store import Connection
from monitor.text import clean


@dataclass(frozen=True, slots=True)
class PersonRule:
    """An active rule that tells somebody, and when (`at once`), as `ListedRoute` has it."""

    rule: str
    send: str
    quiet: str = ""
    max_per_hour: int = 0


@dataclass(frozen=True, slots=True)
class ListedHoliday:
    """The first and the last day without mail, on the person's clock, and whether one digest follows."""

    first: date
    last: date
    digest: bool


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One address of a person (empty for one that only rules name), what it is told, and what is muted for it.

    `mutes` are those of this address and those for everybody that are of one of its rules; `away` is the holiday of the
    person, as far as it is not over, `timezone` that of the person, and `shared` says that several people read there.
    """

    person: str
    recipient: str
    rules: tuple[PersonRule, ...]
    mutes: tuple[ListedMute, ...]
    away: ListedHoliday | None = None
    shared: bool = False
    timezone: str = "UTC"


def list_people(conn: Connection | None, config: Config, now: datetime) -> list[ListedPerson]:
    """Return every address of people, then those that only rules name, each by the order of the files.

    Without a database, as before the first start, nothing is muted.
    """
    owners = {recipient: one for one in config.people.values() for recipient in one.recipients}
    rules: dict[str, list[PersonRule]] = {recipient: [] for recipient in (*owners, *sorted(config.recipients))}
    for rule in list_rules(config, now):
        for route in rule.routes if rule.active else ():
            rules.setdefault(route.to, []).append(PersonRule(rule.rule, route.send, route.quiet, route.max_per_hour))
    mutes = list_mutes(conn, now) if conn else []
    return [
        ListedPerson(
            owner.name if (owner := owners.get(recipient)) else "",
            recipient,
            tuple(told),
            _of(recipient, told, mutes),
            _holiday(owner, now) if owner else None,
            owner is not None and owner.shared,
            owner.timezone if owner else config.settings.timezone,
        )
        for recipient, told in rules.items()
    ]


def _holiday(person: Person, now: datetime) -> ListedHoliday | None:
    away, where = person.away, ZoneInfo(person.timezone)
    if away is None or away.end <= now:
        return None
    last = away.end.astimezone(where) - timedelta(seconds=1)
    return ListedHoliday(away.begin.astimezone(where).date(), last.date(), away.has_digest)


def _of(recipient: str, rules: list[PersonRule], mutes: list[ListedMute]) -> tuple[ListedMute, ...]:
    theirs = {clean(one.rule) for one in rules}
    return tuple(one for one in mutes if one.for_ == clean(recipient) or (not one.for_ and one.target in theirs))
