"""Implement `monitor backfill`: let the running monitor read the past of outlets, and show how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir, parse_option
from monitor.errors import MonitorError
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.reports.backfill_list import ListedBackfill

app = typer.Typer(add_completion=False)


@app.command()
def backfill(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Outlets; all if none is named.")] = None,
    since: Annotated[str, typer.Option("--since", metavar="30d|DATE", help="Read their past since then.")] = "",
    alerts: Annotated[bool, typer.Option("--alerts", help="Mail each person one digest of what rules find.")] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop to read it; what came stays.")] = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Let the running monitor read what outlets published before it watched them; without --since, show how far it is.

    Older pages of feeds, pages and channels, and the sitemaps of an index are read, a page at a time and to be gone on
    with after a stop. What is older than two days is stored, can be searched and tried, and is told to nobody; with
    --alerts, each person is mailed one digest of what rules find in it, once all of it is read.
    """
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import named_outlets, require_config

    built_config = require_config(config, data)
    outlets = [outlet.name for outlet in named_outlets(built_config, names or ())]
    if stop and since:
        raise typer.BadParameter("give --since or --stop")
    if alerts and not since:
        raise typer.BadParameter("it goes with --since", param_hint="--alerts")
    if stop or since:
        _change_backfill(built_config, outlets, since, (config, data), alerts=alerts)
        return
    (print_json if as_json else _print_backfills)(_listed_backfills(outlets, (config, data)))


def _listed_backfills(outlets: Sequence[str], where: tuple[Path, Path]) -> list[ListedBackfill]:
    from monitor.reports.backfill_list import list_backfills
    from monitor.run.startup import open_store

    with open_store(*where) as store, store.reading() as conn:
        return [one for one in list_backfills(conn) if one.outlet in outlets]


def _change_backfill(
    config: Config, outlets: Sequence[str], since: str, where: tuple[Path, Path], *, alerts: bool
) -> None:
    """Begin to read the past of outlets, or stop it where no time is given, and print what changed."""
    from collections import Counter

    from monitor.reports.time_span import parse_since
    from monitor.run.admin_client import begin_backfill, stop_backfill
    from monitor.run.startup import utc_now
    from monitor.steps.backfill import OLD
    from monitor.text import when

    if not since:
        stopped = stop_backfill(outlets, *where)
        of = f"the past of {counted(stopped.feeds, 'feed')}; --since begins anew"
        print(f"stopped to read {of}" if stopped.feeds else "no past is being read, so that nothing was stopped")
        return
    now = utc_now()
    began = parse_option("--since", since, lambda text: parse_since(text, now, config.settings.timezone))
    if began >= now - OLD:
        hint = f"what is younger than {OLD.days} days is left to the polls: give an earlier time, like 30d"
        raise typer.BadParameter(hint, param_hint="--since")
    replaced = [one for one in _listed_backfills(outlets, where) if not one.finished]
    done = begin_backfill(outlets, began, *where, alerts=alerts)
    if not done.feeds:
        raise MonitorError("none of these is in the database: the monitor has not run with them yet (monitor run)")
    told = "each person is mailed one digest of what rules find in it" if alerts else "nobody is told of it"
    print(f"the past of {counted(done.feeds, 'feed')} is read since {when(began)}, and {told}")
    for asked, feeds in Counter(one.since for one in replaced).items():
        print(f"it was being read since {when(asked)} of {counted(feeds, 'feed')}: that is replaced; what came stays")
    print("`monitor backfill` shows how far it is, --stop ends it")
    if not done.by_daemon:
        print("no daemon is running: it begins once one does (monitor run)")


def _print_backfills(found: Sequence[ListedBackfill]) -> None:
    from monitor.cli.output import table
    from monitor.text import when

    if not found:
        print("no past is read: monitor backfill NAME --since 30d")
        return
    headings = ("outlet", "feed", "since", "pages", "articles", "without date", "state", "note")
    rows = [
        (
            one.outlet,
            one.feed,
            when(one.since),
            one.pages,
            one.articles,
            one.undated,
            f"done {when(one.finished)}" if one.finished else f"{counted(one.left, 'page')} known to be left",
            one.note,
        )
        for one in found
    ]
    table(headings, rows)
