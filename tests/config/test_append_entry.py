"""A rule goes to the end of the list of a file in the file's own style; every other byte stays."""

from __future__ import annotations

import difflib
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.append_entry import RuleDraft, append_entry
from monitor.config.file_parser import ParsedFile, parse_file
from monitor.config.models import RuleEntry, RulesFile
from monitor.errors import MonitorError
from monitor.model import Cadence

DRAFT = RuleDraft("New one", "# why\ntruce NEAR/5 talks", ("desk", "ann@readers.test"), "daily 08:00")
BLOCK = "rules:\n  - name: Old\n    to: [desk]\n    query: |\n      harbour\n"
FILES = {
    "a block list": BLOCK,
    "no newline at the end": BLOCK.rstrip("\n"),
    "lines of Windows": BLOCK.replace("\n", "\r\n"),
    "Windows without an end": BLOCK.replace("\n", "\r\n").rstrip(),
    "a mark at the start": "\ufeff" + BLOCK,
    "lists after it": BLOCK + "\n# what talks are called\nlists:\n  talks: [talk]\n",
    "comments everywhere": "# top\n"
    + BLOCK
    + "    # of the old one\n\n# of the lists\nlists: {talks: [talk]}  # end\n",
    "no indentation": "rules:\n- name: Old\n  query: |\n    harbour\n\n    ferry\nlists: {talks: [talk]}\n",
    "wide dashes": "rules:\n    -   name: Old\n        query: harbour\n",
    "a dash alone": "rules:\n  -\n    name: Old\n    query: harbour\n",
    "items in braces": "rules:\n  - {name: Old, query: harbour}\n  # the end\n",
    "braces over lines": "rules:\n  - {name: Old,\n     query: harbour}\nlists: {talks: [talk]}\n",
    "a quoted query": 'rules:\n  - name: Old\n    query: "harbour AND\n      ferry"\nlists: {talks: [talk]}\n',
    "the query first": "rules:\n  - query: |\n      harbour\n\n    name: Old\n\n\n",
    "a list in brackets": "rules: [{name: Old, query: harbour}]  # all\nlists: {talks: [talk]}\n",
    "brackets over lines": "rules: [\n  {name: Old, query: harbour},  # first\n]\n",
    "an empty list": "rules: []\nlists: {talks: [talk]}\n",
    "an empty list with a word": "rules: []  # none yet\n",
    "nothing behind the key": "rules:\nlists: {talks: [talk]}\n",
    "nothing behind the key at the end": "# mine\nrules:",
    "a tilde": "rules: ~\n",
    "an empty list over lines": "rules: [\n]\n",
    "other keys alone": "lists: {talks: [talk]}\n",
    "comments alone": "# rules will stand here\n",
    "nothing": "",
    "all in braces": "{rules: [{name: Old, query: harbour}]}\n",
}


def rules_of(parsed_file: ParsedFile) -> tuple[RuleEntry, ...]:
    assert isinstance(parsed_file.model, RulesFile)
    return parsed_file.model.rules


def _plain(rule: RuleEntry) -> RuleEntry:
    # A block at the very end of a file has no line end until something follows.
    return rule.model_copy(update={"query": rule.query.strip()})


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_the_rule_is_there_and_all_else_is_as_it_was(text: str) -> None:
    made = append_entry(text, "rules", DRAFT)
    before = parse_file("rules.yaml", "rules", text.removeprefix("\ufeff"))
    after = parse_file("rules.yaml", "rules", made.removeprefix("\ufeff"))
    assert after.problems == ()
    rules = rules_of(after)
    assert [_plain(rule) for rule in rules[:-1]] == [_plain(rule) for rule in rules_of(before)]
    assert (rules[-1].name, rules[-1].to) == (DRAFT.name, DRAFT.to)
    assert rules[-1].query.strip() == DRAFT.query
    assert rules[-1].send == Cadence("daily", times=(time(8),))
    assert isinstance(before.model, RulesFile)
    assert isinstance(after.model, RulesFile)
    assert after.model.lists == before.model.lists


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_nothing_is_taken_away(text: str) -> None:
    made = append_entry(text, "rules", DRAFT)
    gone = [op for op in difflib.SequenceMatcher(None, text, made, autojunk=False).get_opcodes() if op[0] != "insert"]
    taken = "".join(text[start:end] for tag, start, end, _, _ in gone if tag != "equal")
    assert taken in ("", "[]", "~")
    assert ("\r\n" in text) == ("\r\n" in made)
    assert not text.count("\r\n") or made.count("\n") == made.count("\r\n")


def test_it_stands_where_the_eye_looks_for_it() -> None:
    made = append_entry(FILES["lists after it"], "rules", RuleDraft("B", "b"))
    assert made == BLOCK + "  - name: B\n    query: |\n      b\n" + FILES["lists after it"].removeprefix(BLOCK)


@pytest.mark.parametrize("text", ["- a\n- b\n", "{lists: {}}\n", "rules: [\n", "rules:\n\t- x\n"])
def test_what_cannot_be_continued_is_refused(text: str) -> None:
    with pytest.raises(MonitorError):
        append_entry(text, "rules", DRAFT)


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20),
    st.text(max_size=40),
    st.lists(st.text(max_size=30), max_size=3),
    st.sampled_from([BLOCK, "rules: [{name: Old, query: harbour}]\n", ""]),
)
def test_names_queries_and_comments_are_only_text(name: str, query: str, comment: list[str], text: str) -> None:
    made = append_entry(text, "rules", RuleDraft(name, f"x {query} y", comment=tuple(comment), active=False))
    rules = rules_of(parse_file("rules.yaml", "rules", made))
    assert rules[-1].name == name
    assert rules[-1].active is False
    assert rules[-1].query.split()[0] == "x"
    assert rules[-1].query.split()[-1] == "y"
    assert len(rules) == (2 if text else 1)
