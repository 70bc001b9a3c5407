"""Where a character of a value stands in its file: the file's text and a scalar node in, line and column out.

YAML folds lines, strips indentation and doubles quotes, so the value is walked beside the source that it was made of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.config.yaml_tree import YamlNode

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_FOLD = re.compile(r"\\\r?\n[ \t]*")


@dataclass(slots=True)
class _Walk:
    """A position in the source and the style that says how to read on."""

    source: str
    at: int
    style: str

    def skip_space(self) -> None:
        while self.at < len(self.source):
            fold = _FOLD.match(self.source, self.at) if self.style == '"' else None
            if fold:
                self.at = fold.end()
            elif self.source[self.at].isspace():
                self.at += 1
            else:
                return

    def step(self) -> None:
        """Pass what one character of the value was written as."""
        escape = _ESCAPE.match(self.source, self.at) if self.style == '"' else None
        if escape:
            self.at = escape.end()
        else:
            self.at += 2 if self.style == "'" and self.source.startswith("''", self.at) else 1

    def pass_space(self) -> None:
        """Pass a space of the value; one that a line break was folded to is skipped with its indentation later."""
        if self.style == '"' and (fold := _FOLD.match(self.source, self.at)):
            self.at = fold.end()
        if self.source[self.at : self.at + 1] in (" ", "\t") or (self.style == '"' and self._escaped_space()):
            self.step()

    def _escaped_space(self) -> bool:
        return self.source[self.at : self.at + 2] in ("\\n", "\\t", "\\r", "\\ ")


def locate(source: str, node: YamlNode, offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of the character of `node.value` at `offset`; past the end is just behind it."""
    walk = _Walk(source, _content_start(source, node), node.style)
    value: str = node.value
    offset = min(max(offset, 0), len(value))
    for character in value[:offset]:
        if character.isspace():
            walk.pass_space()
        else:
            walk.skip_space()
            walk.step()
    if offset < len(value) and not value[offset].isspace():
        walk.skip_space()
    before = source[: walk.at]
    return before.count("\n") + 1, walk.at - (before.rfind("\n") + 1) + 1


def _content_start(source: str, node: YamlNode) -> int:
    if node.style in ("|", ">"):
        line_end = source.find("\n", node.start)
        return len(source) if line_end < 0 else line_end + 1
    return node.start + (1 if node.style else 0)
