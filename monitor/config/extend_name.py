"""Add spellings to an entry of a file of names in the entry's own style, and leave every other byte as it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from monitor.config.append_entry import after_line, end_of_item, last_line, yaml_scalar
from monitor.errors import MonitorError

_EMPTY = ("", "~")


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
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        # This parser refuses a few texts that libyaml's, which loads the files, reads.
        raise MonitorError("the file cannot be extended as it stands; write the form by hand") from error
    pairs = root.value if root is not None else ()
    names = next((value for name, value in pairs if name.value == "names"), None)
    entry = names.value[number] if isinstance(names, yaml.SequenceNode) else None
    if not isinstance(entry, yaml.MappingNode):
        raise MonitorError("the entry cannot be extended; write it by hand")
    for name, value in entry.value:
        if name.value == key:
            return mark + _with_more_items(body, name, value, forms)
    return mark + _with_new_key(body, entry, key, forms)


def _with_more_items(
    text: str, key: yaml.ScalarNode, value: yaml.ScalarNode | yaml.CollectionNode, forms: Sequence[str]
) -> str:
    """Return the text with more items in the list, single text or missing value of a key."""
    start, end = value.start_mark.index, value.end_mark.index
    items = _scalars(forms, quoted=key.style == '"')
    if isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
        column = value.start_mark.column
        lines = [f"{' ' * column}- {item}" for item in items]
        return after_line(text, end_of_item(text, value.value[-1], column), lines)
    if isinstance(value, yaml.SequenceNode):
        at, comma = (value.value[-1].end_mark.index, ", ") if value.value else (text.index("[", start) + 1, "")
        return text[:at] + comma + ", ".join(items) + text[at:]
    if value.value in _EMPTY and text[start : start + 1] not in ("'", '"'):
        at = text.index(":", key.end_mark.index) + 1
        return f"{text[:at]} [{', '.join(items)}]{text[max(at, end) :]}"
    return f"{text[:start]}{_in_brackets([value.value, *forms])}{text[end:]}"


def _with_new_key(text: str, entry: yaml.MappingNode, key: str, forms: Sequence[str]) -> str:
    """Return the text with a key after the last one of an entry, its list written as that of the other key is."""
    if entry.flow_style:
        at, quoted = entry.value[-1][1].end_mark.index, entry.value[0][0].style == '"'
        written = json.dumps(key) if quoted else key
        return f"{text[:at]}, {written}: [{', '.join(_scalars(forms, quoted=quoted))}]{text[at:]}"
    column = entry.start_mark.column
    sibling = next((value for _, value in entry.value if isinstance(value, yaml.SequenceNode)), None)
    if sibling is None or sibling.flow_style:
        lines = [f"{' ' * column}{key}: {_in_brackets(forms)}"]
    else:
        dashes = " " * sibling.start_mark.column
        lines = [f"{' ' * column}{key}:", *(f"{dashes}- {item}" for item in _scalars(forms))]
    return after_line(text, last_line(entry) + 1, lines)


def _scalars(forms: Sequence[str], *, quoted: bool = False) -> list[str]:
    return [json.dumps(form, ensure_ascii=False) if quoted else yaml_scalar(form) for form in forms]


def _in_brackets(forms: Sequence[str]) -> str:
    return f"[{', '.join(_scalars(forms))}]"
