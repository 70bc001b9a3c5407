"""Remove spellings from an entry of a file of names, and leave every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.config.append_entry import last_line
from monitor.config.file_parser import tree_of
from monitor.config.yaml_tree import YamlNode, find

_comma = re.compile("[ \\t]*,?[ \\t]*").match


def remove_forms(text: str, number: int, key: str, items: Iterable[int]) -> str:
    """Return the text of a file of names without some items of the `key` of an entry, by their indexes from 0.

    The entry is named by its index in `names:`, and the file must be valid. A remark behind an item becomes a line of
    its own. Where the text has an unusual form, the result may be no such file: whoever writes it compares what it
    holds.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    for item in sorted(items, reverse=True):
        entry = find(tree_of(body), ("names", number))
        body = _without_item(body, entry.value[key], item)
    return mark + body


def _without_item(text: str, value: YamlNode, item: int) -> str:
    nodes = value.value
    if not isinstance(nodes, list):
        return f"{text[: value.start]}[]{text[value.end :]}"
    node = nodes[item]
    if not value.is_flow:
        return _without_lines(text, node, value.column)
    start = nodes[item - 1].end if item else value.start + 1
    end = nodes[item + 1].start if item + 1 < len(nodes) else value.end
    if "#" in text[start : node.start] + text[node.end : end]:
        return _without_text(text, node)
    if len(nodes) == 1:
        return f"{text[: value.start]}[]{text[value.end :]}"
    if item + 1 < len(nodes):
        return text[: node.start] + text[end:]
    return text[:start] + text[node.end :]


def _without_lines(text: str, node: YamlNode, column: int) -> str:
    """Return the text without the lines of an item behind a dash in `column`, but with the remark behind it."""
    lines = text.split("\n")
    end = last_line(text, node) + 1
    is_block = node.style in ("|", ">")
    _, sign, remark = ("", "", "") if is_block else text[node.end :].partition("\n")[0].partition("#")
    kept = [f"{' ' * column}#{remark}"] if sign else []
    return "\n".join([*lines[: node.line], *kept, *lines[end:]])


def _without_text(text: str, node: YamlNode) -> str:
    """Return the text without an item of a list in brackets that has remarks: one behind the item gets its own line."""
    before, after = text[: node.start], text[node.end :]
    comma = _comma(after)
    after = after[comma.end() :] if comma else after
    if after.startswith("#") and before.rpartition("\n")[2].strip():
        ending = "\r\n" if "\r\n" in text else "\n"
        before = f"{before.rstrip(' ')}{ending}{' ' * node.column}"
    return before + after
