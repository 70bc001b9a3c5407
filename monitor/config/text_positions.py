"""Find the line and column of a character of a scalar in its file.

YAML folds lines, strips indentation and doubles quotes, so the value is walked in parallel with its source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.config.yaml_tree import YamlNode

# The escapes of double-quoted scalars (YAML 1.2, 5.7).
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_FOLD = re.compile(r"\\\r?\n[ \t]*")


@dataclass(slots=True)
class _SourceCursor:
    """An offset in the source, and the style of the scalar, which says how to move on."""

    source: str
    offset: int
    style: str

    def skip_space(self) -> None:
        while self.offset < len(self.source):
            fold = _FOLD.match(self.source, self.offset) if self.style == '"' else None
            if fold:
                self.offset = fold.end()
            elif self.source[self.offset].isspace():
                self.offset += 1
            else:
                return

    def skip_character(self) -> None:
        """Move past what one character of the value was written as."""
        escape = _ESCAPE.match(self.source, self.offset) if self.style == '"' else None
        if escape:
            self.offset = escape.end()
        else:
            self.offset += 2 if self.style == "'" and self.source.startswith("''", self.offset) else 1

    def skip_value_space(self) -> None:
        """Move past a space of the value; a folded line break is skipped with its indentation later."""
        if self.style == '"' and (fold := _FOLD.match(self.source, self.offset)):
            self.offset = fold.end()
        if self.source[self.offset : self.offset + 1] in (" ", "\t") or (self.style == '"' and self._escaped_space()):
            self.skip_character()

    def _escaped_space(self) -> bool:
        return self.source[self.offset : self.offset + 2] in ("\\n", "\\t", "\\r", "\\ ")


def locate(source: str, node: YamlNode, offset: int) -> tuple[int, int]:
    """Return line and column (from 1) of the character at `offset` of `node.value`, or the end for a larger offset."""
    cursor = _SourceCursor(source, _content_start(source, node), node.style)
    value: str = node.value
    offset = min(max(offset, 0), len(value))
    for character in value[:offset]:
        if character.isspace():
            cursor.skip_value_space()
        else:
            cursor.skip_space()
            cursor.skip_character()
    if offset < len(value) and not value[offset].isspace():
        cursor.skip_space()
    before = source[: cursor.offset]
    return before.count("\n") + 1, cursor.offset - (before.rfind("\n") + 1) + 1


def _content_start(source: str, node: YamlNode) -> int:
    if node.style in ("|", ">"):
        line_end = source.find("\n", node.start)
        return len(source) if line_end < 0 else line_end + 1
    return node.start + (1 if node.style else 0)
