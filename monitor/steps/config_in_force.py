"""Go by the configuration in force: the conductor adopts it, and every worker follows by what is stored of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from monitor.config import Config, load_texts
from monitor.config.folder import Folder, kind_of_file
from monitor.config.mail_templates import Templates
from monitor.config.outlet_rows import PackedOutlets, index_of
from monitor.errors import ConfigError, StoreError
from monitor.net import Gate
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.held_outlets import HeldOutlets, held_by
from monitor.store import Connection, Store, config_files, config_generation, migrate, outlet_records

R = TypeVar("R")

# Keys of `meta`: the templates in force, what rules may name of outlets, and the generation whose outlets are stored.
_TEMPLATES = "templates in force"
_NAMES = "outlet names in force"
_OUTLETS_OF = "outlets in force"


class _OutdatedError(Exception):
    """Another process has put another configuration in force than the one that this process goes by."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is stored of the configuration in force: all but its outlets, of which there are as many as one likes.

    `names` is what rules may name of them, and `outlets` the texts of those that are held, None where one is gone.
    `hosts` is how many are watched, and `living` are those that are of the ones that had answered.
    """

    generation: int
    folder: Folder
    names: str
    outlets: Mapping[str, str | None]
    hosts: int
    living: frozenset[str]


def put_in_force(ctx: Context, config: Config, generation: int) -> None:
    """Let this process go by a configuration from now on; called in the writer's thread."""
    ctx.active.adopt(config, generation)
    ctx.access.use_gate(Gate(config.settings.keys.private_hosts_allowed))
    ctx.access.sites = config.sites
    ctx.templates.adopt(config.templates)


def keep_in_force(conn: Connection, templates: Templates, packed: PackedOutlets | None, generation: int) -> None:
    """Store what workers need of a configuration beside its files; without packed outlets, no worker goes by it."""
    config_files.set_value(conn, _TEMPLATES, json.dumps(dict(templates)))
    if packed is None:
        return
    outlet_records.keep(conn, packed.rows)
    if config_files.get_value(conn, _NAMES) != packed.names:
        config_files.set_value(conn, _NAMES, packed.names)
    config_files.set_value(conn, _OUTLETS_OF, str(generation))


def _is_stored(conn: Connection) -> bool:
    """Whether a configuration is in force that workers can go by."""
    return config_files.get_value(conn, _OUTLETS_OF) == str(config_generation.present(conn))


def is_outdated(conn: Connection, ctx: Context, generation: int) -> bool:
    """Whether the rules of this generation are no longer in force: those of `ctx.active` are, until all is committed.

    Call it in a transaction that `by_present_config` repeats where not even those are in force.
    """
    stored = config_generation.present(conn)
    if stored > ctx.active.generation:
        raise _OutdatedError
    return stored != generation


async def by_present_config(ctx: Context, attempt: Callable[[], Awaitable[R]]) -> R:
    """Return what an attempt to store returns, by the configuration in force; raise StoreError.

    Where another process has put another in force, this one follows first: outside the transaction, since to load it
    may take seconds.
    """
    while True:
        try:
            return await attempt()
        except _OutdatedError:
            await _follow(ctx)


async def _follow(ctx: Context) -> None:
    async with ctx.active.following:
        # Whoever put it in force may be newer.
        await ctx.store.read(migrate.check, ctx.store.place, worker=True)
        present, held = ctx.active.config, held_by(ctx.active.config)
        stored = await ctx.store.read(_stored, held.names() if held else (), ctx.access.network.living)
        if stored.generation <= ctx.active.generation:
            return
        follows = ctx.active.generation > 0
        try:
            config = await asyncio.to_thread(_loaded, ctx.store, stored, present.settings.data, present)
        except ConfigError as error:
            # A secret that this machine has not: nothing is done by rules that are no longer in force.
            why = "; ".join(map(str, error.problems))
            raise StoreError(f"the configuration in force cannot be used on this machine: {why}") from None
        await ctx.store.write(_adopt, ctx, config, stored)
    event = "reload" if follows else "start"
    log_event(event, f"configuration {stored.generation} is in force: this worker goes by it")


def _adopt(_: Connection, ctx: Context, config: Config, stored: _Stored) -> None:
    put_in_force(ctx, config, stored.generation)
    ctx.access.watch_hosts(stored.hosts, stored.living)


async def stored_config(store: Store, data: Path) -> Config:
    """Return the configuration that is stored as the one in force; raise ConfigError where it cannot be used here.

    Relative files in its settings count from `data`: the passwords are those of this machine.
    """
    return await asyncio.to_thread(_loaded, store, await store.read(_stored), data)


def _stored(conn: Connection, held: Iterable[str] = (), living: Iterable[str] = ()) -> _Stored:
    if not _is_stored(conn):
        raise StoreError("the configuration was put in force by a monitor that stores no outlets for workers")
    paths = [path for path in config_files.paths(conn) if kind_of_file(path) != "outlets"]
    templates = json.loads(config_files.get_value(conn, _TEMPLATES, "{}"))
    return _Stored(
        config_generation.present(conn),
        Folder(config_files.load(conn, paths), templates),
        config_files.get_value(conn, _NAMES),
        dict.fromkeys(held) | outlet_records.load(conn, held),
        *outlet_records.watched_hosts(conn, living),
    )


def _loaded(store: Store, stored: _Stored, data: Path, previous: Config | None = None) -> Config:
    held = HeldOutlets(store, data)
    held.keep(stored.outlets)
    loaded = load_texts(stored.folder, data, previous, index_of(stored.names, held.lookup))
    if loaded.errors:
        # Whoever put it in force had none: without its passwords, say, mail would go to a folder of this machine.
        raise ConfigError(loaded.errors)
    return loaded.require_config()
