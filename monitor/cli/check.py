"""`monitor check`: every problem of the configuration at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir

app = typer.Typer(add_completion=False)


@app.command()
def check(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 2 on warnings, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show every problem of the configuration: where, what, what was expected. Needs no database, secret or network."""
    from monitor.run.opening import read_config
    from monitor.store import sqlite_risk

    loaded = read_config(config, data)
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if as_json:
        print(json.dumps([asdict(problem) for problem in loaded.problems], ensure_ascii=False))
    else:
        for problem in loaded.problems:
            print(problem)
        if loaded.config and not errors:
            rules, outlets = len(loaded.config.compiled), len(loaded.config.outlets)
            print(f"{config}: good; {outlets} outlets, {rules} rules, {len(loaded.config.recipients)} recipients")
        if risk := sqlite_risk():
            print(f"note: {risk}")
    raise typer.Exit(2 if errors or (strict and loaded.problems) else 0)
