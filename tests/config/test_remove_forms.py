"""Forms leave the entry of a name; a remark behind one becomes a line of its own, and every other byte stays."""

from __future__ import annotations

import pytest

from monitor.config.file_parser import parse_file
from monitor.config.models import NamesFile
from monitor.config.remove_forms import remove_forms

FILES = {
    "braces": ("- {name: Rudd, also: [Радд, Rud, Рудд]}  # why", "- {name: Rudd, also: [Радд, Рудд]}  # why"),
    "brackets over lines": (
        "- name: Rudd\n  also: [Радд,\n    Rud,  # a slip\n    Рудд]",
        "- name: Rudd\n  also: [Радд,\n    # a slip\n    Рудд]",
    ),
    "brackets with remarks in the lines of several": (
        "- name: Rudd\n  also: [Радд, Rud,  # a slip\n    Рудд]",
        "- name: Rudd\n  also: [Радд,\n               # a slip\n    Рудд]",
    ),
    "the last in brackets with remarks": (
        "- name: Rudd\n  also: [\n    Радд, # ours\n    Rud # a slip\n  ]",
        "- name: Rudd\n  also: [\n    Радд, # ours\n    # a slip\n  ]",
    ),
    "the only one in brackets with a remark": (
        "- name: Rudd\n  also: [\n    Rud # a slip\n  ]",
        "- name: Rudd\n  also: [\n    # a slip\n  ]",
    ),
    "the last": ('- {name: Rudd, also: [Радд, "Rud"]}', "- {name: Rudd, also: [Радд]}"),
    "a comma at the end": ("- {name: Rudd, also: [Радд, Rud,]}", "- {name: Rudd, also: [Радд,]}"),
    "the only one": ("- {name: Rudd, also: [Rud,], not: [Руди]}", "- {name: Rudd, also: [], not: [Руди]}"),
    "a single text": ("- name: Rudd\n  also: Rud  # a slip", "- name: Rudd\n  also: []  # a slip"),
    "a block list": (
        "- name: Rudd\n  also:\n  # ours\n  - Радд\n  - Rud  # a slip\n  # theirs\n  - Рудд\n  not: [Руди]",
        "- name: Rudd\n  also:\n  # ours\n  - Радд\n  # a slip\n  # theirs\n  - Рудд\n  not: [Руди]",
    ),
    "the only one of a block list": (
        "- name: Rudd\n  also:\n  - Rud\n  not: [Руди]",
        "- name: Rudd\n  also:\n  not: [Руди]",
    ),
}  # fmt: skip


def spellings(text: str) -> tuple[str, ...]:
    """The `also` of the second entry."""
    parsed_file = parse_file("names.yaml", "names", text)
    assert parsed_file.problems == ()
    assert isinstance(parsed_file.model, NamesFile)
    return tuple(parsed_file.model.names[1].also)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", FILES)
def test_a_form_leaves_and_all_else_is_as_it_was(case: str, end: str) -> None:
    before, after = (f"names:\n- name: A\n{entry}\n- name: C\n".replace("\n", end) for entry in FILES[case])
    also = spellings(before)
    assert remove_forms(before, 1, "also", [also.index("Rud")]) == after
    assert spellings(after) == tuple(text for text in also if text != "Rud")


def test_several_forms_leave_at_once() -> None:
    text = "\ufeffnames:\n- {name: Rudd, also: [A, Радд, B, C]}\n"
    assert remove_forms(text, 0, "also", [0, 3, 2]) == "\ufeffnames:\n- {name: Rudd, also: [Радд]}\n"
