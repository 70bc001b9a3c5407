"""Write the operator's mails about incidents: what each kind is called, how long it waits, how its end reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts import stamp
from monitor.channels import ENDPOINTS
from monitor.config import Endpoint, Settings
from monitor.model import Alert, Kind
from monitor.store.incident_records import Incident
from monitor.text.safe_text import header_text

CONFIGURATION = "configuration"
WARNINGS = "configuration warnings"
"""Incident kind: settings that work and may not be meant."""
ACCOUNT = "account:"
"""Incident keys of an account begin so; the name of the channel or endpoint follows."""
MAIL_ACCOUNT = "mail account"
"""Incident kind: no mail can be sent, so that no mail can tell of it."""
DELIVERY = "delivery"
"""Incident kind: one recipient or mail failed, while monitor itself works."""
REFUSED = "refused alert"
"""Incident kind: one alert is refused for what it says, while others are taken; it is over when it has been told."""
TEMPLATE = "mail template"
"""Incident key and kind: a template of the configuration fails, and the shipped one is used."""
STORAGE = "storage"
DATABASE = "database"
BACKUP = "backup"
NETWORK = "network"
ALIVE = "alive_url"
SILENT_PROCESS = "silent process"
"""Incident kind: one of several processes on a database fell silent without a goodbye; others do its work."""
BROKEN = "broken outlet"
SILENT = "silent outlet"
SHRUNKEN = "shrunken outlet"
SHRUNKEN_PAGES, SHRUNKEN_FEED = "shrunken pages", "shrunken feed"
"""With what the keys of these incidents begin."""
LOGIN = "login"
"""Incident kind: an outlet is read without its account; the key ends with a colon and the outlet's name."""
OUTLETS = (BROKEN, SILENT, SHRUNKEN)
"""Incident kinds of which one mail tells many; their keys end with a colon and the outlet's name."""

REST = timedelta(minutes=2)
"""How long the files must stay unchanged before their recovery or warnings are mailed: who edits saves often."""
GATHER = timedelta(minutes=2)
"""How long an outlet's incident, or its end, and that of a reader's address wait for others that go into one mail."""
UNREACHABLE = timedelta(minutes=10)
"""How long a reader's address must refuse what is posted before the operator is told."""
PACE = timedelta(minutes=15)
"""The least time between two mails about outlets."""
DAY = timedelta(days=1)
_LISTED = 50


@dataclass(frozen=True, slots=True)
class IncidentKind:
    """How one kind of incident is mailed: its subject, and in `over` the sentence that reports its end.

    The incident must have lasted for `wait`, and its end for `rest`, before it is mailed. `ours` says that monitor
    does not do its work while the incident lasts. Several that came within GATHER are told `together`, under this
    title, where it says one; `each` are what they are about. A `moment` has no end to tell of.
    """

    over: str = "this is over"
    wait: timedelta = timedelta()
    rest: timedelta = timedelta()
    ours: bool = True
    subject: str = "Trouble"
    together: str = ""
    each: str = "addresses"
    is_moment: bool = False


INCIDENT_KINDS: Mapping[str, IncidentKind] = {
    CONFIGURATION: IncidentKind("the configuration is good again", rest=REST),
    WARNINGS: IncidentKind("nothing is left to look at", wait=REST, ours=False, subject="Look at"),
    MAIL_ACCOUNT: IncidentKind("mail can be sent again"),
    **{f"operator {name}": IncidentKind(f"the operator's {name} takes what is posted again") for name in ENDPOINTS},
    **{
        name: IncidentKind(
            f"the {name} takes what is posted again",
            UNREACHABLE,
            GATHER,
            ours=False,
            together="Nothing can be posted to these addresses:",
        )
        for name in ENDPOINTS
    },
    DELIVERY: IncidentKind("what is sent there is accepted again", ours=False),
    REFUSED: IncidentKind(
        wait=GATHER,
        ours=False,
        together="Each of these is refused for what it says, while others are taken:",
        each="alerts",
        is_moment=True,
    ),
    TEMPLATE: IncidentKind("the templates have been changed and are used again", ours=False),
    STORAGE: IncidentKind("the database can be used again"),
    DATABASE: IncidentKind("the database is whole again"),
    NETWORK: IncidentKind("outlets can be reached again"),
    BROKEN: IncidentKind("it is read again", wait=GATHER, rest=GATHER, ours=False),
    SILENT: IncidentKind("it has news again", wait=GATHER, rest=GATHER, ours=False),
    SHRUNKEN: IncidentKind("it gives as much as usual again", wait=GATHER, rest=GATHER, ours=False),
    LOGIN: IncidentKind("its account is logged in again", wait=timedelta(minutes=10), ours=False),
    ALIVE: IncidentKind("the address that hears that the monitor works takes calls again", ours=False),
    BACKUP: IncidentKind("backups are made again"),
    SILENT_PROCESS: IncidentKind(
        "it is heard again",
        GATHER,
        GATHER,
        ours=False,
        together="These fell silent, while others do their work:",
        each="processes",
    ),
}
_DEFAULT_KIND = IncidentKind()


