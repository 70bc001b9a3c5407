"""Log what is wrong with the configuration of a monitor that stands by: it is to be mended before it takes over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from monitor.config import Loaded, changes
from monitor.config.folder_watch import Fingerprint
from monitor.errors import ConfigError, Problem
from monitor.run.config_folder import read_config
from monitor.steps.event_log import log_event

_THEN = "this configuration has errors; if this monitor takes over, the last good content of such files stays in force"


async def watch_standby(directory: Path, data: Path, seen: Fingerprint, loaded: Loaded) -> None:
    """Log the problems that loading found, and those after each edit, until cancelled; nothing is put in force."""
    _log(loaded.problems)
    async for _ in changes(directory, seen):
        try:
            problems: Sequence[Problem] = (await asyncio.to_thread(read_config, directory, data)).problems
        except ConfigError as error:
            problems = error.problems
        if not _log(problems):
            log_event("standby", "the edited configuration has no errors")


def _log(problems: Sequence[Problem]) -> bool:
    """Log the problems; return whether any is an error."""
    for problem in problems:
        log_event("config", str(problem), logging.INFO if problem.severity == "hint" else logging.WARNING)
    has_errors = any(problem.severity == "error" for problem in problems)
    if has_errors:
        log_event("standby", _THEN, logging.WARNING)
    return has_errors
