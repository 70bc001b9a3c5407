from datetime import time, timedelta
from pathlib import Path

from monitor.model import Cadence, Route
from tests.config.helpers import good

HOURLY, DAILY = Cadence("hourly"), Cadence("daily", times=(time(8),))


def routes(tmp_path: Path, **files: str) -> dict[str, Route]:
    config = good(tmp_path, {f"{name}.yaml": text for name, text in files.items()})
    return {route.recipient: route for route in config.rules["R"].routes}


def test_person_over_rule_over_file_defaults_over_monitor(tmp_path: Path) -> None:
    found = routes(
        tmp_path,
        monitor="""
            timezone: Europe/Istanbul
            defaults: {send: daily 08:00, max_per_hour: 10, quiet: 22:00-07:00}
            """,
        people="""
            defaults: {timezone: Europe/Kyiv, max_per_hour: 20}
            people:
              - {name: ann, mail: ann@m.test, send: hourly, timezone: Asia/Tokyo, quiet: no}
              - {name: bob, mail: bob@m.test}
            teams: {desk: [ann, bob, extra@m.test]}
            """,
        rules="""
            defaults: {to: [desk], send: every 2h, max_per_hour: 30}
            rules:
              - {name: R, query: peskov, quiet: "23:00-06:00"}
            """,
    )
    two_hours = Cadence("every", every=timedelta(hours=2))
    assert found == {
        "ann@m.test": Route("R", "ann@m.test", "maildir", HOURLY, 20, "Asia/Tokyo", None),
        "bob@m.test": Route("R", "bob@m.test", "maildir", two_hours, 20, "Europe/Kyiv", (time(23), time(6))),
        "extra@m.test": Route("R", "extra@m.test", "maildir", two_hours, 30, "Europe/Istanbul", (time(23), time(6))),
    }


def test_what_nobody_says_comes_from_monitor_yaml_and_then_from_us(tmp_path: Path) -> None:
    rules = "rules:\n  - {name: R, to: x@m.test, query: peskov}\n"
    assert routes(tmp_path, rules=rules)["x@m.test"] == Route("R", "x@m.test", "maildir", Cadence(), 30, "UTC", None)
    found = routes(tmp_path, rules=rules, monitor="defaults: {send: daily 08:00}\ntimezone: Europe/Kyiv\n")
    assert found["x@m.test"] == Route("R", "x@m.test", "maildir", DAILY, 30, "Europe/Kyiv", None)


def test_one_route_a_person_however_often_they_are_named(tmp_path: Path) -> None:
    found = routes(
        tmp_path,
        people="""
            people: [{name: ann, mail: ann@m.test, send: hourly}]
            teams:
              desk: [ann]
              all: [desk, ANN, Ann@m.test]
            """,
        rules="rules:\n  - {name: R, to: [all, desk, ann, ANN@m.test], query: peskov}\n",
    )
    assert [(route.recipient, route.cadence) for route in found.values()] == [("ann@m.test", HOURLY)]


def test_with_a_mail_host_mails_go_out_by_email(tmp_path: Path) -> None:
    found = routes(
        tmp_path,
        monitor="mail: {host: mail.m.test, from: News <n@m.test>}\n",
        rules="rules:\n  - {name: R, to: x@m.test, query: peskov}\n",
    )
    assert found["x@m.test"].channel == "email"


def test_rules_keep_what_they_say_of_themselves(tmp_path: Path) -> None:
    config = good(
        tmp_path,
        {
            "rules.yaml": """
            defaults: {active: no, to: x@m.test}
            rules:
              - {name: "112", query: peskov, wait: text, active: yes}
              - {name: "no", query: peskov}
              - {name: 113, query: peskov, wait: no}
            """
        },
    )
    assert {name: (rule.active, rule.wait_for_text) for name, rule in config.rules.items()} == {
        "112": (True, True),
        "no": (False, False),
        "113": (False, False),
    }
    assert set(config.compiled) == {"112"}
    assert set(config.routes) == {"112"}
    assert config.recipients == {"x@m.test"}
