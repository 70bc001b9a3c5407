"""Remove spellings from an entry of a file of names, and leave every other byte as it was."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.config.append_entry import last_line
from monitor.config.file_parser import tree_of
from monitor.config.yaml_tree import YamlNode, find


def remove_forms(text: str, number: int, key: str, items: Iterable[int]) -> str:
    """Return the text of a file of names without some items of the `key` of an entry, by their indexes from 0.

    The entry is named by its index in `names:`, and the file must be valid. A remark behind an item goes with it. Where
    the text has an unusual form, the result may be no such file: whoever writes it compares what it holds.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    for item in sorted(items, reverse=True):
        entry = find(tree_of(body), ("names", number))
        body = _without_item(body, entry.value[key], item)
    return mark + body


def _without_item(text: str, value: YamlNode, item: int) -> str:
    nodes = value.value
    if not isinstance(nodes, list) or (value.is_flow and len(nodes) == 1):
        return f"{text[: value.start]}[]{text[value.end :]}"
    node = nodes[item]
    if not value.is_flow:
        lines = text.split("\n")
        return "\n".join([*lines[: node.line], *lines[last_line(text, node) + 1 :]])
    if item + 1 < len(nodes):
        return text[: node.start] + text[nodes[item + 1].start :]
    return text[: nodes[item - 1].end] + text[node.end :]
