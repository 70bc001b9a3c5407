"""Implement `monitor outlets`: list and check what is watched, add what a site offers, import and export lists."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, RELOAD_NOTE, AsJson, ConfigDir, DataDir, DryRun
from monitor.cli.usage import CommandGroup
from monitor.errors import MonitorError
from monitor.text import clean, counted, without_credentials

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.config.new_outlets import OutletDraft
    from monitor.config.safe_write import CheckedEdit
    from monitor.model import Outlet
    from monitor.reports.backfill_list import ListedBackfill
    from monitor.reports.outlet_check import CheckedFeed
    from monitor.reports.outlet_search import OutletSearch

app = typer.Typer(help="The outlets that are watched.", cls=CommandGroup, no_args_is_help=True, add_completion=False)


@app.callback()
def outlets() -> None:
    """The outlets that are watched."""


@app.command("list")
def listing(config: ConfigDir = CONFIG, data: DataDir = DATA, as_json: AsJson = False) -> None:
    """List the outlets of the configuration with their feeds, and what some are asked with: proxy, headers, login."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config
    from monitor.reports.config_lists import list_outlets

    found = list_outlets(require_config(config, data))
    if as_json:
        print_json(found)
        return
    has_access = any(one.access for one in found)
    rows = [
        (
            *(one.outlet, one.title, one.country, one.language, ", ".join(one.groups), ", ".join(one.feeds)),
            *((", ".join(one.access),) if has_access else ()),
        )
        for one in found
    ]
    headings = ("outlet", "title", "country", "language", "groups", "feeds")
    table((*headings, "asked with") if has_access else headings, rows)


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Outlets; all if none is named.")] = None,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    as_json: AsJson = False,
) -> None:
    """Fetch the outlets' feeds now, and show what came, what was understood, and what is odd; exit 1 if one fails.

    It reads only, needs no database, and may run beside a daemon. Where the monitor's database is there, it says when
    each feed is polled next and why.
    """
    from monitor.cli.feed_output import print_checked
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import require_config
    from monitor.reports.outlet_check import check_outlets
    from monitor.run.command_visits import visit_outlets

    built_config = require_config(config, data)
    outlets = _outlets_named(built_config, names or ())
    found = _with_next_polls(built_config, visit_outlets(built_config, lambda visits: check_outlets(visits, outlets)))
    (print_json if as_json else print_checked)(found)
    raise typer.Exit(0 if all(feed.ok for feed in found) else 1)


def _with_next_polls(config: Config, found: list[CheckedFeed]) -> list[CheckedFeed]:
    """Return the feeds with their next polls, if there is a database that can be read."""
    from monitor.errors import StoreError
    from monitor.reports.outlet_check import with_next_polls
    from monitor.store import Store, poll_records

    try:
        with Store.open(config.settings.database_url(), read_only=True) as store, store.reading() as conn:
            return with_next_polls(found, poll_records.states(conn))
    except StoreError:
        return found


def _outlets_named(config: Config, names: Sequence[str]) -> list[Outlet]:
    """Return these outlets, or all by name; an unknown one is a usage error with the nearest right name."""
    from monitor.text.similar_names import did_you_mean

    for name in names:
        if name not in config.outlets:
            hint = did_you_mean(name, config.outlets) or f"see {config.files_of('outlets')}"
            raise typer.BadParameter(f"there is no active outlet {name!r}; {hint}", param_hint="NAME")
    return [config.outlets[name] for name in dict.fromkeys(names) or sorted(config.outlets)]


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
    from monitor.cli.query_argument import require_config

    built_config = require_config(config, data)
    outlets = [outlet.name for outlet in _outlets_named(built_config, names or ())]
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

    from monitor.cli.since_option import span_of
    from monitor.run.admin_client import begin_backfill, stop_backfill
    from monitor.run.startup import utc_now
    from monitor.steps.backfill import OLD
    from monitor.text import when

    if not since:
        stopped = stop_backfill(outlets, *where)
        print(f"stopped to read the past of {counted(stopped.feeds, 'feed')}; --since begins anew")
        return
    began, ended = span_of(since, now := utc_now(), config.settings.timezone)
    if began is None or ended:
        raise typer.BadParameter("expected since when: 30d, or a date", param_hint="--since")
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
    print("`monitor outlets backfill` shows how far it is, --stop ends it")
    if not done.by_daemon:
        print("no daemon is running: it begins once one does (monitor run)")


