"""JSON as outlets damage it in; what it holds, and how much of its list of items was lost, out. Never raises."""

from __future__ import annotations

import json
import re
from json import JSONDecodeError
from typing import Any, NamedTuple

# Strings are passed over, so that only what stands between them is mended: commas that are missing, doubled or behind
# the last one. A string in front of another one, too, has lost its comma.
_PARTS = re.compile(r'("(?:[^"\\]|\\.)*+")(\s*+(?="))?|,(?=\s*+[,}\]])|([{\[]\s*+),++|([}\]])(?=\s*+[{"])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})(\')?')
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_MEMBER = re.compile(r'"(title|home_page_url|language)"\s*:\s*("(?:[^"\\]|\\.){0,2000}")')
_GAP = re.compile(r"[\s,]*")
_NEXT = re.compile(r"[}\]]\s*+,\s*+(?=\{)")
_OF_AN_ITEM = frozenset({"id", "title", "content_html", "content_text", "summary", "date_published"})
_FIRST_KEY = re.compile(r'\{\s*+"(?:id|content_html|content_text|date_published)"')
_OF_A_FILE = "mime_type"
# A damaged text is read no more often than this, in its own length and in places where it breaks: an error costs the
# whole text before it, whose lines are counted for its message.
_PASSES = 8
_MOST_BROKEN = 500


class RepairedJson(NamedTuple):
    """What a text holds, how many items of it were lost, and what had to be done; an empty note for sound JSON."""

    value: Any
    lost: int = 0
    note: str = ""


def read_json(text: str) -> RepairedJson:
    """The value of a text; of one that cannot be read whole, its members and every item that can."""
    value = _decoded(text)
    if value is not None:
        return RepairedJson(value)
    mended = _PARTS.sub(_mended, text)
    value = _decoded(mended)
    if value is not None:
        return RepairedJson(value, 0, "repaired")
    start = _ITEMS.search(mended)
    if not start:
        return RepairedJson({})
    members = {match[1]: _decoded(match[2]) or "" for match in _MEMBER.finditer(mended[: start.start()])}
    items, lost = _items(mended, start.end())
    return RepairedJson({**members, "items": items}, lost, "salvaged entry by entry")


def _decoded(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _whole(digits: str) -> int | float:
    # Python refuses to read integers of more than 4,300 digits; nobody means one of more than 18.
    return int(digits) if len(digits) <= 18 else float(digits)


# Not strict: a raw line break in a string is one.
_DECODER = json.JSONDecoder(strict=False, parse_int=_whole)


def _mended(match: re.Match[str]) -> str:
    string, missing, opened, closed = match.groups()
    if string:
        string = _BAD_ESCAPE.sub(lambda bad: bad[1] or "\\\\", string) if "\\" in string else string
        return f"{string}," if missing is not None else string
    return opened or (f"{closed}," if closed else "")


def _items(text: str, position: int) -> tuple[list[Any], int]:
    """The items from a place on that can be read, and how many could not."""
    found: list[Any] = []
    lost, patience = 0, _Patience(_PASSES * len(text), _MOST_BROKEN)
    while (start := _gap_end(text, position)) < len(text) and text[start] != "]":
        value, position = _item(text, start, patience)
        if value is not None:
            found.append(value)
        else:
            lost += 1
            position = _resumed(text, max(position, start + 1), patience)
    return found, lost


class _Patience:
    """How much more of a damaged text is read."""

    def __init__(self, characters: int, failures: int) -> None:
        self._characters, self._failures = characters, failures

    def spend(self, characters: int, failures: int = 0) -> None:
        self._characters -= characters
        self._failures -= failures

    @property
    def is_over(self) -> bool:
        return self._characters <= 0 or self._failures <= 0


def _item(text: str, start: int, patience: _Patience) -> tuple[Any, int]:
    """The value at a place and where it ends; None, and where it breaks, for one that cannot be read."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except RecursionError:
        patience.spend(len(text), 1)
        return None, start
    except ValueError as error:
        end = error.pos if isinstance(error, JSONDecodeError) else start
        patience.spend(end - start, 1)
        return None, end
    patience.spend(end - start)
    return value, end


def _resumed(text: str, position: int, patience: _Patience) -> int:
    """Where the next item starts behind a broken one; one that is broken in its turn is met, and counted, there."""
    for match in _NEXT.finditer(text, position - 1):
        if patience.is_over:
            break
        if _FIRST_KEY.match(text, match.end()):
            return match.end()
        value, _ = _item(text, match.end(), patience)
        if isinstance(value, dict) and _OF_AN_ITEM & value.keys() and _OF_A_FILE not in value:
            return match.end()
    return len(text)


def _gap_end(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position
