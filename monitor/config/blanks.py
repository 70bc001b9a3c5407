"""Keys whose value YAML cut short: a comma between braces ends a value, a # begins a comment. What was meant comes out.

Places are lines and columns rather than offsets, since a query that YAML could not read was replaced in the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence

from monitor.config.model_errors import Loc
from monitor.config.values import list_meant
from monitor.config.yaml_tree import YamlNode, find

_COMMA = "a comma ends a value inside { }:"
_COMMENT = re.compile(r"\s*:?\s+(#\w.*?)(?=\s+#\s|\s*$)")
_KEY = re.compile("[A-Za-z_]+")
_LONGEST = 60


def blanks(root: YamlNode | None, path: Loc = ()) -> Iterator[Loc]:
    """The way to each key that has no value."""
    value = root.value if root else ""
    steps: Sequence[tuple[str | int, YamlNode]] = ()
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    for step, node in steps:
        if isinstance(step, str) and isinstance(node.value, str) and node.empty:
            yield (*path, step)
        yield from blanks(node, (*path, step))


def comma_hint(root: YamlNode | None, loc: Loc, lines: Sequence[str], several: Collection[str]) -> str:
    """What to write where a key is the rest of a value: `{mail: olga@press,test}`; nothing where it is a key.

    `several` are the mapping's keys that take a list: `{to: ann, desk}`.
    """
    mapping = find(root, loc[:-1])
    key = mapping.keys.get(str(loc[-1]))
    if key is None or not (_is_rest(key, lines) or _is_strange(key, lines)):
        return ""
    keys = list(mapping.keys.values())
    number = keys.index(key)
    first = next((before for before in reversed(keys[:number]) if not _is_rest(before, lines)), None)
    last = next((number + at for at, each in enumerate(keys[number + 1 :]) if not _is_rest(each, lines)), len(keys) - 1)
    if first is None:
        return f"{_COMMA} quote it"
    start, end = mapping.value[first.value], keys[last]
    raw = lines[start.line][start.column : end.column + len(end.value)] if start.line == end.line else ""
    if first.value in several and list_meant(raw):
        return f"{_COMMA} write a list, as in {first.value}: [{raw}]"
    # What stands behind the colon of a key of several words may belong to the value, too.
    whole = isinstance(start.value, str) and 0 < len(raw) <= _LONGEST and (_is_rest(key, lines) or " " not in key.value)
    return f"{_COMMA} quote it" + (f", as in {first.value}: {json.dumps(raw, ensure_ascii=False)}" if whole else "")


def is_further_rest(root: YamlNode | None, loc: Loc, lines: Sequence[str]) -> bool:
    """Whether the rest of a value is cut once more and the part before is told already: `{query: a, b, c}`."""
    keys = list(find(root, loc[:-1]).keys.values())
    number = next((at for at, key in enumerate(keys) if key.value == loc[-1]), 0)
    return number > 0 and _is_rest(keys[number], lines) and _is_rest(keys[number - 1], lines)


def _is_rest(key: YamlNode, lines: Sequence[str]) -> bool:
    """Whether no colon follows a key, as only between braces can be."""
    return not key.style and _line(lines, key)[key.column + len(key.value) :].lstrip()[:1] in (",", "}", "")


def _is_strange(key: YamlNode, lines: Sequence[str]) -> bool:
    """Whether a key behind a comma looks like none of ours: a colon further on in the value makes one of it."""
    behind_comma = _line(lines, key)[: key.column].rstrip().endswith(",")
    return behind_comma and not key.style and not _KEY.fullmatch(key.value)


def comment_at(node: YamlNode, lines: Sequence[str]) -> str:
    """What stands behind a key or a dash and YAML takes for a comment, though its # stands right before a word."""
    length = len(node.value) if isinstance(node.value, str) else 0
    found = _COMMENT.match(_line(lines, node)[node.column + length :])
    return found[1] if found else ""


def _line(lines: Sequence[str], node: YamlNode) -> str:
    return lines[node.line] if node.line < len(lines) else ""
