"""`monitor rules list`: who is told by which rule and when, what is muted and what has ended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.store import Store
from tests.cli.stand import Stand, stand


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made = stand(tmp_path)
    made.write({"people.yaml": "people:\n  - {name: ann, mail: ann@desk.test}\nteams: {desk: [ann]}\n"})
    return made


def test_rules_are_listed_with_readers_and_times(here: Stand) -> None:
    rules = "rules:\n  - {name: A, to: desk, send: weekly Mon 09:00, active: no, query: tesla}\n"
    here.write({"rules.yaml": rules + "  - name: B\n    to: ann\n    query: |\n      # why\n      one OR\n      two\n"})
    found = json.loads(here.run("rules", "list", "--json").stdout)
    assert [rule["rule"] for rule in found] == ["A", "B"]
    assert found[0]["to"] == ["ann@desk.test"]
    assert found[0]["send"] == ["weekly Mon 09:00"]
    assert found[0]["active"] is False
    said = here.run("rules", "list").stdout
    assert "one OR …" in said
    assert "at once" in said
    assert "(ann@desk.test)" not in said


def test_who_is_told_when_is_listed_where_it_differs(here: Stand) -> None:
    people = "people:\n  - {name: ann, mail: ann@desk.test, send: daily 08:00}\n  - {name: bob, mail: bob@desk.test}\n"
    here.write({"people.yaml": people})
    here.write({"rules.yaml": "rules:\n  - {name: A, to: [ann, bob, eve@desk.test], query: tesla}\n"})
    assert "at once (bob@desk.test, eve@desk.test); daily 08:00 (ann@desk.test)" in here.run("rules", "list").stdout
    (rule,) = json.loads(here.run("rules", "list", "--json").stdout)
    assert rule["send"] == ["at once", "daily 08:00"]
    assert ("ann@desk.test", "daily 08:00") in [(route["to"], route["send"]) for route in rule["routes"]]


def test_what_is_muted_or_ended_is_listed(here: Stand) -> None:
    rules = "rules:\n  - {name: A, to: ann, until: 2020-01-31, query: tesla}\n"
    rules += "  - {name: B, to: ann, until: 2099-01-31 18:00, query: tesla}\n  - {name: C, to: ann, query: tesla}\n"
    here.write({"rules.yaml": rules})
    without = here.run("rules", "list")
    assert without.exit_code == 0
    assert "without what is muted: there is no database" in without.stderr
    (here.folder / "data").mkdir()
    Store.open(here.folder / "data" / "monitor.db").close()
    assert here.run("mute", "C", "--for", "ann", "--until", "2099-02-01").exit_code == 0
    assert here.run("mute", "B", "--until", "forever").exit_code == 0
    said = here.run("rules", "list")
    lines = {line.split()[0]: line for line in said.stdout.splitlines() if line.strip()}
    assert "ended 2020-02-01 00:00 UTC" in lines["A"]
    assert "yes until 2099-01-31 18:00 UTC; muted until it is unmuted" in lines["B"]
    assert "yes; muted for ann@desk.test until 2099-02-02 00:00 UTC" in lines["C"]
    assert said.stderr == ""
    listed = json.loads(here.run("rules", "list", "--json").stdout)
    assert [(one["ended"], one["until"], len(one["mutes"])) for one in listed] == [
        (True, "2020-02-01T00:00:00+00:00", 0),
        (False, "2099-01-31T18:00:00+00:00", 1),
        (False, None, 1),
    ]
