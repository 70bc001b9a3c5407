"""Send one sample message by the way that alerts leave, and note each step with the answer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from monitor.alerts import sample_alert, view_of
from monitor.channels import CHANNELS, TracedSession, advice, endpoint_advice, probe, unrecorded
from monitor.channels.mail_options import MailOptions
from monitor.config import Config, Settings
from monitor.errors import SendError
from monitor.steps.incidents import open_endpoint


@dataclass(frozen=True, slots=True)
class SampleStep:
    """One step of the conversation with a server, its answer, and what to try where it failed."""

    name: str
    ok: bool
    answer: str
    hint: str


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What became of a sample message; `maildir` is the folder where it lies, if no mail host is set."""

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


async def send_sample_by(config: Config, recipient: str, now: datetime) -> SampleResult:
    """Send a sample to any recipient, as `send_sample` does to a mail address."""
    if recipient not in config.endpoints:
        return await send_sample(config.settings, recipient, now)
    settings, name = config.settings, config.endpoints[recipient].channel
    message = CHANNELS[name].message(view_of(sample_alert(settings.sender, recipient, now, settings.timezone)))
    async with open_endpoint(config, recipient) as session:
        with suppress(SendError):
            await session.send(message, unrecorded(now))
        phases = cast("TracedSession", session).phases
    steps = tuple(SampleStep(phase.name, phase.ok, phase.answer, endpoint_advice(name, phase)) for phase in phases)
    return SampleResult(phases[-1].ok, steps)
