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
    from monitor.run.startup import make_folder, open_store

    make_folder(data)
    with open_store(config, data, read_only=False) as store:
        print(f"{store.place} is up to date{' (new)' if store.is_new else ''}")


@app.command()
def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="postgresql://user@host/name")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
) -> None:
    """Copy the SQLite database to an empty PostgreSQL one, and leave it for good; the daemon must not run.

    A password comes from MONITOR_DATABASE_PASSWORD or ~/.pgpass. Broken off, the same command goes on.
    """
    from monitor.run.startup import open_store, with_database_password
    from monitor.store import Store, copying

    with open_store(config, data, read_only=False) as source, Store.open(with_database_password(to)) as target:
        counts = copying.copy(source, target, lambda table, rows: print(f"{table}: {rows:,} rows", flush=True))
        print(f"copied {sum(counts.values()):,} rows of {len(counts)} tables; both sides agree")
        print(f"now set `database:` in monitor.yaml to {target.place} (with the user) and start the daemon")
        print(f"to undo: leave `database:` as it is and run `monitor restore` on a backup of {source.place}")
