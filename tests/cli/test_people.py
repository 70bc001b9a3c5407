"""`monitor people` lists who gets what, and mutes for one person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.store import Store
from tests.cli.stand import stand


def test_a_mute_for_one_person_is_listed_and_undone(tmp_path: Path) -> None:
    here = stand(tmp_path)
    here.write({"people.yaml": "people: [{name: ann, mail: ann@readers.test, webhook: https://hook.test/a}]\n"})
    (tmp_path / "data").mkdir()
    Store.open(tmp_path / "data" / "monitor.db").close()
    assert here.run("people", "mute", "ann", "harbour", "--until", "2h").exit_code == 0
    told = {one["recipient"]: one for one in json.loads(here.run("people", "list", "--json").stdout)}
    assert [mute["target"] for mute in told["ann@readers.test"]["mutes"]] == ["Harbour"]
    assert [mute["target"] for mute in told["ann by webhook"]["mutes"]] == ["Harbour"]
    assert "the rule Harbour is muted for ann@readers.test until" in here.run("people", "list").stdout
    assert here.run("people", "unmute", "ann", "Harbour").exit_code == 0
    assert all(not one["mutes"] for one in json.loads(here.run("people", "list", "--json").stdout))
    assert "did you mean ann" in str(here.run("people", "mute", "anne", "Harbour", "--until", "2h").exception)


def test_before_the_first_start_people_are_listed_without_a_database(tmp_path: Path) -> None:
    here = stand(tmp_path)
    here.write({"people.yaml": "people: [{name: ann, mail: ann@readers.test}]\n"})
    (told,) = json.loads(here.run("people", "list", "--json").stdout)
    assert (told["person"], [one["rule"] for one in told["rules"]], told["mutes"]) == ("ann", ["Harbour"], [])


def test_who_is_away_is_listed_until_the_holiday_is_over(tmp_path: Path) -> None:
    here = stand(tmp_path)
    people = "people:\n  - {name: ann, mail: ann@readers.test, timezone: Pacific/Apia, away: 2026-12-24..2099-01-06}\n"
    people += "  - {name: bob, mail: bob@readers.test, away: '2026-12-24..2099-01-06, no digest'}\n"
    here.write({"people.yaml": people + "  - {name: eve, mail: eve@readers.test, away: 2020-12-24..2021-01-06}\n"})
    (tmp_path / "data").mkdir()
    Store.open(tmp_path / "data" / "monitor.db").close()
    told = {one["person"]: one["away"] for one in json.loads(here.run("people", "list", "--json").stdout)}
    assert told["ann"] == {"first": "2026-12-24", "last": "2099-01-06", "digest": True}
    assert told["eve"] is None
    said = here.run("people", "list").stdout
    assert "2026-12-24..2099-01-06, no digest" in said
    assert "2020-12-24" not in said


@pytest.mark.parametrize(
    "command", [("people", "mute", "desk", "Harbour"), ("mute", "Harbour", "--for", "desk@m.test")]
)
def test_the_operator_is_asked_before_a_shared_address_is_muted(command: tuple[str, ...], tmp_path: Path) -> None:
    here = stand(tmp_path)
    people = "{name: desk, mail: desk@m.test, shared: yes}, {name: ann, mail: ann@m.test}"
    here.write({"people.yaml": f"people: [{people}]\n"})
    (tmp_path / "data").mkdir()
    Store.open(tmp_path / "data" / "monitor.db").close()
    muted = (*command, "--until", "2h")
    for answer in ("n\n", "\n", ""):
        ran = here.run(*muted, stdin=answer)
        assert ran.exit_code == 1
        assert (
            "several people read desk (desk@m.test): all of them would hear nothing of the rule Harbour" in ran.stdout
        )
        assert here.run("mute").stdout == "nothing is muted\n"
    for words, answer in ((muted, "y\n"), ((*muted, "--yes"), "")):
        assert here.run(*words, stdin=answer).exit_code == 0
        assert "for desk@m.test until" in here.run("people", "list").stdout
        assert here.run("people", "unmute", "desk", "Harbour").exit_code == 0
    assert "desk@m.test (shared)" in here.run("people", "list").stdout
    # Nobody is asked who mutes for himself alone, or for everybody.
    assert here.run("people", "mute", "ann", "Harbour", "--until", "2h").exit_code == 0
    assert here.run("mute", "Harbour", "--until", "2h").exit_code == 0
