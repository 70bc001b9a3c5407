"""Implement `monitor mail test`: send one specimen mail, and print each SMTP phase with the server's answer."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

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

    from monitor.cli.sample_output import print_sample
    from monitor.run.config_folder import read_config
    from monitor.run.startup import utc_now
    from monitor.steps.sample_mail import send_sample
    from monitor.text import is_address

    if not is_address(address):
        raise typer.BadParameter(
            f"{address!r} is no mail address; write it like desk@example.org", param_hint="ADDRESS"
        )
    settings = read_config(config, data).require_config().settings
    result = asyncio.run(send_sample(settings, address, utc_now()))
    print_sample(result)
    raise typer.Exit(0 if result.is_sent else 1)
