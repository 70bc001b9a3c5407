"""Implement `monitor check`: report every problem of the configuration at once."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.config import Loaded

app = typer.Typer(add_completion=False)


@app.command()
def check(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 2 on warnings, too.")] = False,
    database: Annotated[
        bool, typer.Option("--database", help="Read all of the database, too, and exit 1 where it is damaged.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Add what is good to know and needs nothing done.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show every problem of the configuration: where, what, what was expected. Needs no secret or network.

    With --database, all of the database is read; a daemon may run meanwhile.
    """
    from monitor.errors import Problem
    from monitor.run.startup import read_config

    loaded = read_config(config, data)
    place, faults = _check_database(config, data, quiet=as_json) if database else ("", [])
    if as_json:
        problems = [*loaded.problems, *(Problem(place, 0, 0, fault) for fault in faults)]
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        print_problems(config, loaded)
        for line in _database_lines(place, faults) if database else []:
            print(line)
        if verbose:
            _print_notes()
    raise typer.Exit(2 if loaded.errors or (strict and loaded.problems) else int(bool(faults)))


def print_problems(config: Path, loaded: Loaded) -> None:
    """Print every problem, and the numbers of outlets, rules and recipients where there is no error."""
    for problem in loaded.problems:
        print(problem)
    if loaded.config and not loaded.errors:
        config_in_force = loaded.config
        counts = {
            "outlet": config_in_force.outlets,
            "rule": config_in_force.compiled,
            "recipient": config_in_force.recipients,
        }
        print(f"{config}: good; {', '.join(counted(len(found), label) for label, found in counts.items())}")


def _check_database(config: Path, data: Path, *, quiet: bool) -> tuple[str, list[str]]:
    """Return the database's name and all that is wrong with it; report progress on a terminal."""
    from monitor.run.startup import database_of
    from monitor.store import Store, integrity

    show_progress = sys.stderr.isatty() and not quiet
    with Store.open(database_of(config, data), read_only=True) as store:
        faults = integrity.faults(
            store, lambda label: print(f"reading {label}", file=sys.stderr) if show_progress else None
        )
        return str(store.place), faults


def _database_lines(place: str, faults: list[str]) -> list[str]:
    if not faults:
        return [f"{place}: whole, read from end to end"]
    return [*(f"{place}: damaged: {fault}" for fault in faults), f"{place}: stop monitor, then `monitor restore FILE`"]


def _print_notes() -> None:
    from monitor.store import sqlite_risk

    if risk := sqlite_risk():
        print(f"note: {risk}")
