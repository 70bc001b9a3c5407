"""Implement `monitor status`: show what needs attention, and totals."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor.reports.health import HealthReport
    from monitor.store.delivery_admin import Backlog
    from monitor.store.feeds import FeedState
    from monitor.store.processes import Process

app = typer.Typer(add_completion=False)

WEEK = timedelta(days=7)
MOST_NOTES = 20
"""Feeds whose notes are shown without `--all`."""


@app.command()
def status(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    show_all: Annotated[
        bool, typer.Option("--all", help="Each feed's last and next poll, and how each outlet was seen for a week.")
    ] = False,
    fail: Annotated[bool, typer.Option("--fail", help="Exit 1 when unhealthy.")] = False,
    database: Annotated[
        str, typer.Option("--database", metavar="URL", help="Of a machine without the folder; else MONITOR_DATABASE.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what needs attention, and totals."""
    from monitor.cli.output import print_json
    from monitor.config.models import TAKEOVER
    from monitor.reports.health import is_sound

    database = database or ("" if config.is_dir() else os.environ.get("MONITOR_DATABASE", ""))
    health = _health_of_database(database) if database else _read_health(config, data)
    if show_all and not database:
        health = _with_week(health, config, data)
    if as_json:
        print_json(health)
    else:
        takeover = TAKEOVER if database else _takeover(config, data)
        _print_health(health, takeover, show_all=show_all)
    raise typer.Exit(1 if fail and not is_sound(health) else 0)


def _health_of_database(database: str) -> HealthReport:
    """Return the health by a shared database alone; raises SecretError or StoreError."""
    from pathlib import Path

    from monitor.reports.health import read_health
    from monitor.run.work_process import WorkerOptions
    from monitor.store import Store, processes

    file = os.environ.get("MONITOR_DATABASE_PASSWORD_FILE")
    place = WorkerOptions(database, Path(), Path(file) if file else None).place()
    with Store.open(place, read_only=True) as store, store.reading() as conn:
        return read_health(conn, processes.moment(conn))


def _read_health(config: Path, data: Path) -> HealthReport:
    """Return the health by the database, and by the daemon where one runs; raises ConfigError or StoreError."""
    from dataclasses import replace

    from monitor.config import load_settings
    from monitor.errors import StoreError
    from monitor.reports.health import read_health
    from monitor.reports.meaning_use import meaning_use
    from monitor.run.admin_client import ask_storage
    from monitor.run.startup import open_store, utc_now
    from monitor.store import processes

    storage = ask_storage(data)
    try:
        with open_store(config, data) as store, store.reading() as conn:
            # All processes on PostgreSQL go by its clock.
            health = read_health(conn, processes.moment(conn) if store.is_postgres else utc_now(), storage)
    except StoreError as error:
        if storage is None:
            raise
        # A daemon that runs knows better what became of its database than whoever finds none.
        raise StoreError(f"{storage.kind}: {storage.text}") from error
    settings = load_settings(config, data=data)
    return replace(health, stories=meaning_use(settings)) if settings else health


def _with_week(health: HealthReport, config: Path, data: Path) -> HealthReport:
    """Return the health with what each outlet published in the last week; as it is where the files cannot be used."""
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    from monitor.errors import ConfigError, StoreError
    from monitor.reports.outlet_activity import report_outlets
    from monitor.run.config_folder import read_config
    from monitor.run.startup import open_store

    try:
        built_config = read_config(config, data).require_config()
        span, zone = (health.now - WEEK, health.now), ZoneInfo(built_config.settings.timezone)
        with open_store(config, data) as store, store.reading() as conn:
            found = report_outlets(conn, built_config.outlets, span, zone)
    except (ConfigError, StoreError):
        return health
    return replace(health, week=tuple(outlet for outlet, _ in found))


def _takeover(config: Path, data: Path) -> timedelta:
    """Return for how long a process may be silent."""
    from monitor.config import load_settings
    from monitor.config.models import TAKEOVER

    settings = load_settings(config, data=data)
    return settings.keys.takeover if settings else TAKEOVER


