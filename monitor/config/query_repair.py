"""Suggest a corrected block for queries that YAML cannot read."""

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
_MAX_ENTRY_CHARS = 2_000  # more characters before the query are no entry in braces


@dataclass(frozen=True, slots=True)
class _QueryLine:
    """A line with a query behind its key: the text before the key and the text behind it."""

    before: str
    value: str

    @property
    def is_in_braces(self) -> bool:
        return "{" in self.before


def _parse_line(line: str) -> _QueryLine | None:
    before, key, value = line.partition(_KEY)
    alone = before.strip() in ("", "-")
    in_braces = "{" in before and "#" not in before and len(before) < _MAX_ENTRY_CHARS and before[-1] in " {,"
    return _QueryLine(before, value) if key and (alone or in_braces) else None


def query_line(lines: Sequence[str], line: int) -> int | None:
    """Return the line (from 0) of the one-line query that an error at `line` is about, or None."""
    has_other_line = False  # whether another entry or key stands between the query and the error
    for number in range(min(line, len(lines) - 1), max(line - _LINES_BACK, -1), -1):
        parsed = _parse_line(lines[number])
        if parsed:
            value = parsed.value.strip()
            is_empty = not value or (value[0] == "#" and not _HASHTAG.match(value))
            return None if is_empty or _BLOCK.match(value) or (has_other_line and not _is_open(value)) else number
        has_other_line = has_other_line or bool(_OTHER_LINE.match(lines[number]))
    return None


def _is_open(value: str) -> bool:
    """Tell whether a query opens a quotation mark without closing it, so that it swallows the lines below."""
    return value[0] in "'\"" and value.count(value[0]) % 2 == 1


def corrected_block(line: str) -> str:
    """Return what to write instead of the query on this line, indented as the file is."""
    parsed = _parse_line(line)
    if not parsed:
        return ""
    if parsed.is_in_braces:
        return _entry_as_block(parsed.before, parsed.value)
    indent = " " * len(parsed.before)
    return f"{indent}query: |\n{indent}  {_unquoted(parsed.value)}"


def _entry_as_block(before: str, value: str) -> str:
    """Return an entry in braces as separate lines, the query last."""
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
        # In a query, too, a line that begins with # is a comment.
        return f'"{hashtag[0]}"{value[hashtag.end() :]}'
    # Within single quotes YAML doubles a quotation mark (YAML 1.2, 7.3.2).
    single = re.fullmatch(r"'((?:[^']|'')*)'", value)
    return single[1].replace("''", "'") if single else value


def neutralised(line: str) -> str:
    """Return the line with a harmless query, so that the rest of the file can be parsed and checked."""
    parsed = _parse_line(line)
    if not parsed:
        return line
    braces = max(parsed.value.count("}") - parsed.value.count("{"), 0) if parsed.is_in_braces else 0
    return f"{parsed.before}{_KEY} 'unreadable'{'}' * braces}"
