"""Define `--since`, the range of time that commands look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.steps.past_matches import Span

Since = Annotated[
    str, typer.Option("--since", metavar="30d|DATE|A..B", help="How far back: 30d, 12h, 2w, a date, or two dates.")
]


def span_of(text: str, now: datetime, zone: str) -> Span:
    """Return the [since, until) of the option; what is none is a usage error."""
    from monitor.cli.options import parse_option
    from monitor.reports.time_span import parse_span

    return parse_option("--since", text, lambda text: parse_span(text, now, zone))
