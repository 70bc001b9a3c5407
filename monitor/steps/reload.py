"""Load the edited configuration folder and put in force what is good of it; report its problems to the operator."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from monitor.config import Config, Loaded, Settings, diff, load
from monitor.errors import Problem
from monitor.steps.apply_config import apply_config, plan_summaries
from monitor.steps.context import Context
from monitor.steps.event_log import log_event
from monitor.steps.form_changes import note_forms
from monitor.steps.incident_mails import CONFIGURATION, WARNINGS
from monitor.steps.incidents import report, settle
from monitor.store import Connection, config_files, incident_records
from monitor.store.incident_records import Incident

IDLE = "nothing to do"
"""Incident key: the configuration watches no outlet, or has no active rule."""
_SHOWN = 20
_WARNINGS_TITLE = "works, but look at:"
# The place of a warning changes with every line above it; warnings are compared without it.
_PLACE = re.compile(r":[0-9]+:[0-9]+:")


async def reload(ctx: Context, directory: Path) -> Loaded:
    """Load the folder and put in force what is good of it; return what loading found."""
    present = ctx.active.config
    fallback = await ctx.store.read(config_files.load)
    loaded = await asyncio.to_thread(load, directory, data=present.settings.data, fallback=fallback, previous=present)
    if loaded.config is not None:
        batch_id = await apply_config(ctx, loaded)
        before, ctx.active.logged = ctx.active.logged, loaded.config
        changes = diff(before, loaded.config)
        log_event("reload", str(changes), batch_id=batch_id)
        ctx.signals.rules_to_forecast.update(changes.rules_added, changes.rules_switched_on, changes.changed_queries)
        for setting in _restart_needed(before.settings, loaded.config.settings):
            log_event("reload", f"another {setting} takes effect at the next start", logging.WARNING)
        await plan_summaries(ctx)
        await note_forms(ctx.store, loaded.config)
    await report_problems(ctx, loaded)
    return loaded


def _restart_needed(before: Settings, now: Settings) -> list[str]:
    """Return the changed settings that take effect only at the next start."""
    pairs = {
        "database": ((before.database, before.database_password_file), (now.database, now.database_password_file)),
        "proxy": ((before.proxy, before.proxy_password_file), (now.proxy, now.proxy_password_file)),
        "number of parsers": (before.keys.parsers, now.keys.parsers),
        "contact in the user agent": (before.user_agent, now.user_agent),
    }
    return [setting for setting, (old, new) in pairs.items() if old != new]


async def report_problems(ctx: Context, loaded: Loaded) -> None:
    """Log every problem; tell the operator of errors, of their end, and of new warnings."""
    for problem in loaded.problems:
        log_event("config", str(problem), logging.INFO if problem.severity == "hint" else logging.WARNING)
    idle = _idle_text(ctx.active.config)
    if loaded.errors:
        said = f"the configuration has errors; {_in_force(loaded)}.{f' It {idle}.' if idle else ''}"
        await report(ctx, CONFIGURATION, CONFIGURATION, f"{said}\n\n{_lines(loaded.errors)}")
    else:
        await settle(ctx, [CONFIGURATION])
    if not idle:
        await settle(ctx, [IDLE])
    elif not loaded.errors:
        # Else the mail about the errors, which are likely the cause, says so.
        await report(ctx, IDLE, CONFIGURATION, f"the configuration {idle}")
    warnings = [problem for problem in loaded.problems if problem.severity == "warning"]
    await ctx.store.write(_store_warnings, _lines(warnings), ctx.clock.now())


def _store_warnings(conn: Connection, lines: str, now: datetime) -> None:
    """Store the warnings as an incident, which `status` shows; it is mailed again only where an edit adds a warning."""
    known = next((incident.text for incident in incident_records.unclosed(conn) if incident.key == WARNINGS), "")
    now_open = Incident(WARNINGS, WARNINGS, f"{_WARNINGS_TITLE}\n{lines}", now)
    if not lines:
        incident_records.dismiss(conn, [WARNINGS], now)
    elif _warnings_of(lines) <= _warnings_of(known):
        incident_records.report(conn, now_open)
    else:
        incident_records.replace(conn, now_open)


def _warnings_of(lines: str) -> set[str]:
    return {_PLACE.sub(":", line, count=1) for line in lines.splitlines()}


def _idle_text(config: Config) -> str:
    """Return what a configuration lacks whose outlets or rules are all inactive: it is obeyed, and no news are told."""
    parts = {"outlet": config.outlets, "rule": config.compiled}
    missing = [f"no active {part} ({config.files_of(f'{part}s')})" for part, found in parts.items() if not found]
    return f"has {' and '.join(missing)}: no news is told until it has" if missing else ""


def _in_force(loaded: Loaded) -> str:
    """Return what is in force instead of broken files: their last good content, or nothing where there is none."""
    if loaded.config is None or not loaded.broken:
        return "everything stays as it was"
    restored = [path for path in loaded.broken if path in loaded.files]
    never = [path for path in loaded.broken if path not in loaded.files]
    sentences = [f"the last good content of {', '.join(restored)} stays in force"] if restored else []
    return "; ".join(
        [*sentences, f"nothing of {', '.join(never)} is in force until that is mended"] if never else sentences
    )


def _lines(problems: Sequence[Problem]) -> str:
    """Return a line for each problem up to a limit, and one that counts the rest."""
    more = [f"… and {len(problems) - _SHOWN} more: monitor check"] if len(problems) > _SHOWN else []
    return "\n".join([*(str(problem) for problem in problems[:_SHOWN]), *more])
