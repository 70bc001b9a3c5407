"""Load the configuration folder that a command is given, without anything that only the daemon needs."""

from __future__ import annotations

from pathlib import Path

from monitor.config import Loaded, load
from monitor.errors import ConfigError, Problem


def missing_folder_error(directory: Path) -> ConfigError:
    """Return the error for a configuration folder that does not exist."""
    hint = "--config DIR or MONITOR_CONFIG names it; `monitor init` writes the first files"
    return ConfigError((Problem(str(directory), 1, 1, "there is no such folder", hint),))


def read_config(directory: Path, data: Path) -> Loaded:
    """Load the configuration folder; raise ConfigError where there is none."""
    if not directory.is_dir():
        raise missing_folder_error(directory)
    return load(directory, data=data)
