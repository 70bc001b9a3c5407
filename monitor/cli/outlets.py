"""Implement `monitor outlets`: list what is watched."""

from __future__ import annotations

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

app = typer.Typer(help="The outlets that are watched.", cls=CommandGroup, no_args_is_help=True, add_completion=False)


@app.callback()
def outlets() -> None:
    """The outlets that are watched."""


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the outlets of the configuration with their feeds."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.config_lists import list_outlets

    found = list_outlets(require_config(config, data))
    if as_json:
        print_json(found)
        return
    rows = [
        (one.outlet, one.title, one.country, one.language, ", ".join(one.groups), ", ".join(one.feeds)) for one in found
    ]
    table(("outlet", "title", "country", "language", "groups", "feeds"), rows)
