"""Translate a query of another system, and say what of it could not be kept."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.config import Config
from monitor.config.rule_import import foreign_names_of
from monitor.query import Diagnostic
from monitor.query.foreign import ForeignNames, translate


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """A query of another system and ours; where it is not `usable`, ours is a draft that asks something else, or empty.

    `from_` is the system (a key of `DIALECTS`); the columns of the `remarks` count in the original.
    """

    from_: str
    original: str
    query: str
    usable: bool
    remarks: tuple[Diagnostic, ...]


def translate_query(config: Config | None, dialect: str, original: str) -> TranslationReport:
    """Translate a query of one of `DIALECTS`; with a configuration, to the names that it has."""
    found = translate(dialect, original, foreign_names_of(config) if config else ForeignNames())
    return TranslationReport(dialect, original, found.query, found.is_usable, found.diagnostics)
