"""Append a rule or a name to the list in the text of a file, and leave every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.config.yaml_tree import BadYamlError, YamlNode, parse
from monitor.errors import MonitorError

_plain = re.compile(r"[^\W_](?:(?:[\w@.+/ -]|:(?=\d))*[\w@.+/-])?").fullmatch
_STEP = 2


class Draft(Protocol):
    """An entry to be written."""

    def lines(self, inner: int = _STEP) -> list[str]:
        """Return it as an item of a block list, with `inner` columns from its dash to its keys."""
        ...

    def flow(self) -> str:
        """Return it as an item of a list in brackets, on one line."""
        ...


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule to be written; the lines of `comment` go above its query, and `by` are keys of addresses."""

    name: str
    query: str
    to: tuple[str, ...] = ()
    send: str = ""
    active: bool = True
    comment: tuple[str, ...] = ()
    by: tuple[str, ...] = ()

    def lines(self, inner: int = _STEP) -> list[str]:
        """Return the rule as an item of a block list, with `inner` columns from its dash to its keys."""
        keys = [f"{key}: {value}" for key, value in self._pairs()]
        comment = [f"# {line}".rstrip() for line in map(printable, self.comment)]
        query = [f"  {line}".rstrip() for line in map(printable, self.query.strip().splitlines())]
        body = [*keys, *comment, "query: |", *query]
        return [f"-{' ' * (inner - 1)}{body[0]}", *(f"{' ' * inner}{line}".rstrip() for line in body[1:])]

    def flow(self) -> str:
        """Return the rule as an item of a list in brackets, on one line."""
        query = json.dumps("\n".join(map(printable, self.query.strip().splitlines())), ensure_ascii=False)
        return "{" + ", ".join(f"{key}: {value}" for key, value in (*self._pairs(), ("query", query))) + "}"

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("name", yaml_scalar(self.name))]
        pairs += [("to", f"[{', '.join(map(yaml_scalar, self.to))}]")] if self.to else []
        pairs += [("by", f"[{', '.join(self.by)}]")] if self.by else []
        pairs += [("send", yaml_scalar(self.send))] if self.send else []
        return pairs if self.active else [*pairs, ("active", "no")]


def printable(text: str) -> str:
    """Replace the characters that cannot be printed by spaces, as YAML requires."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def yaml_scalar(text: str) -> str:
    """Return a value so that YAML reads the same text back, quoted where needed."""
    return text if _plain(text) else json.dumps(text, ensure_ascii=False)


def append_entry(text: str, section: str, draft: Draft) -> str:
    """Return the text of a file with one more entry at the end of its list `section` (`rules`).

    Raises MonitorError where the file is no YAML, or has a form that cannot be extended.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    try:
        root = parse(body).root
    except BadYamlError as error:
        raise MonitorError(f"the file of {section} is no YAML as it stands: monitor check says where") from error
    if root is not None and not isinstance(root.value, dict):
        raise MonitorError("the file does not begin with a key; write the entry by hand")
    if root is not None and section in root.keys:
        return mark + _append_to_list(body, root.keys[section], root.value[section], draft)
    if root is not None and root.is_flow:
        raise MonitorError("the whole file stands in braces; write the entry by hand")
    return mark + after_line(body, body.count("\n") + 1, [f"{section}:", *_indented(draft, _STEP)])


def _append_to_list(text: str, key: YamlNode, value: YamlNode, draft: Draft) -> str:
    """Return the text with the entry in the list of `key`, in the list's own style."""
    start, end = value.start, value.end
    items = value.value if isinstance(value.value, list) else []
    if items and not value.is_flow:
        column, last = value.column, items[-1]
        is_beside_dash = text[: last.start].rpartition("\n")[2].strip() == "-"
        inner = max(last.column - column, _STEP) if is_beside_dash else _STEP
        return after_line(text, end_of_item(text, last, column), _indented(draft, column, inner))
    if items:
        at = items[-1].end
        return f"{text[:at]}, {draft.flow()}{text[at:]}"
    before_key = text[: key.start].rpartition("\n")[2]
    on_own_line = "\n" not in text[key.start : end] and not before_key.strip(" \ufeff")
    if value.is_flow and not on_own_line:
        return f"{text[: start + 1]}{draft.flow()}{text[start + 1 :]}"
    # The ways to write an empty list, or nothing.
    without_value = text[:start] + text[end:] if text[start:end].strip() in ("[]", "[ ]", "~", "null") else text
    return after_line(without_value, key.line + 1, _indented(draft, key.column + _STEP))


def end_of_item(text: str, item: YamlNode, column: int) -> int:
    """Return the number of lines up to the end of the last item of a list whose dashes are in `column`."""
    lines = text.split("\n")
    end = last_line(text, item) + 1
    for number in range(end, len(lines)):
        line = lines[number].rstrip()
        if line and len(line) - len(line.lstrip(" ")) <= column:
            break
        end = number + 1 if line else end
    return end


def last_line(text: str, node: YamlNode) -> int:
    """Return the line of the last value in a node of a text; a block scalar begins there and continues below."""
    while isinstance(node.value, list | dict) and not node.is_flow and node.value:
        node = node.value[-1] if isinstance(node.value, list) else list(node.value.values())[-1]
    if node.style in ("|", ">") or not node.end or text[node.end - 1] == "\n":
        return node.line
    return node.line + text.count("\n", node.start, node.end)


def _indented(draft: Draft, column: int, inner: int = _STEP) -> list[str]:
    return [f"{' ' * column}{line}".rstrip() for line in draft.lines(inner)]


def after_line(text: str, count: int, lines: Sequence[str]) -> str:
    """Insert lines after the first `count` lines of a text, with the text's own line ends."""
    ending = "\r\n" if "\r\n" in text else "\n"
    file_lines = text.split("\n")
    head, tail = "\n".join(file_lines[:count]), file_lines[count:]
    # Where nothing follows, the head is the whole text, whose last line may lack a line end.
    separator = ("" if head.endswith("\n") or not head else ending) if not tail else "\n"
    inserted = ending.join(lines) + ending
    return head + separator + inserted + "\n".join(tail)
