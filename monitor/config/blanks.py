"""Explain keys without a value that YAML cut short: inside braces a comma ends a value, and a # begins a comment.

Positions are lines and columns rather than offsets, because an unreadable query may have been replaced in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence

from monitor.config.model_errors import Loc
from monitor.config.values import list_meant
from monitor.config.yaml_tree import YamlNode, find

_COMMA_HINT = "a comma ends a value inside { }:"
_COMMENT = re.compile(r"\s*:?\s+(#\w.*?)(?=\s+#\s|\s*$)")
_KEY = re.compile("[A-Za-z_-]+")
_MAX_QUOTED = 60


def keys_without_value(root: YamlNode | None, path: Loc = ()) -> Iterator[Loc]:
    """Yield the path to each key that has no value."""
    value = root.value if root else ""
    steps: Sequence[tuple[str | int, YamlNode]] = ()
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for step, node in steps:
        if isinstance(step, str) and isinstance(node.value, str) and node.is_empty:
            yield (*path, step)
        yield from keys_without_value(node, (*path, step))


def comma_hint(root: YamlNode | None, loc: Loc, lines: Sequence[str], list_keys: Collection[str]) -> str:
    """Return what to write where a key is really the rest of a value: `{mail: olga@press,test}`; else an empty string.

    `list_keys` are the keys of the mapping that take a list: `{to: ann, desk}`.
    """
    mapping = find(root, loc[:-1])
    key = mapping.keys.get(str(loc[-1]))
    if key is None or not (_is_cut_off(key, lines) or _is_unusual_key(key, lines)):
        return ""
    keys = list(mapping.keys.values())
    number = keys.index(key)
    first = next((before for before in reversed(keys[:number]) if not _is_cut_off(before, lines)), None)
    last = next(
        (number + at for at, each in enumerate(keys[number + 1 :]) if not _is_cut_off(each, lines)), len(keys) - 1
    )
    if first is None:
        return f"{_COMMA_HINT} quote it"
    start, end = mapping.value[first.value], keys[last]
    raw = lines[start.line][start.column : end.column + len(end.value)] if start.line == end.line else ""
    if first.value in list_keys and list_meant(raw):
        return f"{_COMMA_HINT} write a list, as in {first.value}: [{raw}]"
    # After a key of several words, the text behind its colon may belong to the value as well; then no example is given.
    is_exact = (
        isinstance(start.value, str)
        and 0 < len(raw) <= _MAX_QUOTED
        and (_is_cut_off(key, lines) or " " not in key.value)
    )
    return f"{_COMMA_HINT} quote it" + (
        f", as in {first.value}: {json.dumps(raw, ensure_ascii=False)}" if is_exact else ""
    )


def is_repeated_cut(root: YamlNode | None, loc: Loc, lines: Sequence[str]) -> bool:
    """Tell whether a value was cut more than once, so that an earlier part is reported already: `{query: a, b, c}`."""
    keys = list(find(root, loc[:-1]).keys.values())
    number = next((at for at, key in enumerate(keys) if key.value == loc[-1]), 0)
    return number > 0 and _is_cut_off(keys[number], lines) and _is_cut_off(keys[number - 1], lines)


def _is_cut_off(key: YamlNode, lines: Sequence[str]) -> bool:
    """Tell whether no colon follows a key, which is possible only between braces."""
    return not key.style and _line(lines, key)[key.column + len(key.value) :].lstrip()[:1] in (",", "}", "")


def _is_unusual_key(key: YamlNode, lines: Sequence[str]) -> bool:
    """Tell whether a key after a comma looks like none of ours, because a colon follows later in the value."""
    behind_comma = _line(lines, key)[: key.column].rstrip().endswith(",")
    return behind_comma and not key.style and not _KEY.fullmatch(key.value)


def comment_at(node: YamlNode, lines: Sequence[str]) -> str:
    """Return the text after a key or dash that YAML takes for a comment, although its # stands right before a word."""
    length = len(node.value) if isinstance(node.value, str) else 0
    found = _COMMENT.match(_line(lines, node)[node.column + length :])
    return found[1] if found else ""


def _line(lines: Sequence[str], node: YamlNode) -> str:
    return lines[node.line] if node.line < len(lines) else ""
