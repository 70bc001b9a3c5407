"""A rule that is added: its name must be free, and whom it tells must be known."""

from __future__ import annotations

from pathlib import Path

from monitor.config.append_entry import RuleDraft
from monitor.config.new_rules import add_rule, existing_place, recipient_problem
from tests.config.helpers import OUTLET, RULE, good, loaded

PEOPLE = "people: [{name: Ann, mail: ann@m.test}]\nteams: {desk: [Ann]}\n"


def test_a_rule_is_added_where_rules_are_once_somebody_writes_it(tmp_path: Path) -> None:
    before = loaded(tmp_path, {"rules.yaml": RULE, "outlets.yaml": OUTLET})
    edit = add_rule(tmp_path, tmp_path / "data", before, RuleDraft("Port", "harbour", ("ann@m.test",), "hourly"))
    assert edit.file == tmp_path / "rules.yaml"
    assert "Port" not in edit.file.read_text(encoding="utf-8")
    edit.write()
    (route,) = good(tmp_path, {}).rules["Port"].routes
    assert route.recipient == "ann@m.test"


def test_a_name_is_taken_by_rules_and_lists_whatever_its_case(tmp_path: Path) -> None:
    config = good(tmp_path, {"rules.yaml": RULE, "outlets.yaml": OUTLET, "lists.yaml": "lists:\n  talks: [talk]\n"})
    assert existing_place(config, "peskoV") == "rules.yaml:3"
    assert existing_place(config, "Talks") == "lists.yaml:2"
    assert existing_place(config, "Port") == ""


def test_a_recipient_is_a_person_a_team_or_an_address(tmp_path: Path) -> None:
    config = good(tmp_path, {"rules.yaml": RULE, "people.yaml": PEOPLE})
    assert [recipient_problem(config, word) for word in ("ann", "DESK", "bob@m.test")] == ["", "", ""]
    assert recipient_problem(config, "anne") == "nobody is called “anne” (did you mean Ann?)"
    assert "is not a mail address" in recipient_problem(config, "a@b@c")
    assert "are several: give each by itself" in recipient_problem(config, "ann, desk")
