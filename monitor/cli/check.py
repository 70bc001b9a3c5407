"""Implement `monitor check`: report every problem of the configuration at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.reports.validation import DatabaseFaults, Validation

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

    What `monitor mute` silences stands below, where the database is a file. With --database, all of it is read; a
    daemon may run meanwhile.
    """
    from monitor.cli.output import json_text
    from monitor.reports.validation import validation_of
    from monitor.run.config_folder import read_config
    from monitor.run.startup import utc_now

    loaded = read_config(config, data)
    faults = _check_database(config, data, quiet=as_json) if database else None
    found = validation_of(loaded, utc_now(), faults)
    if as_json:
        print(json_text(found.all_problems))
    else:
        print_problems(config, found)
        database_lines = _database_lines(found.database) if found.database else []
        for line in database_lines + _mute_lines(config, data, over_network=database):
            print(line)
        if verbose:
            print_sqlite_note()
    is_damaged = found.database is not None and bool(found.database.faults)
    raise typer.Exit(2 if found.has_errors or (strict and found.problems) else int(is_damaged))


def print_problems(config: Path, found: Validation) -> None:
    """Print every problem, and the numbers of outlets, rules and recipients where there is no error."""
    for problem in found.problems:
        print(problem)
    if not found.has_errors:
        counts = {"outlet": found.outlets, "rule": found.rules, "recipient": found.recipients}
        print(f"{config}: good; {', '.join(counted(count, label) for label, count in counts.items())}")
        print(f"stories are told apart {found.stories}")


def _check_database(config: Path, data: Path, *, quiet: bool) -> DatabaseFaults:
    """Read all of the database; report progress on a terminal."""
    from monitor.reports.validation import check_database
    from monitor.run.startup import database_of
    from monitor.store import Store

    show_progress = sys.stderr.isatty() and not quiet
    with Store.open(database_of(config, data), read_only=True) as store:
        return check_database(store, lambda what: print(f"reading {what}", file=sys.stderr) if show_progress else None)


def _database_lines(database: DatabaseFaults) -> list[str]:
    place = database.place
    if not database.faults:
        return [f"{place}: whole, read from end to end"]
    damages = [f"{place}: damaged: {fault}" for fault in database.faults]
    return [*damages, f"{place}: stop monitor, then `monitor restore FILE`"]


def _mute_lines(config: Path, data: Path, *, over_network: bool) -> list[str]:
    """Say what is muted over these files, as a database that is a file says, and one on a server if that may be asked.

    A database that cannot be read, or is of an older version, says nothing here: `check` is about the files.
    """
    from monitor.errors import MonitorError
    from monitor.reports.mute_list import list_mutes, mute_text
    from monitor.run.startup import database_of, utc_now
    from monitor.store import Store
    from monitor.store.place import Place

    try:
        place = Place.of(database_of(config, data))
        if not (place.path.is_file() if place.path else over_network):
            return []
        with Store.open(place, read_only=True) as store, store.reading() as conn:
            return [f"{mute_text(mute)} (monitor mute)" for mute in list_mutes(conn, utc_now())]
    except MonitorError:
        return []


def print_sqlite_note() -> None:
    """Print what is known to be wrong with the SQLite version at hand, if anything."""
    from monitor.store import sqlite_risk

    if risk := sqlite_risk():
        print(f"note: {risk}")
