"""What people.yaml says of somebody with several addresses, and what rules make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config import Config
from monitor.config.new_rules import recipient_problem
from tests.config.helpers import good, loaded

PEOPLE = """
people:
  - {name: Ann, mail: ann@m.test, webhook: {url: "http://10.0.0.1/s3cret", token_file: ann_token}}
  - {name: Bob, webhook: http://hooks.test/s3cret-bob, send: hourly}
  - {name: Cid, mail: cid@m.test, webhook: http://hooks.test/s3cret-cid, by: mail}
  - {name: Step by Step, mail: step@m.test}
teams: {desk: [Ann, Cid by webhook]}
"""


def config_with(tmp_path: Path, to: str) -> Config:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ann_token").write_text("t0ken")
    rules = f"rules:\n  - {{name: R, query: peskov, to: [{to}]}}\n"
    return good(tmp_path, {"people.yaml": PEOPLE, "rules.yaml": rules})


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("Ann", {"ann@m.test": "maildir", "ann by webhook": "webhook"}),
        ("ann BY WEBHOOK", {"ann by webhook": "webhook"}),
        ("Ann  by   webhook", {"ann by webhook": "webhook"}),
        ("Ann by mail, ann@m.test", {"ann@m.test": "maildir"}),
        ("Bob", {"bob by webhook": "webhook"}),
        ("Cid", {"cid@m.test": "maildir"}),
        ("desk", {"ann@m.test": "maildir", "ann by webhook": "webhook", "cid by webhook": "webhook"}),
        ("Step by Step, Step by Step by mail", {"step@m.test": "maildir"}),
    ],
)
def test_each_address_is_a_recipient_of_its_own(tmp_path: Path, to: str, expected: dict[str, str]) -> None:
    config = config_with(tmp_path, to)
    assert {route.recipient: route.channel for route in config.rules["R"].routes} == expected
    assert all(recipient_problem(config, word.strip()) == "" for word in to.split(","))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("to: Ann, by: mail", {"ann@m.test"}),
        ("to: Ann, by: [mail, webhook]", {"ann@m.test", "ann by webhook"}),
        ("to: Ann, by: Webhook", {"ann by webhook"}),
        ("to: [Cid, Bob], by: [mail, webhook]", {"cid@m.test", "cid by webhook", "bob by webhook"}),
        ("to: desk, by: webhook", {"ann by webhook", "cid by webhook"}),
        ("to: [Ann by mail, x@m.test, Bob], by: webhook", {"ann@m.test", "x@m.test", "bob by webhook"}),
    ],
)
def test_a_rule_chooses_by_which_addresses_people_are_told(tmp_path: Path, rule: str, expected: set[str]) -> None:
    files = {"people.yaml": PEOPLE, "rules.yaml": f"rules:\n  - {{name: R, query: talks, {rule}}}\n"}
    found = loaded(tmp_path, files)
    assert not found.errors
    assert found.config
    assert {route.recipient for route in found.config.rules["R"].routes} == expected


def test_a_rule_chooses_before_the_defaults_of_its_file(tmp_path: Path) -> None:
    rules = "defaults: {to: Ann, by: webhook}\nrules:\n  - {name: R, query: talks}\n  - {name: S, query: x, by: mail}\n"
    config = loaded(tmp_path, {"people.yaml": PEOPLE, "rules.yaml": rules}).config
    assert config
    told = {name: [route.recipient for route in rule.routes] for name, rule in config.rules.items()}
    assert told == {"R": ["ann by webhook"], "S": ["ann@m.test"]}


def test_an_endpoint_has_the_options_of_its_channel_and_shows_no_secret(tmp_path: Path) -> None:
    config = config_with(tmp_path, "Ann")
    ann = config.endpoints["ann by webhook"]
    given = ann.options.model_dump(exclude_defaults=True)
    assert given == {"url": "http://10.0.0.1/s3cret", "token_file": Path("ann_token")}
    assert "s3cret" not in repr(config.endpoints)
    assert set(config.endpoints) == {"ann by webhook", "bob by webhook", "cid by webhook"}


def test_the_rules_of_commands_answer_as_the_files_do(tmp_path: Path) -> None:
    config = config_with(tmp_path, "Ann")
    assert recipient_problem(config, "ann by webhok") == "“Ann” has no “webhok” (did you mean webhook?)"
    assert recipient_problem(config, "Bob by mail") == "“Bob” has no “mail” (what the person has: webhook)"


def test_a_token_that_is_not_there_is_pointed_out(tmp_path: Path) -> None:
    monitor = "operator: {webhook: {url: http://h.test, token_file: x}}"
    found = loaded(tmp_path, {"people.yaml": PEOPLE, "monitor.yaml": monitor})
    assert [str(problem).partition(" (")[0] for problem in found.problems] == [
        "monitor.yaml:1:54: warning: there is no file x",
        "people.yaml:3:88: warning: there is no file ann_token",
    ]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("http://h.test/a", "HTTP://H.test.:80/a", True),
        ("https://h.test", "https://h.test:443/#top", True),
        ("https://straße.test/a", "https://xn--strae-oqa.test/a", True),
        ("https://h.test/hook/aB", "https://h.test/hook/Ab", False),
        ("https://h.test/?key=a", "https://h.test/?key=b", False),
        ("https://h.test/a", "http://h.test/a", False),
        ("https://h.test/a", "https://h.test:8443/a", False),
    ],
)
def test_two_people_share_no_address_however_it_is_spelled(
    tmp_path: Path, first: str, second: str, is_one: bool
) -> None:
    people = f"people:\n  - {{name: ann, webhook: '{first}'}}\n  - {{name: bob, webhook: '{second}'}}\n"
    problems = [str(problem) for problem in loaded(tmp_path, {"people.yaml": people}).errors]
    assert [problem.partition(" address ")[0] for problem in problems] == ["people.yaml:3:26: error:"] * is_one


@pytest.mark.parametrize(
    "other", ["  - {name: Ann by webhook, mail: a@m.test}\n", "teams: {ann by webhook: [a@m.test]}\n"]
)
def test_nobody_is_called_what_means_the_address_of_another(tmp_path: Path, other: str) -> None:
    people = f"people:\n  - {{name: ann, webhook: http://h.test}}\n{other}"
    (problem,) = loaded(tmp_path, {"people.yaml": people}).errors
    assert "by webhook” is there twice (it is in people.yaml:2 already)" in str(problem)


def test_a_team_has_no_address_of_its_own(tmp_path: Path) -> None:
    rules = "rules:\n  - {name: R, query: peskov, to: [desk by webhook]}\n"
    problems = loaded(tmp_path, {"people.yaml": PEOPLE, "rules.yaml": rules}).errors
    expected = "rules.yaml:2:35: error: a team has no address of its own (name its people, like “ann by webhook”)"
    assert [str(problem) for problem in problems] == [expected]


def test_addresses_are_shared_by_the_person_or_else_by_the_file(tmp_path: Path) -> None:
    people = "defaults: {shared: yes}\npeople:\n  - {name: desk, mail: desk@m.test, ntfy: https://ntfy.test/d}\n"
    config = good(tmp_path, {"people.yaml": people + "  - {name: ann, mail: ann@m.test, shared: no}\n"})
    assert config.shared == {"desk@m.test", "desk by ntfy"}
    assert config.warnings == ()
