"""Implement `monitor demo`: show the whole pipeline in half a minute on loopback."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False)


@app.command()
def demo() -> None:
    """Watch the whole road in half a minute, with no network and no configuration."""
    from monitor.run.demo.scenes import play

    raise typer.Exit(play())
