"""Implement `monitor mail test`: send one specimen mail, and print each SMTP phase with the server's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

if TYPE_CHECKING:
    from pydantic import BaseModel

    from monitor.channels import Channel
    from monitor.channels.mail_options import MailOptions
    from monitor.model import Message

app = typer.Typer(help="Try the way that mails leave by.", cls=CommandGroup, no_args_is_help=True, add_completion=False)


@app.callback()
def mail() -> None:
    """Try the way that mails leave by."""


@app.command()
def test(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Who gets the specimen.")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Send one specimen mail and show each step with the server's answer."""
    import asyncio

    from monitor.alerts import sample_alert, view_of
    from monitor.channels import CHANNELS, advice, probe
    from monitor.run.startup import read_config, utc_now
    from monitor.text import clean, is_address

    if not is_address(address):
        raise typer.BadParameter(
            f"{address!r} is no mail address; write it like desk@example.org", param_hint="ADDRESS"
        )
    settings = read_config(config, data).require_config().settings
    sample = sample_alert(settings.sender, address, utc_now(), settings.timezone)
    message = CHANNELS[settings.channel].message(view_of(sample))
    if settings.channel == "maildir":
        asyncio.run(_write_to_maildir(CHANNELS["maildir"], settings.options, message))
        print(f"no mail host is set (mail.host in monitor.yaml): the specimen lies in {settings.data / 'mail'}")
        return
    phases = asyncio.run(probe(cast("MailOptions", settings.options), message, settings.secret))
    for phase in phases:
        print(f"{'ok  ' if phase.ok else 'FAIL'} {phase.name:<10} {clean(phase.answer)}")
        if hint := advice(phase):
            print(f"     {'':<10} hint: {hint}")
    # A refusal ends it, but for that of an EHLO, which a HELO may follow.
    raise typer.Exit(0 if phases and phases[-1].ok else 1)


async def _write_to_maildir(channel: Channel, options: BaseModel, message: Message) -> None:
    async with channel.open(options, str) as session:
        await session.send(message)
