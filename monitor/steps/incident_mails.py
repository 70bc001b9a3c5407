"""Troubles in, the operator's mails out: what each kind is called, how long it may wait, how its end reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts import stamp
from monitor.config import Settings
from monitor.model import Alert, Kind
from monitor.store.incident_records import Incident

WEBHOOK = "operator@webhook.invalid"
"""Stands for the operator's webhook where a delivery needs a recipient."""
CONFIGURATION = "configuration"
WARNINGS = "configuration warnings"
"""The kind of what works and may not be meant."""
MAIL_ACCOUNT = "mail account"
"""The kind of trouble that mail cannot tell of."""
OPERATOR_WEBHOOK = "operator webhook"
DELIVERY = "delivery"
"""The kind of trouble that is about one reader or mail and not about us."""
STORAGE = "storage"
DATABASE = "database"
BACKUP = "backup"
NETWORK = "network"
ALIVE = "alive_url"
BROKEN = "broken outlet"
SILENT = "silent outlet"
OUTLETS = (BROKEN, SILENT)
"""The kinds whose troubles are told many in one mail; their keys end with the outlet's name after a colon."""

REST = timedelta(minutes=2)
"""How long the files must be left alone before their recovery, or their warnings, are told: who edits saves often."""
GATHER = timedelta(minutes=2)
"""How long an outlet's trouble, or its end, waits for others to be told with it."""
PACE = timedelta(minutes=15)
"""How long after one mail about outlets the next one leaves."""
DAY = timedelta(days=1)
_LISTED = 50


@dataclass(frozen=True, slots=True)
class IncidentKind:
    """How one kind of trouble is told: how its end reads, how long its beginning (`wait`) and its end (`rest`) must
    have lasted before that. `ours` says that the monitor does not do its work while it lasts.
    """

    over: str = "this is over"
    wait: timedelta = timedelta()
    rest: timedelta = timedelta()
    ours: bool = True
    subject: str = "Trouble"


MANNERS: Mapping[str, IncidentKind] = {
    CONFIGURATION: IncidentKind("the configuration is good again", rest=REST),
    WARNINGS: IncidentKind("nothing is left to look at", wait=REST, ours=False, subject="Look at"),
    MAIL_ACCOUNT: IncidentKind("mail can be sent again"),
    OPERATOR_WEBHOOK: IncidentKind("the operator's webhook takes what is posted again"),
    DELIVERY: IncidentKind("mail is accepted again", ours=False),
    STORAGE: IncidentKind("the database can be used again"),
    DATABASE: IncidentKind("the database is whole again"),
    NETWORK: IncidentKind("outlets can be reached again"),
    BROKEN: IncidentKind("it is read again", wait=GATHER, rest=GATHER, ours=False),
    SILENT: IncidentKind("it has news again", wait=GATHER, rest=GATHER, ours=False),
    ALIVE: IncidentKind("the address that hears that the monitor works takes calls again", ours=False),
    BACKUP: IncidentKind("backups are made again"),
}
_USUAL = IncidentKind()


@dataclass(frozen=True, slots=True)
class IncidentMail:
    """What the operator is told in one mail; thread and sequence are the key of its deliveries."""

    thread: str
    subject: str
    text: str
    sequence: int = 0


def incident_kind(kind: str) -> IncidentKind:
    """Return how a kind of trouble is told."""
    return MANNERS.get(kind, _USUAL)


def is_ripe(incident: Incident, now: datetime) -> bool:
    """Whether it is time to tell of a trouble, or of its end; a clock that was set back since keeps nothing waiting."""
    how = incident_kind(incident.kind)
    if incident.closed_at:
        return not _within(incident.closed_at, how.rest, now)
    return not _within(incident.opened_at, how.wait, now)


def _within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    return moment is not None and timedelta() <= now - moment < span


