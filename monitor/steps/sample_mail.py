"""Send one sample mail by the way that mails leave, and note each step with the server's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from monitor.alerts import sample_alert, view_of
from monitor.channels import CHANNELS, advice, probe
from monitor.channels.mail_options import MailOptions
from monitor.config import Settings


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One step of the conversation with the mail server, its answer, and what to try where it failed."""

    name: str
    ok: bool
    answer: str
    hint: str


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What became of a sample mail; `maildir` is the folder where it lies, if no mail host is set."""

    is_sent: bool
    steps: tuple[SampleStep, ...] = ()
    maildir: Path | None = None


async def send_sample(settings: Settings, address: str, now: datetime) -> SampleResult:
    """Send a sample to a mail address, or write it to the Maildir; what a server refused is the last step.

    Raises SendError where the Maildir cannot be written.
    """
    channel = CHANNELS[settings.channel]
    message = channel.message(view_of(sample_alert(settings.sender, address, now, settings.timezone)))
    if settings.channel == "maildir":
        async with channel.open(settings.options, settings.secret) as session:
            await session.send(message)
        return SampleResult(True, maildir=settings.data / "mail")
    phases = await probe(cast("MailOptions", settings.options), message, settings.secret)
    steps = tuple(SampleStep(phase.name, phase.ok, phase.answer, advice(phase)) for phase in phases)
    # A refusal ends the conversation, but for that of an EHLO, which a HELO may follow (RFC 5321, 3.2).
    return SampleResult(bool(steps) and steps[-1].ok, steps)
