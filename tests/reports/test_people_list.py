"""Who gets what: every address with its rules and mutes."""

from __future__ import annotations

from pathlib import Path

from monitor.reports.people_list import PersonRule, list_people
from monitor.silence_values import Mute, MuteKind
from monitor.store import Store, mute_records
from tests.cli.stand import NOW
from tests.config.helpers import good


def test_every_address_has_its_rules_and_mutes(store: Store, tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "people.yaml": """
                people:
                  - {name: Ann, mail: ann@m.test, quiet: '22:00-07:00', timezone: Asia/Tokyo}
                  - {name: Bob, mail: bob@m.test}
                """,
            "rules.yaml": """
                rules:
                  - {name: Harbour, query: harbour, to: [Ann, desk@m.test]}
                  - {name: Past, query: past, to: Ann, active: no}
                """,
        },
    )
    mutes = [Mute(MuteKind.RULE, "Harbour"), Mute(MuteKind.OUTLET, "wire", "bob@m.test")]
    with store.begin() as conn:
        mute_records.put(conn, mutes, NOW)
        found = list_people(conn, config, NOW)
    told = (PersonRule("Harbour", "at once", "", 30),)
    assert [(one.person, one.recipient, one.rules, [mute.target for mute in one.mutes]) for one in found] == [
        ("Ann", "ann@m.test", (PersonRule("Harbour", "at once", "22:00-07:00", 30),), ["Harbour"]),
        ("Bob", "bob@m.test", (), ["wire"]),
        ("", "desk@m.test", told, ["Harbour"]),
    ]
    assert [one.timezone for one in found] == ["Asia/Tokyo", "UTC", "UTC"]
