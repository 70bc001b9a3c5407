"""Implement `monitor outlets`: list and check what is watched, add what a site offers, import and export lists."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.access_options import (
    HeaderFileOption,
    HeaderOption,
    LoginFileOption,
    LoginOption,
    LoginUserOption,
    ProxyFileOption,
    ProxyOption,
    UserAgentOption,
    read_access,
)
from monitor.cli.options import CONFIG, DATA, RELOAD_NOTE, AsJson, ConfigDir, DataDir, DryRun
from monitor.cli.read_past import backfill
from monitor.cli.usage import CommandGroup
from monitor.errors import MonitorError
from monitor.text import clean, counted, without_credentials

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.config.new_outlets import OutletDraft
    from monitor.config.safe_write import CheckedEdit
    from monitor.reports.outlet_check import CheckedFeed
    from monitor.reports.outlet_search import OutletSearch

app = typer.Typer(help="The outlets that are watched.", cls=CommandGroup, no_args_is_help=True, add_completion=False)


@app.callback()
def outlets() -> None:
    """The outlets that are watched."""


# As it was called at first.
app.command(hidden=True)(backfill)


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
    from monitor.cli.query_argument import named_outlets, require_config
    from monitor.reports.outlet_check import check_outlets
    from monitor.run.command_visits import visit_outlets
    from monitor.steps.read_page import PAGE_SECONDS

    built_config = require_config(config, data)
    outlets = named_outlets(built_config, names or ())
    checked = visit_outlets(built_config, lambda visits: check_outlets(visits, outlets), seconds=PAGE_SECONDS)
    found = _with_next_polls(built_config, checked)
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


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of a site, or of a feed itself; or @CHANNEL.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What rules call it; otherwise its host.")] = "",
    all_feeds: Annotated[bool, typer.Option("--all", help="All feeds of the site, not only the best.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without a question.")] = False,
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    header: HeaderOption = None,
    header_file: HeaderFileOption = None,
    user_agent: UserAgentOption = "",
    proxy: ProxyOption = "",
    proxy_password_file: ProxyFileOption = "",
    login: LoginOption = "",
    user: LoginUserOption = "",
    password_file: LoginFileOption = "",
) -> None:
    """Find the feeds of a site, else its sitemap or a list of articles, show what they hold, and write the best.

    With --json it is written only if --yes is given, too.
    """
    from monitor.cli.feed_output import print_found
    from monitor.cli.output import print_json
    from monitor.config.new_access import AccessOptions
    from monitor.config.new_outlets import add_outlet
    from monitor.run.config_folder import read_config

    account = (login, user, password_file)
    stated = AccessOptions(header or (), header_file or (), user_agent, proxy, proxy_password_file, *account)
    asked = read_access(stated, data)
    loaded = read_config(config, data)
    found = _search(_asking(loaded.require_config(), url, asked, data), url, name, all_feeds=all_feeds)
    edit = None
    if found.chosen:
        _refuse_known_name(loaded.require_config(), found.outlet)
        edit = add_outlet(config, data, loaded, draft := _draft(found, asked))
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


def _asking(config: Config, url: str, asked: Mapping[str, Any], data: Path) -> Config:
    """Return a configuration by which the site of an address that is no outlet yet is asked in this way."""
    from monitor.cli.options import parse_option
    from monitor.config.addresses import parse_site
    from monitor.config.new_access import access_for

    if not asked:
        return config
    site = access_for(parse_option("URL", url, parse_site), asked, data)
    return replace(config, sites={**config.sites, "": site})


def _search(config: Config, url: str, name: str, *, all_feeds: bool) -> OutletSearch:
    from monitor.cli.options import parse_option
    from monitor.config.addresses import parse_site
    from monitor.config.new_outlets import address_places
    from monitor.config.values import parse_name
    from monitor.reports.outlet_search import SearchOptions, search_outlet
    from monitor.run.command_visits import visit_outlets

    url = parse_option("URL", url, parse_site)
    if name:
        name = parse_option("--name", name, parse_name)
        _refuse_known_name(config, name)
    options = SearchOptions(name, all_feeds, address_places(config))
    return visit_outlets(config, lambda visits: search_outlet(visits.of(""), url, options))


def _refuse_known_name(config: Config, name: str) -> None:
    from monitor.config.new_outlets import outlet_places

    if place := outlet_places(config).get(name.casefold()):
        hint = f"an outlet {name} is in {place} already: add the address there, or give another name"
        raise typer.BadParameter(hint, param_hint="--name")


def _draft(found: OutletSearch, asked: Mapping[str, Any]) -> OutletDraft:
    from monitor.config.new_outlets import OutletDraft

    kind = found.chosen[0].kind
    addresses = {kind: tuple(feed.address for feed in found.chosen)}
    return OutletDraft(found.outlet, addresses, language=found.language, asked=asked)


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
