"""An entry put at the end of a list of a file, every other byte as it was: the file's text in, its new text out."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from monitor.errors import MonitorError

_plain = re.compile(r"[^\W_](?:(?:[\w@.+/ -]|:(?=\d))*[\w@.+/-])?").fullmatch
_STEP = 2


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A rule to be written: its lines of comment stand above its query."""

    name: str
    query: str
    to: tuple[str, ...] = ()
    send: str = ""
    active: bool = True
    comment: tuple[str, ...] = ()

    def lines(self, inner: int = _STEP) -> list[str]:
        """The rule as an item of a block list, `inner` columns from its dash to its keys; the query is a block."""
        keys = [f"{key}: {value}" for key, value in self._pairs()]
        comment = [f"# {line}".rstrip() for line in map(printable, self.comment)]
        query = [f"  {line}".rstrip() for line in map(printable, self.query.strip().splitlines())]
        body = [*keys, *comment, "query: |", *query]
        return [f"-{' ' * (inner - 1)}{body[0]}", *(f"{' ' * inner}{line}".rstrip() for line in body[1:])]

    def flow(self) -> str:
        """The rule as an item of a list in brackets, all on one line."""
        query = json.dumps("\n".join(map(printable, self.query.strip().splitlines())), ensure_ascii=False)
        return "{" + ", ".join(f"{key}: {value}" for key, value in (*self._pairs(), ("query", query))) + "}"

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("name", scalar(self.name))]
        pairs += [("to", f"[{', '.join(map(scalar, self.to))}]")] if self.to else []
        pairs += [("send", scalar(self.send))] if self.send else []
        return pairs if self.active else [*pairs, ("active", "no")]


def printable(text: str) -> str:
    """One line in which everything can be seen, as YAML wants it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def scalar(text: str) -> str:
    """One value as YAML reads it back, in quotation marks where it must be."""
    return text if _plain(text) else json.dumps(text, ensure_ascii=False)


def with_rule(text: str, rule: FileDraft) -> str:
    """The text of a rules file with one more rule at the end of its `rules:`."""
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise MonitorError("the file of rules is no YAML as it stands: monitor check says where") from error
    if root is None:
        return mark + _after_line(body, body.count("\n") + 1, ["rules:", *_indented(rule, _STEP)])
    if not isinstance(root, yaml.MappingNode):
        raise MonitorError("the file does not begin with a key; write the rule by hand")
    found = next(((key, value) for key, value in root.value if key.value == "rules"), None)
    if found is not None:
        return mark + _into(body, *found, rule)
    if getattr(root, "flow_style", False):
        raise MonitorError("the whole file stands in braces; write the rule by hand")
    return mark + _after_line(body, body.count("\n") + 1, ["rules:", *_indented(rule, _STEP)])


def _into(text: str, key: yaml.Node, value: yaml.Node, rule: FileDraft) -> str:
    """The text with the rule in the list that `key` leads to, in the list's own style."""
    start, end = value.start_mark.index, value.end_mark.index
    items = value.value if isinstance(value, yaml.SequenceNode) else []
    if items and not getattr(value, "flow_style", False):
        column, last = value.start_mark.column, items[-1]
        inner = max(last.start_mark.column - column, _STEP) if last.start_mark.line == _dash(text, last) else _STEP
        return _after_line(text, _end_of_item(text, last, column), _indented(rule, column, inner))
    if items:
        at = items[-1].end_mark.index
        return f"{text[:at]}, {rule.flow()}{text[at:]}"
    alone = "\n" not in text[key.start_mark.index : end] and key.start_mark.column == _indent(text, key)
    if isinstance(value, yaml.SequenceNode) and not alone:
        return f"{text[: start + 1]}{rule.flow()}{text[start + 1 :]}"
    kept = text[:start] + text[end:] if text[start:end].strip() in ("[]", "[ ]", "~", "null") else text
    return _after_line(kept, key.end_mark.line + 1, _indented(rule, key.start_mark.column + _STEP))


def _dash(text: str, item: yaml.Node) -> int:
    """The line of an item whose first key stands beside the dash."""
    before = text[: item.start_mark.index].rpartition("\n")[2]
    return item.start_mark.line if before.strip() == "-" else -1


def _indent(text: str, node: yaml.Node) -> int:
    """The column at which the node's line begins, whatever stands there."""
    line = text.split("\n")[node.start_mark.line]
    return len(line) - len(line.lstrip(" \ufeff"))


def _end_of_item(text: str, item: yaml.Node, column: int) -> int:
    """The number of lines up to the end of the last item of a list whose dashes stand in `column`."""
    lines = text.split("\n")
    end = _last_line(item) + 1
    for number in range(end, len(lines)):
        line = lines[number].rstrip()
        if line and len(line) - len(line.lstrip(" ")) <= column:
            break
        end = number + 1 if line else end
    return end


def _last_line(node: yaml.Node) -> int:
    """The line of the last thing in a node; a block scalar goes on below it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return int(node.start_mark.line if block or not node.end_mark.column else node.end_mark.line)


def _indented(rule: FileDraft, column: int, inner: int = _STEP) -> list[str]:
    return [f"{' ' * column}{line}".rstrip() for line in rule.lines(inner)]


def _after_line(text: str, count: int, lines: Sequence[str]) -> str:
    """The text with lines behind its first `count` ones, in the file's own line ends."""
    ending = "\r\n" if "\r\n" in text else "\n"
    there = text.split("\n")
    head, tail = "\n".join(there[:count]), there[count:]
    # Where nothing follows, the head is the whole text, and its last line may or may not be ended.
    glue = ("" if head.endswith("\n") or not head else ending) if not tail else "\n"
    made = ending.join(lines) + ending
    return head + glue + made + "\n".join(tail)
