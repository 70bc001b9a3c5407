"""Parse YAML to a tree of nodes with positions, whose scalars stay text.

The parser's events are read rather than composed nodes: they give the same marks in a fifth of the time, no tag is
resolved (so `no` stays Norway), and nesting and aliases are bounded while reading, not after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from monitor.config.values import quoted

MAX_DEPTH = 40
MAX_CHARS = 16 * 1024 * 1024
MAX_NODES = 2_000_000
# No tag, the non-specific one (YAML 1.2, 6.9.1), and that of texts, which is what every scalar is here.
PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:str")

# What to do about libyaml's own messages, by words that these hold.
ADVICE = {
    "did not find expected key": "keys of one entry begin in one column; nothing follows a closing quotation mark",
    "did not find expected '-' indicator": "keys of one entry begin in one column, entries with a dash",
    "expected ',' or '}'": "a brace { above is not closed",
    "expected ',' or ']'": "a bracket [ above is not closed",
    "mapping values are not allowed": "a value with a colon in it needs quotes",
    "cannot start any token": "a value that begins with this character needs quotes",
    "expected ':'": "write key: value",
    "expected <block end>": "lines of one list or mapping must be indented alike",
    "quoted scalar": "a quotation mark is not closed",
}
TAB_HINT = "indent with spaces, not with tabs"
# libyaml's parser, which PyYAML has only where it was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True, eq=False)
class YamlNode:
    """One value of a file: text, a list or a mapping, and its position (line and column count from 0).

    `keys` holds the nodes of a mapping's keys; `style` is the scalar's mark (`|`, `>`, a quotation mark or
    nothing); `is_flow` tells a list or mapping in brackets or braces. `start` and `end` are offsets in the file; a list
    or mapping that is indented ends where the next thing begins.
    """

    value: Any
    line: int
    column: int
    style: str = ""
    start: int = 0
    end: int = 0
    keys: dict[str, YamlNode] = field(default_factory=dict)
    is_flow: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written here (`key:` alone, or `~`), so that the key counts as absent."""
        return not self.style and self.value in ("", "~")