@dataclass(frozen=True, slots=True)
class IncidentMail:
    """One mail to the operator; thread and sequence are the key of its deliveries."""

    thread: str
    subject: str
    text: str
    sequence: int = 0


def endpoint_incident(endpoint: Endpoint, settings: Settings) -> tuple[str, str]:
    """Return the name of an endpoint in incident keys, and the kind of the incident that nothing can be posted to it.

    The operator's has a name of its channel alone, so that incidents stay open which an older program opened.
    """
    if endpoint in settings.operator_endpoints:
        return endpoint.channel, f"operator {endpoint.channel}"
    return endpoint.recipient, endpoint.channel


def incident_kind(kind: str) -> IncidentKind:
    """Return how a kind of incident is mailed."""
    return INCIDENT_KINDS.get(kind, _DEFAULT_KIND)


def is_ripe(incident: Incident, now: datetime) -> bool:
    """Whether an incident, or its end, has lasted long enough to be mailed; a clock set back since delays nothing."""
    kind = incident_kind(incident.kind)
    if incident.closed_at:
        return not _within(incident.closed_at, kind.rest, now)
    return not _within(incident.opened_at, kind.wait, now)


def ripe_groups(untold: Sequence[Incident], now: datetime) -> list[list[Incident]]:
    """Return the incidents to tell of now, those in one list by one mail.

    A service that is down is trouble of all its addresses: those of one channel whose trouble (or whose end) came
    within GATHER are told together, and so are alerts that are refused.
    """
    groups: dict[tuple[str, bool], list[Incident]] = {}
    for one in untold:
        name = one.kind if incident_kind(one.kind).together else f"{one.kind}:{one.key}"
        groups.setdefault((name, one.closed_at is None), []).append(one)
    ripe = [group for group in groups.values() if any(is_ripe(one, now) for one in group)]
    return [[one for one in group if is_ripe(one, now + GATHER)] for group in ripe]


def _within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    return moment is not None and timedelta() <= now - moment < span


def ripe_outlet_incidents(untold: Sequence[Incident], told: Sequence[Incident], now: datetime) -> list[Incident]:
    """Return the incidents of outlets that one mail tells of now; `told` are those mailed within the last day.

    None until one has waited for GATHER, and within PACE of another such mail; one incident a day of each outlet, and
    no end while the same outlet has an incident again.
    """
    if not any(is_ripe(incident, now) for incident in untold):
        return []
    if any(_within(one.told_at, PACE, now) or _within(one.recovery_told_at, PACE, now) for one in told):
        return []
    lately = {one.key for one in told if _within(one.told_at, DAY, now)}
    open_ = {one.key for one in untold if not one.closed_at}
    return [one for one in untold if one.key not in (open_ if one.closed_at else lately)]


def group_mail(group: Sequence[Incident], now: datetime) -> IncidentMail:
    """Return the mail about incidents that are told together, all open or all over."""
    if len(group) == 1:
        return incident_mail(group[0])
    kind, is_open = group[0].kind, group[0].closed_at is None
    told = incident_kind(kind)
    subject = f"{'Trouble' if is_open else 'Recovered'}: {kind} ({len(group)} {told.each})"
    title = told.together if is_open else f"{told.over[0].upper()}{told.over[1:]}:"
    section = _section(title, [one.text if is_open else _address_line(one) for one in group])
    text = f"{section}\n\n`monitor status` shows how things stand."
    return IncidentMail(f"troubles:{kind}:{is_open:d}:{stamp(now)}", subject, text)


