"""Forms go into the entry of a name in the entry's own style; every other byte stays."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.append_entry import append_entry
from monitor.config.extend_name import NameDraft, extend_name
from monitor.config.file_parser import parse_file
from monitor.config.models import NameKeys, NamesFile

FORMS = ("Руді", "Peskov'un", "亚历山大·福明")
# The entry to extend is the second one.
FILES = {
    "braces": "names:\n  - {name: A}\n  - {name: Rudd, not: [Руди]}    # another man's name\n  - {name: C}\n",
    "braces, no key": "names:\n  - {name: A}\n  - {name: Rudd, also: [Радд]}  # why\n",
    "the name alone": "names:\n  - {name: A}\n  - {name: Rudd}\n",
    "a comma at the end": "names:\n  - {name: A}\n  - {name: Rudd, not: [Руди,],}\n",
    "no brackets": "names:\n  - {name: A}\n  - {name: Rudd, not: Руди}\n",
    "empty brackets": "names:\n  - {name: A}\n  - {name: Rudd, not: []}  # none\n",
    "brackets over lines": "names:\n  - {name: A}\n  - name: Rudd\n    not: [Руди,  # why\n      Руды]\n  # C\n",
    "a block list": "names:\n- name: A\n- name: Rudd\n  not:\n  - Руди  # why\n  # about also\n  also: [Радд]\n",
    "a block list of the other key": "names:\n  - name: A\n  - name: Rudd\n    also:\n      - Радд\n\n  - name: C\n",
    "a single text": "names:\n  - name: A\n  - name: Rudd\n    not: Руди  # why\n    also: [Радд]\n",
    "nothing behind the key": "names:\n  - name: A\n  - name: Rudd\n    not:  # none yet\n    also: [Радд]\n",
    "a space before the colon": "names:\n  - name: A\n  - name: Rudd\n    not : ~\n",
    "a tilde": "names:\n  - name: A\n  - name: Rudd\n    not: ~\n",
    "no newline at the end": "names:\n  - name: A\n  - name: Rudd\n    also: [Радд]",
    "lines of Windows": "names:\r\n  - name: A\r\n  - name: Rudd\r\n    also: [Радд]\r\n  - name: C\r\n",
    "a mark at the start": "\ufeffnames:\n  - name: A\n  - name: Rudd\n    also:\n      - Радд\n",
    "JSON": '{"names": [{"name": "A"}, {"name": "Rudd", "not": ["Руди"]}]}\n',
    "JSON without the key": '{"names": [{"name": "A"}, {"name": "Rudd"}]}\n',
    "an anchor of its own": "names:\n  - {name: A}\n  - {name: Rudd, not: &no [Руди]}\n",
}


def names_of(text: str) -> list[NameKeys]:
    parsed_file = parse_file("names.yaml", "names", text.removeprefix("\ufeff"))
    assert parsed_file.problems == ()
    assert isinstance(parsed_file.model, NamesFile)
    return list(parsed_file.model.names)


@pytest.mark.parametrize("key", ["not", "also"])
@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_forms_are_there_and_all_else_is_as_it_was(text: str, key: str) -> None:
    made = extend_name(text, 1, key, FORMS)
    expected = names_of(text)
    name = "excluded" if key == "not" else "also"
    expected[1] = expected[1].model_copy(update={name: (*getattr(expected[1], name), *FORMS)})
    assert names_of(made) == expected
    gone = [op for op in difflib.SequenceMatcher(None, text, made, autojunk=False).get_opcodes() if op[0] != "insert"]
    assert "".join(text[start:end] for tag, start, end, _, _ in gone if tag != "equal").strip() in ("", "~")
    assert not text.count("\r\n") or made.count("\n") == made.count("\r\n")


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("braces", "  - {name: Rudd, not: [Руди, Руді]}    # another man's name\n"),
        ("braces, no key", "  - {name: Rudd, also: [Радд], not: [Руді]}  # why\n"),
        ("brackets over lines", "      Руды, Руді]\n  # C\n"),
        ("a block list", "  - Руди  # why\n  - Руді\n  # about also\n"),
        ("a block list of the other key", "      - Радд\n    not:\n      - Руді\n\n  - name: C\n"),
        ("a single text", "    not: [Руди, Руді]  # why\n"),
        ("nothing behind the key", "    not: [Руді]  # none yet\n"),
        ("JSON", '{"name": "Rudd", "not": ["Руди", "Руді"]}'),
        ("JSON without the key", '{"name": "Rudd", "not": ["Руді"]}'),
    ],
)
def test_the_entry_keeps_its_style(case: str, line: str) -> None:
    assert line in extend_name(FILES[case], 1, "not", ["Руді"])


@pytest.mark.parametrize(
    "text", ["", "# mine\n", "names:\n", "names: []\n", "names:\n  - {name: A}\n", '{"names": []}']
)
def test_a_new_name_goes_to_the_end(text: str) -> None:
    made = append_entry(text, "names", NameDraft("Kevin Rudd", "not", FORMS))
    assert names_of(made)[-1] == NameKeys(name="Kevin Rudd", **{"not": FORMS})  # type: ignore[arg-type]
    assert len(names_of(made)) == len(names_of(text)) + 1 if text.strip() else True


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20),
    st.sampled_from(sorted(FILES)),
)
def test_forms_are_only_text(form: str, case: str) -> None:
    made = extend_name(FILES[case], 1, "not", [form])
    assert names_of(made)[1].excluded[-1] == form
