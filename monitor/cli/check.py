"""`monitor check`: every problem of the configuration at once."""

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
    place, faults = _examined(config, data, quiet=as_json) if database else ("", [])
    if as_json:
        problems = [*loaded.problems, *(Problem(place, 0, 0, fault) for fault in faults)]
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        show(config, loaded)
        for line in _found(place, faults) if database else []:
            print(line)
        if verbose:
            _notes()
    raise typer.Exit(2 if loaded.errors or (strict and loaded.problems) else int(bool(faults)))


def show(config: Path, loaded: Loaded) -> None:
    """Print every problem, and what the files amount to where there is no error."""
    for problem in loaded.problems:
        print(problem)
    if loaded.config and not loaded.errors:
        good = loaded.config
        counts = {"outlet": good.outlets, "rule": good.compiled, "recipient": good.recipients}
        print(f"{config}: good; {', '.join(counted(len(found), what) for what, found in counts.items())}")


def _examined(config: Path, data: Path, *, quiet: bool) -> tuple[str, list[str]]:
    """The database's name and all that is wrong with it; on a terminal with what is being looked at."""
    from monitor.run.startup import database_of
    from monitor.store import Store, integrity

    shown = sys.stderr.isatty() and not quiet
    with Store.open(database_of(config, data), read_only=True) as store:
        faults = integrity.faults(store, lambda what: print(f"reading {what}", file=sys.stderr) if shown else None)
        return str(store.place), faults


def _found(place: str, faults: list[str]) -> list[str]:
    if not faults:
        return [f"{place}: whole, read from end to end"]
    return [*(f"{place}: damaged: {fault}" for fault in faults), f"{place}: stop monitor, then `monitor restore FILE`"]


def _notes() -> None:
    from monitor.store import sqlite_risk

    if risk := sqlite_risk():
        print(f"note: {risk}")