def _print_backfills(found: Sequence[ListedBackfill]) -> None:
    from monitor.cli.output import table
    from monitor.text import when

    if not found:
        print("no past is read: monitor outlets backfill NAME --since 30d")
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


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of a site, or of a feed itself.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What rules call it; otherwise its host.")] = "",
    all_feeds: Annotated[bool, typer.Option("--all", help="All feeds of the site, not only the best.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without a question.")] = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Find the feeds of a site, else its sitemap or a list of articles, show what they hold, and write the best.

    With --json it is written only if --yes is given, too.
    """
    from monitor.cli.feed_output import print_found
    from monitor.cli.output import print_json
    from monitor.config.new_outlets import add_outlet
    from monitor.run.config_folder import read_config

    loaded = read_config(config, data)
    found = _search(loaded.require_config(), url, name, all_feeds=all_feeds)
    edit = None
    if found.chosen:
        _refuse_known_name(loaded.require_config(), found.outlet)
        edit = add_outlet(config, data, loaded, draft := _draft(found))
    (print_json if as_json else print_found)(found)
    if edit is None:
        raise typer.Exit(0 if any(feed.watched for feed in found.feeds) else 1)
    if as_json:
        if yes and not dry_run:
            edit.write()
    elif dry_run:
        print(f"would be written to {edit.file}:")
        _print_draft(draft)
    else:
        _write(edit, draft, yes=yes)


def _search(config: Config, url: str, name: str, *, all_feeds: bool) -> OutletSearch:
    from monitor.cli.options import parse_option
    from monitor.config.addresses import parse_url
    from monitor.config.new_outlets import address_places
    from monitor.config.values import parse_name
    from monitor.reports.outlet_search import SearchOptions, search_outlet
    from monitor.run.command_visits import visit_outlets

    url = parse_option("URL", url if "://" in url else f"https://{url}", parse_url)
    if name:
        name = parse_option("--name", name, parse_name)
        _refuse_known_name(config, name)
    options = SearchOptions(name, all_feeds, address_places(config))
    return visit_outlets(config, lambda visits: search_outlet(visits, url, options))


def _refuse_known_name(config: Config, name: str) -> None:
    from monitor.config.new_outlets import outlet_places

    if place := outlet_places(config).get(name.casefold()):
        hint = f"an outlet {name} is in {place} already: add the address there, or give another name"
        raise typer.BadParameter(hint, param_hint="--name")


def _draft(found: OutletSearch) -> OutletDraft:
    from monitor.config.new_outlets import OutletDraft

    kind = found.chosen[0].kind
    return OutletDraft(found.outlet, {kind: tuple(feed.address for feed in found.chosen)}, language=found.language)


def _write(edit: CheckedEdit, draft: OutletDraft, *, yes: bool) -> None:
    from monitor.cli.prompts import confirm

    if not yes:
        _print_draft(draft)
        confirm(f"write this to {edit.file}?")
    edit.write()
    print(f"wrote the outlet {draft.name} to {edit.file}; {RELOAD_NOTE}")
    print(f"to undo: take the outlet out of {edit.file} again")


def _print_draft(draft: OutletDraft) -> None:
    for line in draft.lines():
        print(clean(line))


@app.command("import")
def importing(
    file: Annotated[str, typer.Argument(metavar="FILE", help="OPML, CSV or one address a line; - is standard input.")],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
) -> None:
    """Write the outlets of a list to a file of their own; what is watched already is told and left out."""
    from monitor.config.outlet_import import import_outlets
    from monitor.run.config_folder import read_config

    source = _read_list(file)
    found = import_outlets(config, data, read_config(config, data), source)
    for line, problem in found.problems:
        print(clean(f"{source[0]}:{line}: {problem}"), file=sys.stderr)
    for listed, why in found.skipped:
        print(clean(f"{source[0]}:{listed.line}: {without_credentials(listed.url)}: {why}: skipped"), file=sys.stderr)
    if found.problems:
        print("nothing was written", file=sys.stderr)
        raise typer.Exit(2)
    if found.edit is None:
        print("nothing to write")
        return
    if dry_run:
        for text_line in found.edit.text.splitlines():
            print(clean(text_line))
        return
    found.edit.write()
    print(f"wrote {counted(len(found.drafts), 'outlet')} to {found.edit.file}; {RELOAD_NOTE}")
    print(f"to undo: remove {found.edit.file}")


def _read_list(file: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a list."""
    if file == "-":
        return "standard input", sys.stdin.buffer.read()
    try:
        return file, Path(file).read_bytes()
    except OSError as error:
        raise MonitorError(f"{file} cannot be read: {error.strerror}") from error


@app.command()
def export(config: ConfigDir = CONFIG, data: DataDir = DATA) -> None:
    """Print the outlets as OPML, which other programs read; addresses with a password or token are left out."""
    from monitor.cli.query_argument import require_config
    from monitor.reports.outlet_export import export_outlets

    exported = export_outlets(require_config(config, data))
    print(exported.opml, end="")
    for name in exported.left_out:
        print(clean(f"{name}: an address is left out, since it holds a password or token"), file=sys.stderr)
