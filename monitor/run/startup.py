"""Load the configuration and open the database that it names, for commands and for the daemon."""

from __future__ import annotations

import asyncio
import gc
import secrets
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor.config import Config, Loaded, diff, emptied, fingerprint, load, load_settings, load_texts
from monitor.config.config import DATABASE_PASSWORD, Settings
from monitor.config.folder import Folder
from monitor.config.folder_watch import Fingerprint
from monitor.config.models import TAKEOVER
from monitor.config.secrets import secret_variable, with_password
from monitor.config.settings import ANONYMOUS
from monitor.errors import ConfigError, StoreError
from monitor.fetching import HostLimiter
from monitor.isolate import Workers
from monitor.net import Gate
from monitor.run.conducting import Candidacy, open_to_conduct
from monitor.run.config_folder import missing_folder_error, read_config
from monitor.run.heap import keep_heap_small
from monitor.run.shared_clock import SharedClock
from monitor.run.standby_folder import watch_standby
from monitor.steps.active_config import ActiveConfig
from monitor.steps.claims import Claims
from monitor.steps.clock import Clock
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.host_turns import redirect_turn, require_known_alive
from monitor.steps.login_records import StoredLogins
from monitor.steps.meanings import open_meanings
from monitor.steps.outlet_access import OutletAccess
from monitor.steps.poll import WORKERS
from monitor.store import Connection, Place, Store, config_files
from monitor.store.lease_tokens import EMBEDDED
from monitor.text import counted

GAP = 1.0
"""Seconds between two requests to one host."""
DATABASE = "monitor.db"
PARSE_JOB = "monitor.steps.parse_page:parse_page"
"""The function that the feed workers run."""
_GC_THRESHOLD = 50_000


@dataclass(frozen=True, slots=True)
class StartedMonitor:
    """The context of a monitor that is ready to run, what loading found, and the fingerprint of the loaded files."""

    ctx: Context
    loaded: Loaded
    fingerprint: Fingerprint


def utc_now() -> datetime:
    """Return the present moment in UTC; the only clock of the program."""
    return datetime.now(UTC)


def database_of(directory: Path, data: Path) -> str:
    """Return the database that monitor.yaml names; where that file has errors, the one in the data folder.

    Raises ConfigError where there is no configuration folder.
    """
    if not directory.is_dir():
        raise missing_folder_error(directory)
    settings = load_settings(directory, data=data)
    return settings.database_url() if settings else str(data / DATABASE)


def open_store(directory: Path, data: Path, *, read_only: bool = True) -> Store:
    """Open the database that the configuration names, for a command; raise ConfigError or StoreError."""
    return Store.open(database_of(directory, data), read_only=read_only)


