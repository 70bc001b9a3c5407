"""How commands show things: tables on a terminal, JSON for programs, moments in UTC."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from monitor.run.log_format import clean


def when(moment: datetime | None) -> str:
    """Return a moment in UTC, to the minute: the zone of the log, and of whatever several people look at."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if moment else "-"


def as_json(value: Any) -> None:
    """Print a value as JSON; moments as ISO 8601, other values by their names."""
    print(json_text(value, indent=2))


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a value as JSON that a terminal can show: what would steer it or turn its lines round is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# Of the controls that json.dumps leaves: delete, C1, line ends of Unicode, and the marks that turn text round.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their heads, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        shown.add_column(head, overflow="fold")
    for row in rows:
        # Text, not markup: a title in square brackets is a title.
        shown.add_row(*[Text(clean(str(cell))) for cell in row])
    console = Console(highlight=False)
    if not console.is_terminal:
        # Into a pipe nothing is cut: whoever reads it is a program.
        console = Console(highlight=False, width=250)
    console.print(shown, crop=console.is_terminal)
