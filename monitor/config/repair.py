"""Queries that YAML cannot read: the file's text and the place of the error in, the corrected block out."""

from __future__ import annotations

import re

# `query:` with something behind it that is not a block, in a list of lines or in a mapping in braces.
_QUERY_LINE = re.compile(r"^(?P<before>\s*(?:-\s+)?(?P<flow>[^#\n]*?\{[^#\n]*?,?\s*)?query:)(?P<value>.*)$")
_BLOCK = re.compile(r"\s*[|>][0-9+-]*\s*(#.*)?$")
_OTHER_LINE = re.compile(r"\s*(-\s|[A-Za-z_]+:)")
_END = re.compile(r"\s*(?:,\s*(?P<keys>[a-z_]+:[^{}]*))?\}\s*\]?\s*$")
_NEXT_KEY = re.compile(r"[,\s]+(?=[a-z_]+:)")
_LINES_BACK = 3


def query_line(text: str, line: int) -> int | None:
    """The line (from 0) with a one-line query that an error at `line` is about, or none."""
    lines = text.splitlines()
    between = False  # whether another entry or key stands between the query and the error
    for number in range(min(line, len(lines) - 1), max(line - _LINES_BACK, -1), -1):
        found = _QUERY_LINE.match(lines[number])
        if found:
            value = found["value"].strip()
            return None if not value or _BLOCK.match(value) or (between and not _is_open(value)) else number
        between = between or bool(_OTHER_LINE.match(lines[number]))
    return None


def _is_open(value: str) -> bool:
    """Whether a quotation mark that opens a query is not closed, so that it swallows the lines below."""
    return value[0] in "'\"" and value.count(value[0]) % 2 == 1


def corrected(text: str, line: int) -> str:
    """What to write instead of the query on this line, indented as the file is."""
    found = _QUERY_LINE.match(text.splitlines()[line])
    if not found:
        return ""
    if found["flow"]:
        return _unfolded(found["before"].removesuffix("query:"), found["value"])
    indent = " " * (len(found["before"]) - len("query:"))
    return f"{indent}query: |\n{indent}  {_unquoted(found['value'])}"


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
    single = re.fullmatch(r"'((?:[^']|'')*)'", value)
    return single[1].replace("''", "'") if single else value


def quieted(text: str, line: int) -> str:
    """The file with the query on this line replaced by a harmless one, so that the rest can be read and checked."""
    lines = text.splitlines(keepends=True)
    ending = lines[line][len(lines[line].rstrip("\r\n")) :]
    found = _QUERY_LINE.match(lines[line].rstrip("\r\n"))
    if found:
        braces = found["value"].count("}") - found["value"].count("{")
        lines[line] = found["before"] + " 'unreadable'" + "}" * (max(braces, 0) if found["flow"] else 0) + ending
    return "".join(lines)
