"""Read JSON however an outlet damaged it, with a count of the items that were lost; never raise."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError
from typing import Any, NamedTuple

# Matches whole strings, so that only what stands between them is repaired: commas that are missing, doubled or behind
# the last member. A string before another string has lost its comma, too.
_STRING_OR_COMMA = re.compile(
    r'("(?:[^"\\]|\\.)*+")(\s*+(?="))?|,(?=\s*+[,}\]])|([{\[]\s*+),++|([}\]])(?=\s*+[{"])', re.DOTALL
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})(\')?')
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_MEMBER = re.compile(r'"(title|home_page_url|language)"\s*:\s*("(?:[^"\\]|\\.){0,2000}")')
_GAP = re.compile(r"[\s,]*")
_ITEM_BOUNDARY = re.compile(r"[}\]]\s*+,\s*+(?=\{)")
_ITEM_KEYS = frozenset({"id", "title", "content_html", "content_text", "summary", "date_published"})
_ITEM_START = re.compile(r'\{\s*+"(?:id|content_html|content_text|date_published)"')
_ATTACHMENT_KEY = "mime_type"
# Limits of the work on a damaged text: characters read, in its own lengths, and errors. Each error of Python's decoder
# costs the whole text before it, whose lines are counted for the message.
_MAX_PASSES = 8
_MAX_ERRORS = 500


class RepairedJson(NamedTuple):
    """The value of a text, how many of its items were lost, and how it was repaired (empty if it was sound)."""

    value: Any
    lost: int = 0
    note: str = ""


def read_json(text: str) -> RepairedJson:
    """Return the value of a text; of one that cannot be repaired as a whole, its members and every readable item."""
    value = _decode(text)
    if value is not None:
        return RepairedJson(value)
    repaired = _STRING_OR_COMMA.sub(_repair, text)
    value = _decode(repaired)
    if value is not None:
        return RepairedJson(value, 0, "repaired")
    start = _ITEMS.search(repaired)
    if not start:
        return RepairedJson({})
    members = {match[1]: _decode(match[2]) or "" for match in _MEMBER.finditer(repaired[: start.start()])}
    items, lost = _items(repaired, start.end())
    return RepairedJson({**members, "items": items}, lost, "salvaged entry by entry")


def _decode(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _parse_int(digits: str) -> int | float:
    # Python refuses integers of more than 4,300 digits; one of more than 18 digits means nothing here.
    return int(digits) if len(digits) <= 18 else float(digits)


# Not strict: raw line breaks in strings are accepted.
_DECODER = json.JSONDecoder(strict=False, parse_int=_parse_int)


def _repair(match: re.Match[str]) -> str:
    string, comma_missing, opened, closed = match.groups()
    if string:
        string = _BAD_ESCAPE.sub(lambda bad: bad[1] or "\\\\", string) if "\\" in string else string
        return f"{string}," if comma_missing is not None else string
    return opened or (f"{closed}," if closed else "")


def _items(text: str, position: int) -> tuple[list[Any], int]:
    """Return the readable items from a position on, and how many could not be read."""
    found: list[Any] = []
    lost, budget = 0, _Budget(_MAX_PASSES * len(text), _MAX_ERRORS)
    while (start := _gap_end(text, position)) < len(text) and text[start] != "]":
        value, position = _item(text, start, budget)
        if value is not None:
            found.append(value)
        else:
            lost += 1
            position = _next_item(text, max(position, start + 1), budget)
    return found, lost


class _Budget:
    """How many more characters and errors of a damaged text are read."""

    def __init__(self, characters: int, errors: int) -> None:
        self._characters, self._failures = characters, errors

    def spend(self, characters: int, errors: int = 0) -> None:
        self._characters -= characters
        self._failures -= errors

    @property
    def is_spent(self) -> bool:
        return self._characters <= 0 or self._failures <= 0


def _item(text: str, start: int, budget: _Budget) -> tuple[Any, int]:
    """Return the value at a position and its end; None and the position of the error if it cannot be read."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except RecursionError:
        budget.spend(len(text), 1)
        return None, start
    except ValueError as error:
        end = error.pos if isinstance(error, JSONDecodeError) else start
        budget.spend(end - start, 1)
        return None, end
    budget.spend(end - start)
    return value, end


def _next_item(text: str, position: int, budget: _Budget) -> int:
    """Return where the next item starts behind a broken one; that one may be broken, too, and is counted then."""
    for match in _ITEM_BOUNDARY.finditer(text, position - 1):
        if budget.is_spent:
            break
        if _ITEM_START.match(text, match.end()):
            return match.end()
        value, _ = _item(text, match.end(), budget)
        if isinstance(value, dict) and _ITEM_KEYS & value.keys() and _ATTACHMENT_KEY not in value:
            return match.end()
    return len(text)


def _gap_end(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position
