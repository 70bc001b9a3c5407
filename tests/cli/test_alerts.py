"""`monitor alerts` says how mails stand at this moment, and what a change of them leads to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import Alert, Item, Kind, Match, Message
from monitor.store import Store, deletion, deliveries, delivery_admin, outbox
from tests.cli.conftest import Monitor

BEYOND = "99999999999999999999"


@pytest.mark.parametrize("number", ["4", "3000000000", BEYOND])
def test_a_mail_that_does_not_exist_is_said_whatever_its_number(monitor: Monitor, past: Path, number: str) -> None:
    shown = monitor("alerts", "show", number)
    assert (shown.exit_code, str(shown.exception)) == (1, f"there is no mail {number} (monitor alerts list)")
    for verb in ("retry", "drop", "release"):
        done = monitor("alerts", verb, number)
        assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, f"left as they are: {number}")


def _states(monitor: Monitor) -> dict[str, str]:
    """What the list says last of each mail, by its number."""
    lines = monitor("alerts", "list").stdout.splitlines()[1:]
    return {line.split()[0]: line.rstrip() for line in lines}


def test_the_list_says_until_when_since_when_and_by_whom_mails_wait(monitor: Monitor, past: Path) -> None:
    now = datetime.now(UTC)
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        later = Alert("later@readers.test", "digest:1", 0, Kind.NOTICE, now + timedelta(days=1), subject="later")
        deliveries.add(conn, [later], now)
    shown = _states(monitor)
    assert f"due since {now:%Y-%m-%d}" in shown["3"]
    assert f"until {now + timedelta(days=1):%Y-%m-%d}" in shown["4"]
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE deliveries SET last_error = '451 later' WHERE id = 3")
        delivery_admin.hold_all(conn, "restored today")
    assert {number: shown.endswith("held back: restored today") for number, shown in _states(monitor).items()} == {
        "1": False,
        "2": False,
        "3": True,
        "4": True,
    }


def test_a_refusal_for_good_was_not_put_off(monitor: Monitor, past: Path) -> None:
    assert monitor("alerts", "show", "2").stdout.splitlines()[1] == "550 no such box"
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE deliveries SET attempts = 2 WHERE id = 2")
    assert monitor("alerts", "show", "2").stdout.splitlines()[1] == "put off 2 times; 550 no such box"


def test_a_mail_is_shown_with_its_attempts_and_their_answers(monitor: Monitor, past: Path) -> None:
    shown = monitor("alerts", "show", "2").stdout
    assert "given up: 550 no such box" in next(line for line in shown.splitlines() if line.startswith("attempt 1  "))
    record = json.loads(monitor("alerts", "show", "2", "--json").stdout)
    (answer,) = record["answers"]
    assert (answer["number"], answer["decision"], answer["answer"]) == (1, "failed", "550 no such box")
    assert (record["id"], "The harbour is" in record["message"]) == (2, True)
    listed = json.loads(monitor("alerts", "list", "--json").stdout)
    assert [len(one["answers"]) for one in listed] == [0, 1, 1]


def test_without_a_daemon_nothing_is_said_to_leave_now(monitor: Monitor, past: Path) -> None:
    said = "no daemon is running: they leave once one does (monitor run)"
    assert said in monitor("alerts", "retry", "2").stdout
    assert said not in monitor("alerts", "drop", "2").stdout
    assert said not in monitor("alerts", "retry", "2").stdout


def test_a_mail_whose_bytes_are_kept_no_more_was_made_all_the_same(monitor: Monitor, past: Path) -> None:
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        deletion.delete_messages(conn, datetime.now(UTC) + timedelta(days=1))
    shown = monitor("alerts", "show", "1").stdout
    assert "kept no more" in shown
    assert "not made yet" not in shown
    assert "not made yet" in monitor("alerts", "show", "3").stdout


def test_recipients_are_found_however_their_address_is_written(monitor: Monitor, past: Path) -> None:
    assert "sent@readers.test" in monitor("alerts", "list", "--to", "Sent@Readers.TEST").stdout
    assert "sent@readers.test" not in monitor("alerts", "list", "--to", "ent@readers.test").stdout


def test_mails_are_found_by_rule_day_and_story(monitor: Monitor, past: Path) -> None:
    now = datetime.now(UTC)
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        about = Alert("ann@readers.test", "story:9", 0, Kind.ALERT, now, (Item(9, 9, (Match("Harbour"),)),))
        deliveries.add(conn, [about], now - timedelta(days=3))

    def found(*words: str) -> list[int]:
        return [one["id"] for one in json.loads(monitor("alerts", "list", "--json", *words).stdout)]

    assert (found("--rule", "Harbour"), found("--rule", "Harbour", "--state", "sent")) == ([4], [])
    assert (found("--since", "1d"), found("--since", "7d", "--to", "ann@readers.test")) == ([3, 2, 1], [4])
    assert "did you mean Harbour" in str(monitor("alerts", "list", "--rule", "Harbor").exception)
    assert "there is no story '9'" in str(monitor("alerts", "list", "--story", "9").exception)


def test_a_mail_about_a_piece_that_is_kept_no_more_has_its_subject(monitor: Monitor, past: Path) -> None:
    now = datetime.now(UTC)
    item = Item(99, 99, (Match("Harbour"),))
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        deliveries.add(conn, [Alert("ann@readers.test", "story:99", 0, Kind.ALERT, now, (item,))], now)
        for due in outbox.claim(conn, now, 9, timedelta(minutes=1)):
            message = Message(due.alert.recipient, "m@desk.test", "<1@desk.test>", "The old harbour", b"")
            outbox.keep_message(conn, due.id, due.token, message, now)
    assert "The old harbour" in _states(monitor)["4"]


def test_where_there_is_no_such_mail_the_list_says_so(monitor: Monitor, past: Path) -> None:
    for words in (("--to", "nobody@x.eu"), ("--state", "held")):
        assert monitor("alerts", "list", *words).stdout == "no such mail\n"
