"""Define the options that commands share, so that each means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

Value = TypeVar("Value")

ConfigDir = Annotated[
    Path, typer.Option("--config", envvar="MONITOR_CONFIG", metavar="DIR", help="The folder with outlets and rules.")
]
DataDir = Annotated[
    Path, typer.Option("--data", envvar="MONITOR_DATA", metavar="DIR", help="The folder for the database and mails.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def parse_option(option: str, text: str, parse: Callable[[str], Value]) -> Value:
    """Return an option's value as `parse` reads it; its ValueError becomes a usage error."""
    from monitor.config.values import reason

    try:
        return parse(text)
    except ValueError as error:
        raise typer.BadParameter(reason(error), param_hint=[option]) from None


CONFIG = Path("config")
DATA = Path("data")
RELOAD_NOTE = "a running monitor follows within seconds"
"""What a command says that has written to the files."""
