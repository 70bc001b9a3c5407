"""Implement `monitor work`: share the work of a monitor on PostgreSQL from another process or machine."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import DATA, DataDir

app = typer.Typer(add_completion=False)


@app.command()
def work(
    database: Annotated[
        str, typer.Option("--database", envvar="MONITOR_DATABASE", metavar="URL", help="postgresql://user@host/name.")
    ],
    data: DataDir = DATA,
    log: Annotated[
        str, typer.Option("--log", metavar="lines|json", help="One line or one JSON object an event.")
    ] = "lines",
) -> None:
    """Poll, read pages and send beside `monitor run`, on this or another machine, until stopped."""
    from monitor.run.log_format import start_logging
    from monitor.run.work_process import WorkerOptions
    from monitor.run.work_process import run as serve

    if log not in ("lines", "json"):
        raise typer.BadParameter("expected lines or json", param_hint="--log")
    raise typer.Exit(serve(WorkerOptions(database, data), lambda: start_logging(log)))
