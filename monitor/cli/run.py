"""Implement `monitor run`: run the daemon in the foreground."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, ConfigDir, DataDir

app = typer.Typer(add_completion=False)


@app.command()
def run(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    once: Annotated[bool, typer.Option("--once", help="Poll everything due, send what waits, stop.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse to start on a broken configuration.")] = False,
    log: Annotated[
        str, typer.Option("--log", metavar="lines|json", help="One line or one JSON object an event.")
    ] = "lines",
) -> None:
    """Poll the outlets, store what is new, and mail whoever asked, until stopped."""
    from monitor.run.daemon import StartOptions
    from monitor.run.daemon import run as serve
    from monitor.run.log_format import start_logging

    if log not in ("lines", "json"):
        raise typer.BadParameter("expected lines or json", param_hint="--log")
    raise typer.Exit(serve(StartOptions(config, data, once=once, strict=strict), lambda: start_logging(log)))