class BadYamlError(Exception):
    """Raised where the text is no YAML that we accept; line and column count from 0, `hint` says what to write."""

    def __init__(self, message: str, line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint


@dataclass(slots=True)
class YamlTree:
    """A file's root node, and the faults that did not stop the parsing: (node, message, hint)."""

    root: YamlNode | None
    faults: list[tuple[YamlNode, str, str]]


def parse(text: str) -> YamlTree:
    """Parse one YAML document; raises BadYamlError where parsing must stop."""
    if len(text) > MAX_CHARS:
        raise BadYamlError("the file is larger than 16 MiB", hint="split it: every list may be a folder of files")
    try:
        return _TreeBuilder(text).tree()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = _place(text, mark)
        if mark and text[mark.index : mark.index + 1] == "\t":
            raise BadYamlError("a tab; YAML wants spaces", *at, hint=TAB_HINT) from None
        message = " ".join(part for part in (error.context, error.problem) if part)
        hint = next((advice for words, advice in ADVICE.items() if words in message), "")
        raise BadYamlError(message, *at, hint=hint) from None
    except UnicodeEncodeError as error:
        raise BadYamlError("half a character, which no file holds", text.count("\n", 0, error.start)) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        column = len(before) - before.rfind("\n") - 1
        raise BadYamlError(
            f"a character that no text file holds ({error.reason})", before.count("\n"), column
        ) from None


def _place(text: str, mark: Any) -> tuple[int, int]:
    """Return line and column of a parser's mark; what is missing at the end of a file is missing behind its last word.

    The parser reports it in the line below, which is none.
    """
    written = text.rstrip()
    if mark is None:
        return 0, 0
    if mark.index < len(written):
        return mark.line, mark.column
    return written.count("\n"), len(written) - written.rfind("\n") - 1


class _TreeBuilder:
    """Builds nodes from events; the depth is bounded, and an alias returns the node that it names."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self.faults: list[tuple[YamlNode, str, str]] = []
        self.anchors: dict[str, YamlNode] = {}
        self.depth = 0

    def tree(self) -> YamlTree:
        """Return the document's tree, without a root for an empty file."""
        root: YamlNode | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _bad(event, "a second document starts here", "a file holds one: remove the line ---")
                root = self.node(next(self.events))
        return YamlTree(root, self.faults)

    def node(self, event: Any) -> YamlNode:
        """Return the node that starts with this event."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                message = f"YAML takes *{event.anchor} for an alias, and nothing has that name"
                raise _bad(event, message, "put it in quotes")
            return self.anchors[event.anchor]
        mark, end = event.start_mark, event.end_mark
        node = YamlNode("", mark.line, mark.column, start=mark.index, end=end.index)
        if isinstance(event, yaml.ScalarEvent):
            node.value, node.style = event.value, event.style or ""
            if event.tag not in PLAIN_TAGS:
                self.faults.append((node, f"YAML takes {quoted(event.tag)} for a tag", "put the whole value in quotes"))
        else:
            node.is_flow = bool(event.flow_style)
            is_list = isinstance(event, yaml.SequenceStartEvent)
            node.value = self.nested(event, lambda: self.items(node) if is_list else self.pairs(node))
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def nested(self, event: Any, build: Callable[[], Any]) -> Any:
        """Return what `build` makes of the events inside, one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _bad(event, f"nested more than {MAX_DEPTH} deep", "these files need no more than six levels")
        value = build()
        self.depth -= 1
        return value

    def items(self, node: YamlNode) -> list[YamlNode]:
        items: list[YamlNode] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event))
        node.end = _end_of(event)
        return items

    def pairs(self, node: YamlNode) -> dict[str, YamlNode]:
        pairs: dict[str, YamlNode] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event)
            value = self.node(next(self.events))
            if not isinstance(key.value, str):
                self.faults.append((key, "expected a key, found a list or mapping", "write key: value"))
            elif key.value in pairs:
                first = node.keys[key.value]
                where = f"it stands in line {first.line + 1} already"
                self.faults.append((key, f"doubled key {quoted(key.value)}", f"{where}: remove one of the two"))
            else:
                pairs[key.value], node.keys[key.value] = value, key
        node.end = _end_of(event)
        return pairs


def _end_of(event: Any) -> int:
    return int(event.end_mark.index)


def _bad(event: Any, message: str, hint: str) -> BadYamlError:
    return BadYamlError(message, event.start_mark.line, event.start_mark.column, hint)


def plain(root: YamlNode, *, with_empty: bool = False) -> Any:
    """Return the tree as dicts, lists and texts; raises BadYamlError where aliases make it too large.

    Keys without a value are left out, or have the value None where `with_empty` is set.
    """
    budget = [MAX_NODES]

    def convert(node: YamlNode) -> Any:
        budget[0] -= 1
        if budget[0] < 0:
            raise BadYamlError("aliases make this file endless", hint="write the values out")
        if isinstance(node.value, list):
            return [convert(item) for item in node.value]
        if isinstance(node.value, dict):
            pairs = node.value.items()
            if with_empty:
                return {key: None if value.is_empty else convert(value) for key, value in pairs}
            return {key: convert(value) for key, value in pairs if not value.is_empty}
        return node.value

    return convert(root)


def find(root: YamlNode | None, path: tuple[str | int, ...], *, key: bool = False) -> YamlNode:
    """Return the deepest node on `path`; with `key`, the key of the last step rather than its value."""
    node = root or YamlNode("", 0, 0)
    for number, step in enumerate(path):
        children = node.value
        if isinstance(children, dict) and step in children:
            last = number == len(path) - 1
            node = node.keys[str(step)] if key and last else children[str(step)]
        elif isinstance(children, list) and isinstance(step, int) and step < len(children):
            node = children[step]
        else:
            break
    return node
