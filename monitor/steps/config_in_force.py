"""Go by the configuration in force: the conductor adopts it, and every worker follows by what is stored of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from monitor.config import Config, load_texts
from monitor.errors import ConfigError, StoreError
from monitor.net import Gate
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.store import Connection, Store, config_files, config_generation, migrate

R = TypeVar("R")

_TEMPLATES = "templates in force"


class _OutdatedError(Exception):
    """Another process has put another configuration in force than the one that this process goes by."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """What is stored of the configuration in force: its files and templates by name, and its generation."""

    files: Mapping[str, str]
    templates: Mapping[str, str]
    generation: int


def put_in_force(ctx: Context, config: Config, generation: int) -> None:
    """Let this process go by a configuration from now on; called in the writer's thread."""
    ctx.active.adopt(config, generation)
    ctx.access.watch(ctx.active.feeds)
    ctx.access.use_gate(Gate(config.settings.keys.private_hosts_allowed))
    ctx.access.sites = config.sites
    ctx.templates.adopt(config.templates)


def keep_in_force(conn: Connection, config: Config) -> None:
    """Store what workers need of a configuration beside its files."""
    config_files.set_value(conn, _TEMPLATES, json.dumps(dict(config.templates)))


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
        stored = await ctx.store.read(_stored)
        if stored.generation <= ctx.active.generation:
            return
        present = ctx.active.config
        try:
            config = await asyncio.to_thread(_loaded, stored, present.settings.data, present)
        except ConfigError as error:
            # A secret that this machine has not: nothing is done by rules that are no longer in force.
            why = "; ".join(map(str, error.problems))
            raise StoreError(f"the configuration in force cannot be used on this machine: {why}") from None
        await ctx.store.write(_adopt, ctx, config, stored.generation)
    log_event("reload", f"configuration {stored.generation} is in force: this worker goes by it")


def _adopt(_: Connection, ctx: Context, config: Config, generation: int) -> None:
    put_in_force(ctx, config, generation)


async def stored_config(store: Store, data: Path) -> Config:
    """Return the configuration that is stored as the one in force; raise ConfigError where it cannot be used here.

    Relative files in its settings count from `data`: the passwords are those of this machine.
    """
    return await asyncio.to_thread(_loaded, await store.read(_stored), data)


def _stored(conn: Connection) -> _Stored:
    templates = json.loads(config_files.get_value(conn, _TEMPLATES, "{}"))
    return _Stored(config_files.load(conn), templates, config_generation.present(conn))


def _loaded(stored: _Stored, data: Path, previous: Config | None = None) -> Config:
    loaded = load_texts(stored.files, stored.templates, data, previous)
    if loaded.errors:
        # Whoever put it in force had none: without its passwords, say, mail would go to a folder of this machine.
        raise ConfigError(loaded.errors)
    return loaded.require_config()
