"""Implement `monitor outlets`: list what is watched, and ask it for its feeds now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import Outlet

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


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Outlets; all if none is named.")] = None,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Fetch the outlets' feeds now, and show what came, what was understood, and what is odd; exit 1 if one fails.

    It reads only, needs no database, and may run beside a daemon.
    """
    from monitor.cli.feed_output import print_checked
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import require_config
    from monitor.reports.outlet_check import check_outlets
    from monitor.run.command_visits import visit_outlets

    built_config = require_config(config, data)
    outlets = _outlets_named(built_config, names or ())
    found = visit_outlets(built_config.settings, lambda visits: check_outlets(visits, outlets))
    (print_json if as_json else print_checked)(found)
    raise typer.Exit(0 if all(feed.ok for feed in found) else 1)


def _outlets_named(config: Config, names: Sequence[str]) -> list[Outlet]:
    """Return these outlets, or all by name; an unknown one is a usage error with the nearest right name."""
    from monitor.text.similar_names import did_you_mean

    for name in names:
        if name not in config.outlets:
            hint = did_you_mean(name, config.outlets) or f"see {config.files_of('outlets')}"
            raise typer.BadParameter(f"there is no active outlet {name!r}; {hint}", param_hint="NAME")
    return [config.outlets[name] for name in dict.fromkeys(names) or sorted(config.outlets)]
