"""An edited folder becomes the configuration in force, or its problems reach the operator and nothing changes."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from monitor.config import Config, Loaded, Settings, diff, load
from monitor.errors import Problem
from monitor.net import Gate
from monitor.steps.apply_config import apply_config, sum_up
from monitor.steps.context import Context, log_event
from monitor.steps.form_changes import note_forms
from monitor.steps.incident_mails import CONFIGURATION, WARNINGS
from monitor.steps.incidents import report, settle
from monitor.store import Connection, config_files, incident_records
from monitor.store.incident_records import Incident

IDLE = "nothing to do"
"""The key of the trouble that no outlet is watched, or no rule in force."""
_SHOWN = 20
_LOOK = "works, but look at:"
# Where a warning stands changes with every line above it; what it says does not.
_PLACE = re.compile(r":[0-9]+:[0-9]+:")


async def reload(ctx: Context, directory: Path) -> Loaded:
    """Load the folder and adopt what is good of it; return what loading found."""
    before = ctx.config
    fallback = await ctx.store.read(config_files.load)
    loaded = await asyncio.to_thread(load, directory, data=before.settings.data, fallback=fallback, previous=before)
    if loaded.config is not None:
        adopted = await apply_config(ctx, loaded)
        ctx.client.gate = Gate(loaded.config.settings.private_hosts_allowed)
        changes = diff(before, loaded.config)
        log_event("reload", str(changes), batch_id=adopted.batch_id)
        ctx.untried.update(changes.rules_added, changes.rules_switched_on, changes.changed_queries)
        for what in _at_start(before.settings, loaded.config.settings):
            log_event("reload", f"another {what} takes effect at the next start", logging.WARNING)
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
    """Tell the log every problem, and the operator of errors until the files are good again and of new warnings."""
    for problem in loaded.problems:
        log_event("config", str(problem), logging.INFO if problem.severity == "hint" else logging.WARNING)
    if loaded.errors:
        await report(ctx, CONFIGURATION, CONFIGURATION, _text(loaded, loaded.errors))
    else:
        await settle(ctx, [CONFIGURATION])
    if lacking := _lacking(ctx.config):
        await report(ctx, IDLE, CONFIGURATION, lacking)
    else:
        await settle(ctx, [IDLE])
    warnings = [problem for problem in loaded.problems if problem.severity == "warning"]
    await ctx.store.write(_keep_warnings, _lines(warnings), ctx.now())


def _keep_warnings(conn: Connection, lines: str, now: datetime) -> None:
    """Keep the warnings of the files where `status` finds them; those that an edit brings are told, the others were."""
    told = next((incident.text for incident in incident_records.unclosed(conn) if incident.key == WARNINGS), "")
    now_open = Incident(WARNINGS, WARNINGS, f"{_LOOK}\n{lines}", now)
    if not lines:
        incident_records.dismiss(conn, [WARNINGS], now)
    elif _said(lines) <= _said(told):
        incident_records.report(conn, now_open)
    else:
        incident_records.replace(conn, now_open)


def _said(lines: str) -> set[str]:
    return {_PLACE.sub(":", line, count=1) for line in lines.splitlines()}


def _lacking(config: Config) -> str:
    """What makes the monitor idle: an edit that leaves no outlet or no rule is obeyed, and nobody hears of news."""
    parts = {"outlet": config.outlets, "rule": config.compiled}
    missing = [f"no active {part} ({config.files_of(f'{part}s')})" for part, found in parts.items() if not found]
    return f"the configuration has {' and '.join(missing)}: no news is told until it has" if missing else ""


def _text(loaded: Loaded, errors: Sequence[Problem]) -> str:
    return f"the configuration has errors; {_in_force(loaded)}.\n\n{_lines(errors)}"


def _in_force(loaded: Loaded) -> str:
    """What is in force instead of the files that are broken; one that was never good has no last good content."""
    if loaded.config is None or not loaded.broken:
        return "everything stays as it was"
    kept = [path for path in loaded.broken if path in loaded.files]
    never = [path for path in loaded.broken if path not in loaded.files]
    said = [f"the last good content of {', '.join(kept)} stays in force"] if kept else []
    return "; ".join([*said, f"nothing of {', '.join(never)} is in force until that is mended"] if never else said)


def _lines(problems: Sequence[Problem]) -> str:
    """A line for each problem, and one for those that are too many."""
    more = [f"… and {len(problems) - _SHOWN} more: monitor check"] if len(problems) > _SHOWN else []
    return "\n".join([*(str(problem) for problem in problems[:_SHOWN]), *more])
