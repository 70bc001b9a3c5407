"""Print tables on a terminal, and records as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monitor.reports.as_json import as_json
from monitor.text import clean

if TYPE_CHECKING:
    from rich.console import Console


def print_json(value: Any) -> None:
    """Print a record, or a list of them, as JSON."""
    print(json_text(value, indent=2))


def json_text(value: Any, indent: int | None = None) -> str:
    """Return a record as JSON that is safe on a terminal: control and bidirectional characters are escaped."""
    text = json.dumps(as_json(value), ensure_ascii=False, indent=indent)
    return _CONTROL_CHARACTERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


# Of the controls that json.dumps leaves: delete, C1, line ends of Unicode, and the marks that turn text round.
_CONTROL_CHARACTERS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


_GAP = 2


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their headings, as wide as the terminal; into a pipe each row as one line, however long."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    cells = [[clean(str(cell)) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(headings, *cells, strict=True)]
    if console.is_terminal and sum(widths) + _GAP * (len(widths) - 1) > console.width:
        _print_folded(console, headings, cells)
        return
    # Where nothing is folded, rich would take a hundred times as long to say the same: seconds for ten thousand rows.
    for number, row in enumerate((headings, *cells)):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        line = (" " * _GAP).join(padded).rstrip()
        if number or not console.is_terminal:
            print(line)
        else:
            console.print(Text(line, style="bold"))


def _print_folded(console: Console, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that is wider than the terminal, with the longest cells on several lines."""
    from rich.table import Table
    from rich.text import Text

    rich_table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        rich_table.add_column(heading, overflow="fold")
    for row in rows:
        # Text, not markup: a title in square brackets is a title.
        rich_table.add_row(*map(Text, row))
    console.print(rich_table, crop=console.is_terminal)
