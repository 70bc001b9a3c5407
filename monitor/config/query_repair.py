"""Queries that YAML cannot read: the file's lines and the place of the error in, the corrected block out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_KEY = "query:"
_BLOCK = re.compile(r"\s*[|>][0-9+-]*\s*(#.*)?$")
_OTHER_LINE = re.compile(r"\s*(-\s|[A-Za-z_]+:)")
_END = re.compile(r"\s*(?:,\s*(?P<keys>[a-z_]+:[^{}]*))?\}\s*\]?\s*$")
_NEXT_KEY = re.compile(r"[,\s]+(?=[a-z_]+:)")
_HASHTAG = re.compile(r"#\w\S*")
_LINES_BACK = 3
_LONGEST_ENTRY = 2_000  # characters of an entry in braces before its query; more is no entry


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with a query behind its key: what stands before the key, what behind it, and whether that is in braces."""

    before: str
    value: str

    @property
    def flow(self) -> bool:
        return "{" in self.before


def _read(line: str) -> _Line | None:
    before, key, value = line.partition(_KEY)
    alone = before.strip() in ("", "-")
    in_braces = "{" in before and "#" not in before and len(before) < _LONGEST_ENTRY and before[-1] in " {,"
    return _Line(before, value) if key and (alone or in_braces) else None


def query_line(lines: Sequence[str], line: int) -> int | None:
    """The line (from 0) with a one-line query that an error at `line` is about, or none."""
    between = False  # whether another entry or key stands between the query and the error
    for number in range(min(line, len(lines) - 1), max(line - _LINES_BACK, -1), -1):
        found = _read(lines[number])
        if found:
            value = found.value.strip()
            nothing = not value or (value[0] == "#" and not _HASHTAG.match(value))
            return None if nothing or _BLOCK.match(value) or (between and not _is_open(value)) else number
        between = between or bool(_OTHER_LINE.match(lines[number]))
    return None


def _is_open(value: str) -> bool:
    """Whether a quotation mark that opens a query is not closed, so that it swallows the lines below."""
    return value[0] in "'\"" and value.count(value[0]) % 2 == 1


def corrected(line: str) -> str:
    """What to write instead of the query on this line, indented as the file is."""
    found = _read(line)
    if not found:
        return ""
    if found.flow:
        return _unfolded(found.before, found.value)
    indent = " " * len(found.before)
    return f"{indent}query: |\n{indent}  {_unquoted(found.value)}"


def _unfolded(before: str, value: str) -> str:
    """An entry in braces as lines of their own, the query last."""
    start, _, keys = before.partition("{")
    end = _END.search(value)
    query, after = (value[: end.start()], end["keys"] or "") if end else (value, "")
    lines = [part.strip(" ,") for part in _NEXT_KEY.split(f"{keys} {after}") if part.strip(" ,")]
    indent = " " * len(start)
    block = [*lines, "query: |", f"  {_unquoted(query)}"]
    return start + f"\n{indent}".join(block)


def _unquoted(value: str) -> str:
    value = value.strip()
    if hashtag := _HASHTAG.match(value):
        # A line of a query that begins with # is a comment as well.
        return f'"{hashtag[0]}"{value[hashtag.end() :]}'
    single = re.fullmatch(r"'((?:[^']|'')*)'", value)
    return single[1].replace("''", "'") if single else value


def quieted(line: str) -> str:
    """The line with a harmless query in place of its own, so that the rest of the file can be read and checked."""
    found = _read(line)
    if not found:
        return line
    braces = max(found.value.count("}") - found.value.count("{"), 0) if found.flow else 0
    return f"{found.before}{_KEY} 'unreadable'{'}' * braces}"
