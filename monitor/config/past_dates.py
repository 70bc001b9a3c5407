"""Find what the files say of days that are past: rules that fell silent, holidays that are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.config.config import Config
from monitor.config.dates import in_zone
from monitor.errors import Problem
from monitor.text import when


def past_dates(config: Config, now: datetime) -> tuple[Problem, ...]:
    """Return a warning for each `until:` and `away:` of the files that is past."""
    return tuple(sorted(_past(config, now), key=lambda problem: (problem.file, problem.line)))


def _past(config: Config, now: datetime) -> Iterator[Problem]:
    zone = config.settings.timezone
    for parsed_file in config.memo.parsed_files.values():
        defaults = getattr(parsed_file.model, "defaults", None)
        for loc, entry in ((("defaults",), defaults), *parsed_file.entries("rules")):
            until = getattr(entry, "until", None)
            if until and in_zone(until, zone) <= now:
                said = f"what this ends is silent since {when(in_zone(until, zone))}"
                yield parsed_file.problem((*loc, "until"), said, "take until: out, or the rule", severity="warning")
        for loc, person in parsed_file.entries("people"):
            if person.away and in_zone(person.away.end, zone) <= now:
                yield parsed_file.problem((*loc, "away"), "this holiday is over", "take away: out", severity="warning")