def make_folder(data: Path) -> None:
    """Create the data folder, for its owner only, unless it exists; raise StoreError."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(
            f"the folder {data} cannot be made: {error.strerror}; name another with --data", permanent=True
        ) from error


async def start_monitor(
    stack: AsyncExitStack, directory: Path, data: Path, *, strict: bool, on_lost: Callable[[], None] | None = None
) -> StartedMonitor:
    """Open all that a daemon needs and log where it is; `stack` closes it. Raises ConfigError or StoreError.

    On PostgreSQL it stands by while another monitor works there, and `on_lost` is called when one has taken over;
    without it, ConductedError is raised.
    """
    keep_heap_small()
    make_folder(data)
    # Before loading, so that an edit made meanwhile counts as a change.
    seen_files = fingerprint(directory)
    loaded = read_config(directory, data)
    _refuse_errors(loaded, strict=strict)
    watch = partial(watch_standby, directory, data, seen_files, loaded)
    claims = await _open_claims(stack, _candidacy(directory, data, watch), on_lost)
    store = claims.store
    if (seen_later := fingerprint(directory)) != seen_files:
        # Edited while another one worked.
        seen_files, loaded = seen_later, read_config(directory, data)
    last_good = await store.read(config_files.load)
    if loaded.errors or loaded.config is None or _lacks(loaded.files, last_good):
        loaded = await asyncio.to_thread(load, directory, data=data, fallback=last_good)
        _refuse_errors(loaded, strict=strict)
    if loaded.config is None:
        raise ConfigError(loaded.errors or loaded.problems)
    await store.write(_name_installation)
    _log_start(loaded.config, store, directory)
    if last_good and last_good != loaded.files:
        await asyncio.to_thread(_log_changes, last_good, loaded.config)
    freeze_startup_objects()
    return StartedMonitor(await open_context(stack, loaded.config, claims), loaded, seen_files)


def _candidacy(directory: Path, data: Path, watch: Callable[[], Coroutine[Any, Any, None]]) -> Candidacy:
    settings = load_settings(directory, data=data)
    takeover = settings.keys.takeover if settings else TAKEOVER
    place = Place.of(database_of(directory, data))
    return Candidacy(place, data, takeover.total_seconds(), SharedClock(utc_now), watch)


async def _open_claims(stack: AsyncExitStack, candidacy: Candidacy, on_lost: Callable[[], None] | None) -> Claims:
    """Open the database as its only daemon."""
    if candidacy.place.path is None:
        return await open_to_conduct(stack, candidacy, on_lost)
    # In threads, so that signals are handled while the database does not answer.
    store = await asyncio.to_thread(Store.open, candidacy.place, daemon=True)
    stack.push_async_callback(asyncio.to_thread, store.close)
    return Claims(store, candidacy.clock.now)


def freeze_startup_objects() -> None:
    """Exclude present objects from garbage collection, and let it run less often."""
    # The configuration lives as long as the daemon.
    gc.collect()
    gc.freeze()
    # The articles of a transaction live for a while and then go without the collector: a lower threshold would have
    # them scanned for nothing.
    gc.set_threshold(_GC_THRESHOLD)


def _lacks(texts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Tell whether a file has gone or become blank: perhaps nobody wanted that."""
    return bool(before.keys() - texts.keys()) or emptied(texts, before)


def _log_changes(before: Mapping[str, str], config: Config) -> None:
    """Log what a start changes of what was in force: the files were edited meanwhile, or are another machine's."""
    folder = Folder(dict(before), dict(config.templates))
    known = load_texts(folder, config.settings.data, config).config
    log_event("start", f"other than what was in force: {diff(known, config)}")


def _refuse_errors(loaded: Loaded, *, strict: bool) -> None:
    if strict and loaded.errors:
        raise ConfigError(loaded.errors)


def _name_installation(conn: Connection) -> None:
    """Store a random id of this installation, which its mails and backups carry, unless it has one."""
    if not config_files.get_value(conn, "installation"):
        config_files.set_value(conn, "installation", secrets.token_hex(8))


async def open_context(stack: AsyncExitStack, config: Config, claims: Claims) -> Context:
    """Open the HTTP client and the workers, which `stack` closes, and return the context with all parts.

    Only the embedded worker conducts.
    """
    access = open_access(stack, config.settings, PARSE_JOB)
    meanings = open_meanings()
    stack.push_async_callback(meanings.close)
    clock, conducts = Clock(claims.now), claims.worker == EMBEDDED
    ctx = Context(claims.store, claims, ActiveConfig(config), access, clock, conducts, meanings=meanings)
    stack.push_async_callback(ctx.templates.workers.close)
    access.client.host_turn = partial(redirect_turn, ctx)
    access.client.before_request = partial(require_known_alive, claims)
    access.logins = StoredLogins(ctx)
    return ctx


def open_access(stack: AsyncExitStack, settings: Settings, job: str, seconds: float = 5.0) -> OutletAccess:
    """Return the way to outlets by these settings, which `stack` closes; its workers run `job` in so many seconds."""
    # Imported here, since commands open the database without it.
    from monitor.net import Client

    client = Client(
        Gate(settings.keys.private_hosts_allowed), user_agent=settings.user_agent, proxy=settings.proxy_url()
    )
    workers = Workers(job, count=WORKERS, timeout=seconds)
    access = OutletAccess(client, workers, HostLimiter(GAP))
    stack.push_async_callback(access.close)
    stack.push_async_callback(workers.close)
    return access


def _log_start(config: Config, store: Store, directory: Path) -> None:
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
    """Return a database address with the password of the environment, unless it has one of its own."""
    return url if urlsplit(url).password else with_password(url, secret_variable(DATABASE_PASSWORD))
