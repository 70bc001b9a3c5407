"""How commands show things: tables on a terminal, JSON for programs, moments in the reader's zone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from monitor.run.journal import clean


def when(moment: datetime | None) -> str:
    """Return a moment in this machine's zone, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "-"


def as_json(value: Any) -> None:
    """Print a value as JSON; moments as ISO 8601, other values by their names."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


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
