"""`monitor people` lists who gets what, and mutes for one person."""

from __future__ import annotations

import json
from pathlib import Path

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
