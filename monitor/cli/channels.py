"""Implement `monitor channels`: list the addresses that alerts go to, and send a specimen to some of them."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

app = typer.Typer(
    help="The addresses that alerts go to: list them, try one.",
    cls=CommandGroup,
    no_args_is_help=True,
    add_completion=False,
)


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List every address of people and the operator, its channel, and how many rules tell by it."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.address_list import list_addresses

    found = list_addresses(require_config(config, data))
    if as_json:
        print_json(found)
        return
    rows = [(one.recipient, one.person, one.channel, one.address, one.rules) for one in found]
    table(("recipient", "of", "channel", "address", "rules"), rows)


@app.command()
def test(
    words: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="A person, `ann by telegram`, a mail address, operator, or a channel."),
    ],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Send one specimen to each address of a person, or to one, and show each step with the answer.

    A channel (`telegram`) means the operator's address there.
    """
    import asyncio

    from monitor.cli.query_argument import require_config
    from monitor.cli.sample_output import print_sample
    from monitor.reports.address_list import recipients_meant
    from monitor.run.startup import utc_now
    from monitor.steps.sample_mail import send_sample_by

    loaded = require_config(config, data)
    try:
        recipients = recipients_meant(loaded, " ".join(words))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="NAME") from None
    are_sent = True
    for recipient in recipients:
        print(recipient)
        result = asyncio.run(send_sample_by(loaded, recipient, utc_now()))
        print_sample(result)
        are_sent = are_sent and result.is_sent
    raise typer.Exit(0 if are_sent else 1)
