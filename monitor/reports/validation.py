"""Say what is wrong with a configuration and with a database, and how much a good configuration holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from monitor.config import Loaded
from monitor.config.past_dates import past_dates
from monitor.errors import Problem
from monitor.reports.meaning_use import meaning_use
from monitor.store import Store, integrity


@dataclass(frozen=True, slots=True)
class DatabaseFaults:
    """What is wrong with a database that was read from end to end; `place` is its name without its password."""

    place: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Validation:
    """Every problem of a configuration and, where it was read, of the database.

    `outlets`, active `rules` and `recipients` are counted where the configuration has no error; `stories` says by what
    articles are known to be of one story.
    """

    problems: tuple[Problem, ...]
    has_errors: bool
    outlets: int = 0
    rules: int = 0
    recipients: int = 0
    database: DatabaseFaults | None = None
    stories: str = ""

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of the files, then those of the database, whose place has no line."""
        if self.database is None:
            return self.problems
        return (*self.problems, *(Problem(self.database.place, 0, 0, fault) for fault in self.database.faults))


def check_database(store: Store, progress: Callable[[str], None]) -> DatabaseFaults:
    """Read all of a database; `progress` is called with what is read next."""
    return DatabaseFaults(str(store.place), tuple(integrity.faults(store, progress)))


def validation_of(loaded: Loaded, now: datetime, database: DatabaseFaults | None = None) -> Validation:
    """Return the record of what loading the files found, and of what they say of days that are past by now."""
    config = loaded.config
    if config is None or loaded.errors:
        return Validation(loaded.problems, has_errors=True, database=database)
    counts = (len(config.outlets), len(config.compiled), len(config.recipients))
    problems = (*loaded.problems, *past_dates(config, now))
    return Validation(problems, False, *counts, database=database, stories=meaning_use(config.settings))
