import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.repair import corrected, query_line, quieted
from monitor.config.tree import parse


def test_the_corrected_block_can_be_pasted() -> None:
    text = 'rules:\n  - name: One\n    query: "Istanbul talks" OR Peskov\n'
    line = query_line(text, 2)
    assert line == 2
    block = corrected(text, line)
    mended = "\n".join([*text.splitlines()[:2], block]) + "\n"
    root = parse(mended).root
    assert root is not None
    assert root.value["rules"].value[0].value["query"].value == '"Istanbul talks" OR Peskov\n'


def test_an_entry_in_braces_becomes_lines() -> None:
    text = 'rules:\n  - {name: Five, to: [desk, ed], query: "one" OR "two", send: hourly}\n'
    assert corrected(text, 1) == (
        '  - name: Five\n    to: [desk, ed]\n    send: hourly\n    query: |\n      "one" OR "two"'
    )
    root = parse("rules:\n" + corrected(text, 1) + "\n").root
    assert root is not None
    assert list(root.value["rules"].value[0].value) == ["name", "to", "send", "query"]


def test_single_quotes_around_all_are_taken_off() -> None:
    assert corrected("query: '\"Dmitry''s\"'", 0) == 'query: |\n  "Dmitry\'s"'


@pytest.mark.parametrize("text", ["query: |\n  @x", "query: >-  # why\n", "query:", "name: x", "- name: query", ""])
def test_blocks_and_other_lines_are_not_to_blame(text: str) -> None:
    assert query_line(text, 0) is None


def test_an_error_below_a_query_may_be_its_own() -> None:
    text = "query: 'it's\n  not\nname: x\n"
    assert query_line(text, 1) == 0
    assert query_line('query: "it\nname: x\n', 1) == 0
    assert query_line("query: fine\nname: @x\n", 1) is None


def test_what_is_quieted_can_be_read() -> None:
    text = 'rules:\n  - {name: a, query: "b" OR "c"}\n  - query: @x\n    name: d\n'
    for line in (1, 2):
        text = quieted(text, line)
    assert parse(text).root is not None


@given(st.text("query: {}[]'\"|>-#@\nab", max_size=60), st.integers(0, 9))
def test_anything_can_be_looked_at(text: str, line: int) -> None:
    found = query_line(text, line)
    if found is not None:
        corrected(text, found)
        assert quieted(text, found).count("\n") == text.count("\n")
