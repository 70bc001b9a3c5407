"""Implement `monitor backup`: write a consistent copy while the daemon runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes: one SQLite file.")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Write a consistent copy of the database to FILE; the daemon may run meanwhile."""
    from monitor.run.startup import open_store
    from monitor.store import backup_restore

    with open_store(config, data) as store:
        size = backup_restore.backup(store, file)
    print(f"wrote {file} ({size:,} bytes), read again and whole; bring it back with: monitor restore {file}")
    print(
        "It holds what the database does: who reads what, their mails, and the files of the configuration with the "
        "credentials that stand in them (in addresses of feeds, webhooks, a proxy). Keep it as private as those."
    )
