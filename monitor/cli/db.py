"""Implement `monitor db`: run migrations, and copy SQLite to PostgreSQL."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir
from monitor.cli.usage import CommandGroup

app = typer.Typer(help="The database itself.", cls=CommandGroup, no_args_is_help=True, add_completion=False)


@app.command()
def upgrade(config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Bring the database to this program's schema (`monitor run` does it by itself)."""
    from monitor.run.database_actions import upgrade_database

    database = upgrade_database(config, data)
    print(f"{database.place} is up to date{' (new)' if database.is_new else ''}")


@app.command()
def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="postgresql://user@host/name")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Copy the SQLite database to an empty PostgreSQL one, and leave it for good; the daemon must not run.

    A password comes from MONITOR_DATABASE_PASSWORD or ~/.pgpass. Broken off, the same command goes on.
    """
    from monitor.run.database_actions import copy_database

    copied = copy_database(config, data, to, lambda table, rows: print(f"{table}: {rows:,} rows", flush=True))
    print(f"copied {sum(copied.rows.values()):,} rows of {len(copied.rows)} tables; both sides agree")
    print("now put this line into monitor.yaml, and start the daemon:")
    print(f"    database: {copied.address}")
    print("its password comes from MONITOR_DATABASE_PASSWORD, or from a file: database_password_file")
    print(f"to undo: leave `database:` as it is and run `monitor restore` on a backup of {copied.source}")
