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
_BEHIND_GAP = re.compile(r"[^\s,]")
# In a string a quotation mark is escaped, so that no string has a brace right before one.
_ITEM_BOUNDARY = re.compile(r',\s*+(?=\{\s*+")')
_TEXT_KEYS = frozenset({"title", "content_html", "content_text", "summary", "date_published"})
_ITEM_KEYS = _TEXT_KEYS | {"id"}
_ITEM_START = re.compile(r'\{\s*+"(?:id|content_html|content_text|date_published)"')
# Objects within an item are none, even with an id or a title: authors have a name, attachments a type.
_PART_KEYS = frozenset({"name", "mime_type"})
_PART_START = re.compile(r'\{[^{}]*?"(?:name|mime_type)"\s*+:')
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
    """Return the value of a text; of one that cannot be repaired as a whole, its members and every readable item.

    What is salvaged is an object with `items`, also from a bare list; a text that holds nothing gives an empty one.
    """
    value = _decode(text)
    if value is not None:
        return RepairedJson(value)
    repaired = _STRING_OR_COMMA.sub(_repair, text)
    value = _decode(repaired)
    if value is not None:
        return RepairedJson(value, 0, "repaired")
    # As it is first, since after a string without its end the repair takes texts for what stands between strings.
    budget = _Budget(_MAX_PASSES * len(text), _MAX_ERRORS)
    return max(_salvage(text, budget), _salvage(repaired, budget), key=lambda found: len(found.value.get("items", ())))


def _salvage(text: str, budget: _Budget) -> RepairedJson:
    start = _ITEMS.search(text)
    if start is None:
        items, lost = _items(text, 1, budget) if text.startswith("[") else ([], 0)
        # Any text may begin with a bracket: it is a list only if something in it is an item.
        is_list = any(_is_item(item) for item in items)
        return RepairedJson({"items": items}, lost, "salvaged entry by entry") if is_list else RepairedJson({})
    members = {match[1]: _decode(match[2]) or "" for match in _MEMBER.finditer(text[: start.start()])}
    items, lost = _items(text, start.end(), budget)
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


def _items(text: str, position: int, budget: _Budget) -> tuple[list[Any], int]:
    """Return the readable items from a position on, and how many could not be read."""
    found: list[Any] = []
    lost = 0
    while (match := _BEHIND_GAP.search(text, position)) and match[0] != "]":
        value, position = _item(text, match.start(), budget)
        if value is not None:
            found.append(value)
        else:
            lost += 1
            position = _next_item(text, match.start(), position, budget)
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


def _next_item(text: str, start: int, error: int, budget: _Budget) -> int:
    """Return where the item after the one from `start` starts, which was read up to an error.

    After the error the next item may be broken, too, and is counted then. Before it, where a string without its end
    reached into the next item, that one must be whole and have a text.
    """
    for match in _ITEM_BOUNDARY.finditer(text, start + 1):
        if budget.is_spent:
            break
        is_behind = match.start() >= error - 1
        if is_behind and _ITEM_START.match(text, match.end()) and not _PART_START.match(text, match.end()):
            return match.end()
        value, _ = _item(text, match.end(), budget)
        if _is_item(value) and (is_behind or _TEXT_KEYS & value.keys()):
            return match.end()
    return len(text)


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and bool(_ITEM_KEYS & value.keys()) and not _PART_KEYS & value.keys()