def _address_line(one: Incident) -> str:
    until = utc_minute(one.closed_at) if one.closed_at else ""
    return f"{_outlet(one)}: since {until} (noticed {utc_minute(one.opened_at)})"


def incident_mail(incident: Incident) -> IncidentMail:
    """Return the mail about one incident as it stands, open or closed."""
    kind, thread = incident_kind(incident.kind), f"trouble:{incident.key}:{stamp(incident.opened_at)}"
    if incident.closed_at is None:
        text = (
            f"{incident.text}\n\nNoticed at {utc_minute(incident.opened_at)}. `monitor status` shows how things stand."
        )
        return IncidentMail(thread, f"{kind.subject}: {_about(incident)}", text)
    span = f"Noticed at {utc_minute(incident.opened_at)}, over at {utc_minute(incident.closed_at)}"
    text = f"{kind.over[0].upper()}{kind.over[1:]}.\n\n{span}:\n{incident.text}"
    return IncidentMail(thread, f"Recovered: {_about(incident)}", text, sequence=1)


def _about(incident: Incident) -> str:
    """Return what an incident is about: deliveries with whom they are to and by which channel, one by its number."""
    which = incident.key.partition(":")[2] if incident.kind == DELIVERY else ""
    return header_text(
        f"{incident.kind} {'of mail' if which.isdecimal() else 'to'} {which}" if which else incident.kind
    )


def outlets_mail(incidents: Sequence[Incident], now: datetime) -> IncidentMail:
    """Return one mail about several outlets: which cannot be read, are silent or give too little, or recovered."""
    opened = [one for one in incidents if not one.closed_at]
    over = [one for one in incidents if one.closed_at]
    subjects = [f"Trouble: {_subject_of(opened)}"] if opened else []
    subjects += [f"Recovered: {_subject_of(over)}"] if over else []
    parts = [
        _section("These outlets cannot be read:", [one.text for one in opened if one.kind == BROKEN]),
        _section("These outlets are silent against their habit:", [one.text for one in opened if one.kind == SILENT]),
        _section("These outlets give far less than usual:", [one.text for one in opened if one.kind == SHRUNKEN]),
        _section("These outlets are well again:", [_recovery_line(one) for one in over]),
        "`monitor status --all` shows how each stands. An outlet is told of once a day at most.",
    ]
    text = "\n\n".join(part for part in parts if part)
    return IncidentMail(f"troubles:outlets:{stamp(now)}", "; ".join(subjects), text)


def _subject_of(incidents: Sequence[Incident]) -> str:
    kinds = {one.kind for one in incidents}
    kind = kinds.pop() if len(kinds) == 1 else "outlet"
    return f"{kind} {_outlet(incidents[0])}" if len(incidents) == 1 else f"{len(incidents)} {kind}s"


def _section(title: str, lines: Sequence[str]) -> str:
    more = [f"… and {len(lines) - _LISTED} more"] if len(lines) > _LISTED else []
    return "\n".join([title, *lines[:_LISTED], *more]) if lines else ""


def _recovery_line(one: Incident) -> str:
    """Say since when all is well, and what was wrong: the trouble began before it was noticed, as its text may tell."""
    until = utc_minute(one.closed_at) if one.closed_at else ""
    began, trouble = utc_minute(one.opened_at), one.text.removeprefix(f"{_outlet(one)}: ")
    return f"{_outlet(one)}: {incident_kind(one.kind).over} since {until} (noticed {began}: {trouble})"


def _outlet(one: Incident) -> str:
    return one.key.partition(":")[2]


def operator_alerts(
    incident_mail: IncidentMail, settings: Settings, now: datetime, *, by_mail: bool = True
) -> list[Alert]:
    """Return the alerts of one mail to the operator: one for each address.

    Without `by_mail` those to mail addresses are left out, where there is another address.
    """
    recipients = [(one.recipient, one.channel) for one in settings.operator_endpoints]
    if by_mail or not recipients:
        recipients += [(address, settings.channel) for address in settings.operator]
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
        for recipient, channel in recipients
    ]


def utc_minute(moment: datetime) -> str:
    """Return a moment in UTC as mails and texts of incidents name it."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
