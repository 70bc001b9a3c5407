"""Go by the configuration in force: the conductor adopts it, and every worker follows by what is stored of it."""

from __future__ import annotations

from pathlib import Path

from monitor.config import Config, load_texts
from monitor.net import Gate
from monitor.steps.context import Context
from monitor.store import Connection, config_files, config_generation


def put_in_force(ctx: Context, config: Config, generation: int) -> None:
    """Let this process go by a configuration from now on; called in the writer's thread."""
    ctx.active.adopt(config, generation)
    ctx.access.watch(ctx.active.feeds)
    ctx.access.use_gate(Gate(config.settings.keys.private_hosts_allowed))
    ctx.access.sites = config.sites
    ctx.accounts.resume()
    ctx.templates.adopt(config.templates)


def is_outdated(conn: Connection, ctx: Context, generation: int) -> bool:
    """Whether the rules of this generation are no longer in force, which cannot change until the transaction ends.

    Then `ctx.active` holds those that are: a worker takes them from the database.
    """
    stored = config_generation.present(conn)
    if stored > ctx.active.generation:
        _follow(conn, ctx, stored)
    return stored != generation


def follow(conn: Connection, ctx: Context) -> bool:
    """Take the configuration in force from the database where this process has an older one; return whether it had."""
    stored = config_generation.present(conn)
    if stored <= ctx.active.generation:
        return False
    _follow(conn, ctx, stored)
    return True


def _follow(conn: Connection, ctx: Context, generation: int) -> None:
    present = ctx.active.config
    config = stored_config(conn, present.settings.data, present)
    put_in_force(ctx, config, generation)


def stored_config(conn: Connection, data: Path, previous: Config | None = None) -> Config:
    """Return the configuration that is stored as the one in force; raise ConfigError where there is none.

    Relative files in its settings count from `data`: the passwords are those of this machine.
    """
    return load_texts(config_files.load(conn), data, previous).require_config()
