"""Troubles in, the operator's mails out: what each kind is called, how long it may wait, how its end reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts import stamp
from monitor.config import Settings
from monitor.model import Alert, Kind
from monitor.store.troubles import Trouble

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

REST = timedelta(minutes=2)
"""How long the files must be left alone before their recovery, or their warnings, are told: who edits saves often."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind of trouble is told: how its end reads, how long its beginning (`wait`) and its end (`rest`) must
    have lasted before that. `ours` says that the monitor does not do its work while it lasts.
    """

    over: str = "this is over"
    wait: timedelta = timedelta()
    rest: timedelta = timedelta()
    ours: bool = True
    subject: str = "Trouble"


MANNERS: Mapping[str, Manner] = {
    CONFIGURATION: Manner("the configuration is good again", rest=REST),
    WARNINGS: Manner("nothing is left to look at", wait=REST, ours=False, subject="Look at"),
    MAIL_ACCOUNT: Manner("mail can be sent again"),
    OPERATOR_WEBHOOK: Manner("the operator's webhook takes what is posted again"),
    DELIVERY: Manner("mail is accepted again", ours=False),
    STORAGE: Manner("the database can be used again"),
    DATABASE: Manner("the database is whole again"),
    BACKUP: Manner("backups are made again"),
}
_USUAL = Manner()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the operator is told in one mail; thread and sequence are the key of its deliveries."""

    thread: str
    subject: str
    text: str
    sequence: int = 0


def manner(kind: str) -> Manner:
    """Return how a kind of trouble is told."""
    return MANNERS.get(kind, _USUAL)


def is_ripe(trouble: Trouble, now: datetime) -> bool:
    """Whether it is time to tell of a trouble, or of its end."""
    how = manner(trouble.kind)
    return now - trouble.closed_at >= how.rest if trouble.closed_at else now - trouble.opened_at >= how.wait


def notice(trouble: Trouble) -> Notice:
    """Return what is told of one trouble as it stands."""
    how, thread = manner(trouble.kind), f"trouble:{trouble.key}:{stamp(trouble.opened_at)}"
    if trouble.closed_at is None:
        text = f"{trouble.text}\n\nNoticed at {_minute(trouble.opened_at)}. `monitor status` shows how things stand."
        return Notice(thread, f"{how.subject}: {trouble.kind}", text)
    span = f"from {_minute(trouble.opened_at)} to {_minute(trouble.closed_at)}"
    text = f"{how.over[0].upper()}{how.over[1:]}.\n\nThis was so {span}:\n{trouble.text}"
    return Notice(thread, f"Recovered: {trouble.kind}", text, sequence=1)


def addressed(notice: Notice, settings: Settings, now: datetime, *, by_mail: bool = True) -> list[Alert]:
    """Return a notice as what leaves for the operator: a mail to each address, and a call of the webhook."""
    ways = [(WEBHOOK, "webhook")] if settings.operator_webhook else []
    if by_mail or not ways:
        ways += [(address, settings.channel) for address in settings.operator]
    return [
        Alert(
            recipient=recipient,
            thread=notice.thread,
            sequence=notice.sequence,
            kind=Kind.NOTICE,
            due=now,
            channel=channel,
            timezone=settings.timezone,
            subject=notice.subject,
            text=notice.text,
        )
        for recipient, channel in ways
    ]


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