def gathered(untold: Sequence[Incident], told: Sequence[Incident], now: datetime) -> list[Incident]:
    """Return which troubles with outlets are told together now; `told` are those that were within the last day.

    None until one has waited for the others, and soon after another such mail; of each outlet one trouble a day; an
    end is not told while the same outlet is in trouble again.
    """
    if not any(is_ripe(incident, now) for incident in untold):
        return []
    if any(_within(one.told_at, PACE, now) or _within(one.recovery_told_at, PACE, now) for one in told):
        return []
    lately = {one.key for one in told if _within(one.told_at, DAY, now)}
    open_ = {one.key for one in untold if not one.closed_at}
    return [one for one in untold if one.key not in (open_ if one.closed_at else lately)]


def incident_mail(incident: Incident) -> IncidentMail:
    """Return what is told of one trouble as it stands."""
    how, thread = incident_kind(incident.kind), f"trouble:{incident.key}:{stamp(incident.opened_at)}"
    if incident.closed_at is None:
        text = f"{incident.text}\n\nNoticed at {_minute(incident.opened_at)}. `monitor status` shows how things stand."
        return IncidentMail(thread, f"{how.subject}: {incident.kind}", text)
    span = f"from {_minute(incident.opened_at)} to {_minute(incident.closed_at)}"
    text = f"{how.over[0].upper()}{how.over[1:]}.\n\nThis was so {span}:\n{incident.text}"
    return IncidentMail(thread, f"Recovered: {incident.kind}", text, sequence=1)


def joint_notice(many: Sequence[Incident], now: datetime) -> IncidentMail:
    """Return what is told of several outlets in one mail: which cannot be read, which are silent, which are well."""
    begun = [one for one in many if not one.closed_at]
    over = [one for one in many if one.closed_at]
    subjects = [f"Trouble: {_named(begun)}"] if begun else []
    subjects += [f"Recovered: {_named(over)}"] if over else []
    parts = [
        _part("These outlets cannot be read:", [one.text for one in begun if one.kind == BROKEN]),
        _part("These outlets are silent against their habit:", [one.text for one in begun if one.kind == SILENT]),
        _part("These outlets are well again:", [_ended(one) for one in over]),
        "`monitor status --all` shows how each stands. An outlet is told of once a day at most.",
    ]
    text = "\n\n".join(part for part in parts if part)
    return IncidentMail(f"troubles:outlets:{stamp(now)}", "; ".join(subjects), text)


def _named(many: Sequence[Incident]) -> str:
    kinds = {one.kind for one in many}
    kind = kinds.pop() if len(kinds) == 1 else "outlet"
    return f"{kind} {_outlet(many[0])}" if len(many) == 1 else f"{len(many)} {kind}s"


def _part(title: str, lines: Sequence[str]) -> str:
    more = [f"… and {len(lines) - _LISTED} more"] if len(lines) > _LISTED else []
    return "\n".join([title, *lines[:_LISTED], *more]) if lines else ""


def _ended(one: Incident) -> str:
    until = f"{one.closed_at:%Y-%m-%d %H:%M} UTC" if one.closed_at else ""
    return f"{_outlet(one)}: {incident_kind(one.kind).over} since {until} (it was not from {_minute(one.opened_at)} on)"


def _outlet(one: Incident) -> str:
    return one.key.partition(":")[2]


def addressed(incident_mail: IncidentMail, settings: Settings, now: datetime, *, by_mail: bool = True) -> list[Alert]:
    """Return a notice as what leaves for the operator: a mail to each address, and a call of the webhook."""
    ways = [(WEBHOOK, "webhook")] if settings.operator_webhook else []
    if by_mail or not ways:
        ways += [(address, settings.channel) for address in settings.operator]
    return [
        Alert(
            recipient=recipient,
            thread=incident_mail.thread,
            sequence=incident_mail.sequence,
            kind=Kind.NOTICE,
            due=now,
            channel=channel,
            timezone=settings.timezone,
            subject=incident_mail.subject,
            text=incident_mail.text,
        )
        for recipient, channel in ways
    ]


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
