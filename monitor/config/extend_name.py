"""Add spellings to an entry of a file of names in the entry's own style, and leave every other byte as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.config.append_entry import after_line, end_of_item, last_line, yaml_scalar
from monitor.config.file_parser import tree_of
from monitor.config.yaml_tree import YamlNode, find
from monitor.errors import MonitorError


@dataclass(frozen=True, slots=True)
class NameDraft:
    """A name to be written, with the forms of its `key` (`also` or `not`)."""

    name: str
    key: str
    forms: tuple[str, ...]

    def lines(self, inner: int = 2) -> list[str]:
        """Return the name as an item of a block list, in braces: most entries are short."""
        return [f"-{' ' * (inner - 1)}{{name: {yaml_scalar(self.name)}, {self.key}: {_in_brackets(self.forms)}}}"]

    def flow(self) -> str:
        """Return the name as an item of a list in brackets, in JSON, which is YAML too."""
        return json.dumps({"name": self.name, self.key: self.forms}, ensure_ascii=False)


def extend_name(text: str, number: int, key: str, forms: Sequence[str]) -> str:
    """Return the text of a file of names with more forms in the `key` of an entry, by its index in `names:`.

    The file must be valid. Where anchors and aliases are used, more than this entry may change: whoever writes the
    text compares what it holds. Raises MonitorError where the entry has a form that cannot be extended.
    """
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    entry = find(tree_of(body), ("names", number))
    if not isinstance(entry.value, dict):
        raise MonitorError("the entry cannot be extended; write it by hand")
    if key in entry.value:
        return mark + _with_more_items(body, entry.keys[key], entry.value[key], forms)
    return mark + _with_new_key(body, entry, key, forms)


def _with_more_items(text: str, key: YamlNode, value: YamlNode, forms: Sequence[str]) -> str:
    """Return the text with more items in the list, single text or missing value of a key."""
    start, end = value.start, value.end
    items = _scalars(forms, quoted=key.style == '"')
    if isinstance(value.value, list) and value.value and not value.is_flow:
        lines = [f"{' ' * value.column}- {item}" for item in items]
        return after_line(text, end_of_item(text, value.value[-1], value.column), lines)
    if isinstance(value.value, list):
        at, comma = (value.value[-1].end, ", ") if value.value else (text.index("[", start) + 1, "")
        return text[:at] + comma + ", ".join(items) + text[at:]
    if value.is_empty:
        at = text.index(":", key.end) + 1
        return f"{text[:at]} [{', '.join(items)}]{text[max(at, end) :]}"
    return f"{text[:start]}{_in_brackets([value.value, *forms])}{text[end:]}"


def _with_new_key(text: str, entry: YamlNode, key: str, forms: Sequence[str]) -> str:
    """Return the text with a key after the last one of an entry, its list written as that of the other key is."""
    values = list(entry.value.values())
    if entry.is_flow:
        at, quoted = values[-1].end, next(iter(entry.keys.values())).style == '"'
        written = json.dumps(key) if quoted else key
        return f"{text[:at]}, {written}: [{', '.join(_scalars(forms, quoted=quoted))}]{text[at:]}"
    sibling = next((value for value in values if isinstance(value.value, list)), None)
    if sibling is None or sibling.is_flow:
        lines = [f"{' ' * entry.column}{key}: {_in_brackets(forms)}"]
    else:
        dashes = " " * sibling.column
        lines = [f"{' ' * entry.column}{key}:", *(f"{dashes}- {item}" for item in _scalars(forms))]
    return after_line(text, last_line(text, entry) + 1, lines)


def _scalars(forms: Sequence[str], *, quoted: bool = False) -> list[str]:
    return [json.dumps(form, ensure_ascii=False) if quoted else yaml_scalar(form) for form in forms]


def _in_brackets(forms: Sequence[str]) -> str:
    return f"[{', '.join(_scalars(forms))}]"
