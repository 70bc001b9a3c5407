"""The options that commands share, so that each means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigDir = Annotated[
    Path, typer.Option("--config", envvar="MONITOR_CONFIG", metavar="DIR", help="The folder with outlets and rules.")
]
DataDir = Annotated[
    Path, typer.Option("--data", envvar="MONITOR_DATA", metavar="DIR", help="The folder for the database and mails.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]

CONFIG = Path("config")
DATA = Path("data")
