import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.query_repair import corrected_block, neutralised, query_line
from monitor.config.yaml_tree import parse


def test_the_corrected_block_can_be_pasted() -> None:
    text = 'rules:\n  - name: One\n    query: "Istanbul talks" OR Peskov\n'
    line = query_line(text.split("\n"), 2)
    assert line == 2
    block = corrected_block(text.split("\n")[line])
    mended = "\n".join([*text.splitlines()[:2], block]) + "\n"
    root = parse(mended).root
    assert root is not None
    assert root.value["rules"].value[0].value["query"].value == '"Istanbul talks" OR Peskov\n'


def test_an_entry_in_braces_becomes_lines() -> None:
    text = 'rules:\n  - {name: Five, to: [desk, ed], query: "one" OR "two", send: hourly}\n'
    assert corrected_block(text.split("\n")[1]) == (
        '  - name: Five\n    to: [desk, ed]\n    send: hourly\n    query: |\n      "one" OR "two"'
    )
    root = parse("rules:\n" + corrected_block(text.split("\n")[1]) + "\n").root
    assert root is not None
    assert list(root.value["rules"].value[0].value) == ["name", "to", "send", "query"]


def test_single_quotes_around_all_are_taken_off() -> None:
    assert corrected_block("query: '\"Dmitry''s\"'") == 'query: |\n  "Dmitry\'s"'


@pytest.mark.parametrize("text", ["query: |\n  @x", "query: >-  # why\n", "query:", "name: x", "- name: query", ""])
def test_blocks_and_other_lines_are_not_to_blame(text: str) -> None:
    assert query_line(text.split("\n"), 0) is None


def test_an_error_below_a_query_may_be_its_own() -> None:
    text = "query: 'it's\n  not\nname: x\n"
    assert query_line(text.split("\n"), 1) == 0
    assert query_line(['query: "it', "name: x"], 1) == 0
    assert query_line(["query: fine", "name: @x"], 1) is None


def test_what_is_quieted_can_be_read() -> None:
    lines = ["rules:", '  - {name: a, query: "b" OR "c"}', "  - query: @x", "    name: d"]
    assert parse("\n".join(neutralised(line) for line in lines)).root is not None


@given(st.lists(st.text("query: {}[]'\"|>-#@ab", max_size=30), max_size=5), st.integers(0, 9))
def test_any_lines_can_be_looked_at(lines: list[str], line: int) -> None:
    found = query_line(lines, line)
    if found is not None:
        assert "query: |" in corrected_block(lines[found])
        assert "\n" not in neutralised(lines[found])