def _print_health(health: HealthReport, takeover: timedelta, *, show_all: bool) -> None:
    from monitor.text import when

    for line in health.attention or ["nothing needs attention"]:
        print(f"! {line}" if health.attention else line)
    for line in health.notes[:MOST_NOTES]:
        print(f"- {line}")
    if len(health.notes) > MOST_NOTES:
        print(f"- and {counted(len(health.notes) - MOST_NOTES, 'feed')} more with notes (monitor status --all)")
    polled = sum(feed.last_ok_at is not None for feed in health.feeds)
    outlets, feeds = len({feed.outlet for feed in health.feeds}), counted(len(health.feeds), "feed")
    failing = sum(feed.failures > 0 for feed in health.feeds)
    now = f", {failing} failing now" if failing else ""
    print(f"outlets   {outlets}, {feeds}, {polled} read so far{now}")
    read = f", {health.pages_today:,} of them with the text of their page" if health.pages_today else ""
    print(f"articles  {health.articles:,}, {health.articles_today:,} in the last 24 hours{read}")
    by_rule = sorted(health.matches_today.items())
    matches = ", ".join(f"{counted(count, 'article')} by {rule}" for rule, count in by_rule) or "none"
    print(f"matches   {matches} in the last 24 hours")
    if health.unread:
        print(f"pages     {health.unread:,} to be read; rules wait for the full text of {health.awaited:,}")
    backlog = health.backlog
    counts = ", ".join(f"{count} {state.value}" for state, count in sorted(backlog.counts.items())) or "none yet"
    print(f"mails     {counts}; {_unsent(backlog)}")
    if health.stories:
        print(f"stories   {health.stories}")
    if health.backup:
        print(f"backup    {when(health.backup.at)}: {health.backup.path} ({health.backup.size:,} bytes)")
    if health.run:
        print(f"daemon    {'running since' if health.running else 'last ran from'} {when(health.run.started_at)}")
    _print_machines(health, takeover)
    if show_all:
        _print_feeds(health.feeds)
    if health.week:
        from monitor.cli.report import print_outlets

        print("\nof the last 7 days:")
        print_outlets(health.week)


def _print_machines(health: HealthReport, takeover: timedelta) -> None:
    for number, one in enumerate(health.processes):
        print(f"{'' if number else 'machines':<9} {_machine(one, health.now, takeover)}")


def _machine(process: Process, now: datetime, takeover: timedelta) -> str:
    """Return what a monitor on the same database does and did, and for how long it is silent if for over `takeover`."""
    from monitor.store.processes import Role
    from monitor.text import counted
    from monitor.text.durations import duration_text

    does = {Role.CONDUCTOR: "conducts", Role.STANDBY: "stands by", Role.WORKER: "works"}[process.role]
    silence = now - process.beat_at
    silent = f", silent for {duration_text(silence.total_seconds())}" if silence > takeover else ""
    did = {"poll": process.polls, "page": process.pages, "message": process.messages}
    in_hour = ", ".join(counted(count, what) for what, count in did.items() if count)
    return f"{process.name} {does} (process {process.pid}{silent}{f'; in the last hour {in_hour}' if in_hour else ''})"


def _unsent(backlog: Backlog) -> str:
    """Return since when the oldest mail is due that could be sent, or that none of what is due can arrive now."""
    from monitor.text import when

    if backlog.oldest_due_at is None and backlog.due:
        return f"{backlog.due} due, to addresses that take nothing now (monitor alerts list --state waiting)"
    return f"oldest unsent: {when(backlog.oldest_due_at)}"


def _print_feeds(feeds: Sequence[FeedState]) -> None:
    from monitor.cli.output import table
    from monitor.text import when

    rows = [
        (
            feed.outlet,
            feed.url,
            feed.health,
            when(feed.last_poll_at),
            when(feed.due_at),
            feed.due_because,
            when(feed.newest_published_at),
            feed.last_error or feed.notes,
        )
        for feed in feeds
    ]
    table(("outlet", "feed", "health", "last poll", "next poll", "because", "newest", "error or note"), rows)
