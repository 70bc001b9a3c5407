"""A list of rules in a CSV file, as spreadsheets save them: its bytes in, rows or problems with their lines out."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO

from monitor.sources import decode

_COLUMNS = ("name", "query", "recipients")
_ALSO = {"recipient": "recipients", "to": "recipients", "title": "name", "search": "query"}
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class CsvRule:
    """One rule of the list, and the line at which it begins."""

    line: int
    name: str
    query: str
    recipients: tuple[str, ...] = ()


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, or the code page that its letters look like."""
    if raw[1:40:2].count(0) > len(raw[1:40:2]) // 2:
        return raw.decode("utf-16-le", "replace").removeprefix("\ufeff")
    return decode(raw, {}).text


def rows_of(text: str) -> tuple[list[CsvRule], list[str]]:
    """The rows of a list, and what is wrong with others, each with its line."""
    lines, problems = _read(text)
    if not lines:
        return [], problems or ["line 1: the list is empty"]
    columns, first = _columns(lines[0][1])
    if missing := [name for name in _COLUMNS[:2] if name not in columns]:
        return [], [f"line {lines[0][0]}: there is no column {' and none '.join(missing)}", *problems]
    rows: list[CsvRule] = []
    for line, cells in lines[first:]:
        found = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        recipients = re.split(r"[;,\n]", found.get("recipients", ""))
        to = tuple(dict.fromkeys(word.strip() for word in recipients if word.strip()))
        rows.append(CsvRule(line, " ".join(found.get("name", "").split()), found.get("query", ""), to))
    return rows, problems


def _read(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The cells of every row that is not empty, with the line at which it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    lines: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        return lines, [f"line {begins}: this is no CSV: {error}"]
    return lines, []


def _delimiter(text: str) -> str:
    """The sign that stands most often outside quotation marks in the first line that has any."""
    for line in text.splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        counts = {sign: bare.count(sign) for sign in _DELIMITERS}
        if any(counts.values()):
            return max(counts, key=lambda sign: counts[sign])
    return ","


def _columns(cells: list[str]) -> tuple[dict[str, int], int]:
    """Where each column is, and the number of lines that the header takes."""
    names = [" ".join(cell.casefold().split()) for cell in cells]
    found = {_ALSO.get(name, name): at for at, name in reversed(list(enumerate(names)))}
    if "name" in found or "query" in found:
        return {name: found[name] for name in _COLUMNS if name in found}, 1
    return {name: at for at, name in enumerate(_COLUMNS) if at < len(cells)}, 0
