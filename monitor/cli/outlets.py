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
    from monitor.errors import ConfigError
    from monitor.run.startup import read_config
    from monitor.text import clean

    loaded = read_config(config, data)
    if loaded.config is None:
        raise ConfigError(loaded.problems)
    known = sorted(loaded.config.outlets.values(), key=lambda outlet: outlet.name)
    rows = [
        {
            "outlet": outlet.name,
            "title": outlet.title,
            "country": outlet.country,
            "language": outlet.language,
            "groups": sorted(outlet.groups),
            "feeds": [clean(feed.url) for feed in outlet.feeds],
        }
        for outlet in known
    ]
    if as_json:
        print_json(rows)
        return
    cells = [[", ".join(cell) if isinstance(cell, list) else cell for cell in row.values()] for row in rows]
    table(("outlet", "title", "country", "language", "groups", "feeds"), cells)
