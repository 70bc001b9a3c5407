"""Implement `monitor work`: share the work of a monitor on PostgreSQL from another process or machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import DATA, DataDir

app = typer.Typer(add_completion=False)


@app.command()
def work(
    database: Annotated[
        str, typer.Option("--database", envvar="MONITOR_DATABASE", metavar="URL", help="postgresql://user@host/name.")
    ],
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            envvar="MONITOR_DATABASE_PASSWORD_FILE",
            metavar="FILE",
            help="The password of the database; else MONITOR_DATABASE_PASSWORD.",
        ),
    ] = None,
    data: DataDir = DATA,
    check: Annotated[
        bool, typer.Option("--check", help="Say whether the worker of this data folder lives: exit 1 if not.")
    ] = False,
    log: Annotated[
        str, typer.Option("--log", metavar="lines|json", help="One line or one JSON object an event.")
    ] = "lines",
) -> None:
    """Poll, read pages and send beside `monitor run`, on this or another machine, until stopped."""
    from monitor.run.log_format import start_logging
    from monitor.run.work_process import WorkerOptions, is_alive
    from monitor.run.work_process import run as serve

    options = WorkerOptions(database, data, password_file)
    if check:
        raise typer.Exit(0 if is_alive(options) else 1)
    if log not in ("lines", "json"):
        raise typer.BadParameter("expected lines or json", param_hint="--log")
    raise typer.Exit(serve(options, lambda: start_logging(log)))
