"""The configuration and the database, opened together: where the one says that the other is."""

from __future__ import annotations

import asyncio
import gc
import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from monitor.config import Config, Loaded, emptied, fingerprint, load, load_settings
from monitor.config.config import DATABASE_PASSWORD
from monitor.config.folder_watch import Fingerprint
from monitor.config.secrets import secret_variable, with_password
from monitor.config.settings import ANONYMOUS
from monitor.errors import ConfigError, Problem, StoreError
from monitor.fetching import HostLimiter
from monitor.isolate import Workers
from monitor.net import Gate
from monitor.steps.context import Context, log_event
from monitor.steps.poll import WORKERS
from monitor.store import Connection, Store, config_files
from monitor.text import counted

GAP = 1.0
"""Seconds between two visits to one host."""
DATABASE = "monitor.db"
UNDERSTAND = "monitor.steps.parse_page:parse_page"
"""What the feed workers do."""
_CIRCLES = 10_000


@dataclass(frozen=True, slots=True)
class StartedMonitor:
    """A world that is ready to run, with what loading the files found and how they looked at that moment."""

    ctx: Context
    loaded: Loaded
    fingerprint: Fingerprint


def utc_now() -> datetime:
    """Return the present moment; the only clock of the program."""
    return datetime.now(UTC)


def missing(directory: Path) -> ConfigError:
    """Return the error for a folder that is not there."""
    hint = "--config DIR or MONITOR_CONFIG names it; `monitor init` writes the first files"
    return ConfigError((Problem(str(directory), 1, 1, "there is no such folder", hint),))


def read_config(directory: Path, data: Path) -> Loaded:
    """Load the folder as it stands; raise ConfigError where there is none."""
    if not directory.is_dir():
        raise missing(directory)
    return load(directory, data=data)


def database_of(directory: Path, data: Path) -> str:
    """Return where the database is, as monitor.yaml says; where that is broken, the file in the data folder."""
    if not directory.is_dir():
        raise missing(directory)
    settings = load_settings(directory, data=data)
    return settings.database_url() if settings else str(data / DATABASE)


def open_store(directory: Path, data: Path, *, read_only: bool = True) -> Store:
    """Open the database that the configuration names, for a command."""
    return Store.open(database_of(directory, data), read_only=read_only)


def make_folder(data: Path) -> None:
    """Make the data folder, for its owner only, unless it is there."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"the folder {data} cannot be made: {error.strerror}; name another with --data", permanent=True
        ) from error


async def start_monitor(stack: AsyncExitStack, directory: Path, data: Path, *, strict: bool) -> StartedMonitor:
    """Open all that a daemon needs, say where everything is, and see to it that `stack` closes it."""
    make_folder(data)
    marks = fingerprint(directory)
    loaded = read_config(directory, data)
    _refuse_errors(loaded, strict=strict)
    # In threads, so that signals are heeded while the database does not answer.
    store = await asyncio.to_thread(Store.open, database_of(directory, data), daemon=True)
    stack.push_async_callback(asyncio.to_thread, store.close)
    good = await store.read(config_files.load)
    if loaded.errors or loaded.config is None or emptied(loaded.files, good):
        loaded = await asyncio.to_thread(load, directory, data=data, fallback=good)
        _refuse_errors(loaded, strict=strict)
    if loaded.config is None:
        raise ConfigError(loaded.errors or loaded.problems)
    await store.write(_name_installation)
    _say_where(loaded.config, store, directory)
    freeze_startup_objects()
    return StartedMonitor(await _context(stack, loaded.config, store), loaded, marks)


def freeze_startup_objects() -> None:
    """Spare the garbage collector what it would walk again and again for nothing."""
    # The configuration lives as long as the daemon.
    gc.collect()
    gc.freeze()
    # A transaction's articles are a few thousand tuples: the usual threshold has them walked a dozen times.
    gc.set_threshold(_CIRCLES)


def _refuse_errors(loaded: Loaded, *, strict: bool) -> None:
    if strict and loaded.errors:
        raise ConfigError(loaded.errors)


def _name_installation(conn: Connection) -> None:
    if not config_files.get_value(conn, "installation"):
        config_files.set_value(conn, "installation", secrets.token_hex(8))


async def _context(stack: AsyncExitStack, config: Config, store: Store) -> Context:
    # Imported late: commands open the database without it.
    from monitor.net import Client

    settings = config.settings
    client = Client(Gate(settings.private_hosts_allowed), user_agent=settings.user_agent, proxy=settings.proxy_url())
    stack.push_async_callback(client.close)
    workers = Workers(UNDERSTAND, count=WORKERS)
    stack.push_async_callback(workers.close)
    return Context(config, store, client, workers, HostLimiter(GAP), utc_now)


def _say_where(config: Config, store: Store, directory: Path) -> None:
    settings = config.settings
    feeds = sum(len(outlet.feeds) for outlet in config.outlets.values())
    active = len(config.compiled)
    counts = {"outlet": len(config.outlets), "feed": feeds, "rule": active}
    listed = ", ".join(counted(count, what) for what, count in counts.items())
    log_event("start", f"configuration {directory.resolve()}: {listed}")
    log_event("start", f"database {store.place} ({'new' if store.is_new else 'with what earlier runs stored'})")
    if settings.channel == "maildir":
        log_event("start", f"mails go to the Maildir {settings.data / 'mail'} (until mail.host is set in monitor.yaml)")
    else:
        log_event("start", f"mails go out through {getattr(settings.options, 'host', '')}")
    if settings.user_agent == ANONYMOUS:
        log_event("start", f"outlets see only {ANONYMOUS}: say who is asking with contact: in monitor.yaml")


def with_database_password(url: str) -> str:
    """Return a database address with the password that the environment holds, unless it has one of its own."""
    return url if urlsplit(url).password else with_password(url, secret_variable(DATABASE_PASSWORD))
