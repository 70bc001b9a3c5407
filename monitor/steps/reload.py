"""An edited folder becomes the configuration in force, or its problems reach the operator and nothing changes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from monitor.config import Config, Loaded, Settings, diff, load
from monitor.errors import Problem
from monitor.net import Gate
from monitor.steps.adopt import adopt, sum_up
from monitor.steps.context import Context, tell
from monitor.steps.troubles import report, settle
from monitor.steps.upgrade import note_forms
from monitor.store import files

CONFIGURATION = "configuration"
IDLE = "nothing to do"
"""The key of the trouble that no outlet is watched, or no rule in force."""
_SHOWN = 20


async def reload(ctx: Context, directory: Path) -> Loaded:
    """Load the folder and adopt what is good of it; return what loading found."""
    before = ctx.config
    fallback = await ctx.store.read(files.load)
    loaded = await asyncio.to_thread(load, directory, data=before.settings.data, fallback=fallback, previous=before)
    if loaded.config is not None:
        adopted = await adopt(ctx, loaded)
        ctx.client.gate = Gate(loaded.config.settings.private_hosts_allowed)
        changes = diff(before, loaded.config)
        tell("reload", str(changes), epoch=adopted.epoch)
        ctx.untried.update(changes.rules_added, changes.changed_queries)
        for what in _at_start(before.settings, loaded.config.settings):
            tell("reload", f"another {what} takes effect at the next start", logging.WARNING)
        await sum_up(ctx)
        await note_forms(ctx)
    await report_problems(ctx, loaded)
    return loaded


def _at_start(before: Settings, now: Settings) -> list[str]:
    """What was changed and cannot be changed while we run."""
    pairs = {
        "database": ((before.database, before.database_password_file), (now.database, now.database_password_file)),
        "proxy": ((before.proxy, before.proxy_password_file), (now.proxy, now.proxy_password_file)),
        "contact in the user agent": (before.user_agent, now.user_agent),
    }
    return [what for what, (old, new) in pairs.items() if old != new]


async def report_problems(ctx: Context, loaded: Loaded) -> None:
    """Tell the log every problem and the operator of errors, until the files are good again."""
    for problem in loaded.problems:
        tell("config", str(problem), logging.WARNING if problem.severity == "error" else logging.INFO)
    if loaded.errors:
        await report(ctx, CONFIGURATION, CONFIGURATION, _text(loaded, loaded.errors))
    else:
        await settle(ctx, [CONFIGURATION])
    if lacking := _lacking(ctx.config):
        await report(ctx, IDLE, CONFIGURATION, lacking)
    else:
        await settle(ctx, [IDLE])


def _lacking(config: Config) -> str:
    """What makes the monitor idle: an edit that leaves no outlet or no rule is obeyed, and nobody hears of news."""
    parts = {"outlet": config.outlets, "rule": config.compiled}
    missing = [f"no active {part} ({part}s.yaml)" for part, found in parts.items() if not found]
    return f"the configuration has {' and '.join(missing)}: no news is told until it has" if missing else ""


def _text(loaded: Loaded, errors: Sequence[Problem]) -> str:
    more = f"\n… and {len(errors) - _SHOWN} more: monitor check" if len(errors) > _SHOWN else ""
    kept = ", ".join(loaded.broken) or "its files"
    lines = "\n".join(str(problem) for problem in errors[:_SHOWN])
    return (
        f"the configuration has errors; the last good content of {kept or 'its files'} stays in force.\n\n{lines}{more}"
    )
