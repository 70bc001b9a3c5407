"""Parse a list of rules in a CSV file, as spreadsheets write it, into rows and problems with their lines."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO

from monitor.sources import decode

_COLUMNS = ("name", "query", "recipients")
_SYNONYMS = {"recipient": "recipients", "to": "recipients", "title": "name", "search": "query"}
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvRule:
    """One rule of the list, and the line (from 1) at which it begins."""

    line: int
    name: str
    query: str
    recipients: tuple[str, ...] = ()


def decode_file(raw: bytes) -> str:
    """Decode a file in UTF-8, UTF-16, or the code page that its letters suggest."""
    if raw[1:40:2].count(0) > len(raw[1:40:2]) // 2:
        return raw.decode("utf-16-le", "replace").removeprefix("\ufeff")
    return decode(raw, {}).text


def rows_of(text: str) -> tuple[list[CsvRule], list[str]]:
    """Return the rules of a list, and the problems of the other rows, each with its line."""
    lines, problems = read_rows(text)
    if not lines:
        return [], problems or ["line 1: the list is empty"]
    columns, first = _columns(lines[0][1])
    if missing := [name for name in _COLUMNS[:2] if name not in columns]:
        return [], [f"line {lines[0][0]}: there is no column {' and none '.join(missing)}", *problems]
    rows: list[CsvRule] = []
    for line, cells in lines[first:]:
        cells_by_column = {name: cells[index].strip() for name, index in columns.items() if index < len(cells)}
        recipients = re.split(r"[;,\n]", cells_by_column.get("recipients", ""))
        to = tuple(dict.fromkeys(word.strip() for word in recipients if word.strip()))
        rows.append(
            CsvRule(line, " ".join(cells_by_column.get("name", "").split()), cells_by_column.get("query", ""), to)
        )
    return rows, problems


def read_rows(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Return the cells of every row that is not empty, with the line at which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    lines: list[tuple[int, list[str]]] = []
    first_line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((first_line, cells))
            first_line = reader.line_num + 1
    except csv.Error as error:
        return lines, [f"line {first_line}: this is no CSV: {error}"]
    return lines, []


def _delimiter(text: str) -> str:
    """Return the most frequent delimiter outside quotation marks, in the first line that has any."""
    for line in text.splitlines():
        unquoted = re.sub(r'"[^"]*"', "", line)
        counts = {sign: unquoted.count(sign) for sign in _DELIMITERS}
        if any(counts.values()):
            return max(counts, key=lambda sign: counts[sign])
    return ","


def _columns(cells: list[str]) -> tuple[dict[str, int], int]:
    """Return the index of each column, and the number of lines that the header takes."""
    names = [" ".join(cell.casefold().split()) for cell in cells]
    cells_by_column = {_SYNONYMS.get(name, name): index for index, name in reversed(list(enumerate(names)))}
    if "name" in cells_by_column or "query" in cells_by_column:
        return {name: cells_by_column[name] for name in _COLUMNS if name in cells_by_column}, 1
    return {name: index for index, name in enumerate(_COLUMNS) if index < len(cells)}, 0
