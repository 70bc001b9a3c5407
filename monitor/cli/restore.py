"""Implement `monitor restore`: return to a backup, with waiting mails held."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir
from monitor.text import counted

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `monitor backup` wrote.")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Put a backup in the place of the database, while no daemon runs; mails that waited are held."""
    from monitor.run.database_actions import restore_database

    done = restore_database(config, data, file)
    feeds = counted(done.feeds, "feed")
    print(f"restored {file}: {feeds} will be read anew; what they bring makes one summary a person")
    if done.held:
        mails = counted(done.held, "mail")
        print(f"{mails} that waited: held; `monitor alerts list --state held`, then release or drop")
    if done.former:
        print(f"the database before it is kept as {done.former}; to undo, restore that file")
