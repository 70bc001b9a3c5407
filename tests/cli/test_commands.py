"""Every command over a folder as a daemon leaves it: what it prints, what it changes, how it exits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.cli import COMMANDS
from monitor.errors import ConfigError, StoreError
from monitor.store import Store, delivery_admin
from tests.cli.conftest import RULES, SETTINGS, Monitor
from tests.peers.smtp import Peer


def _states(folder: Path) -> list[str]:
    with Store.open(folder / "data" / "monitor.db", read_only=True) as store, store.reading() as conn:
        return [one.state.value for one in delivery_admin.listing(conn)][::-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(monitor: Monitor, name: str) -> None:
    done = monitor(name, "--help")
    assert done.exit_code == 0
    assert "Usage: monitor" in done.stdout


@pytest.mark.parametrize(("wrong", "right"), [("stats", "status"), ("chek", "check"), ("alert", "alerts")])
def test_a_wrong_word_is_answered_with_the_nearest(monitor: Monitor, wrong: str, right: str) -> None:
    done = monitor(wrong)
    assert done.exit_code == 2
    assert f"Did you mean '{right}'" in done.stderr.replace("\n", " ")


# --- check -----------------------------------------------------------------------------------------------------


def test_a_good_configuration_is_said_to_be_good_without_a_database(monitor: Monitor, folder: Path) -> None:
    done = monitor("check")
    assert (done.exit_code, "good; 1 outlet, 1 rule, 1 recipient" in done.stdout) == (0, True)
    assert "stories are told apart by text" in done.stdout
    assert not (folder / "data").exists()


def test_every_problem_has_its_place(monitor: Monitor, folder: Path) -> None:
    (folder / "config" / "rules.yaml").write_text(RULES + "  - {nme: X, to: [a@b.test], query: '(x'}\n")
    (folder / "config" / "outlets.yaml").write_text("outlets:\n  - {name: news, feed: news.test}\n")
    done = monitor("check")
    assert done.exit_code == 2
    assert "rules.yaml:3:6: error" in done.stdout
    assert "name" in done.stdout
    assert "outlets.yaml:2:" in done.stdout
    listed = json.loads(monitor("check", "--json").stdout)
    assert {problem["file"] for problem in listed} == {"rules.yaml", "outlets.yaml"}
    assert {"file", "line", "column", "message", "hint", "severity"} == set(listed[0])


def test_warnings_are_an_error_only_when_strict(monitor: Monitor, folder: Path) -> None:
    (folder / "config" / "rules.yaml").write_text(RULES + "  - {name: Nobody, query: market}\n")
    assert (monitor("check").exit_code, monitor("check", "--strict").exit_code) == (0, 2)


def test_a_folder_that_is_not_there(monitor: Monitor, folder: Path) -> None:
    done = monitor("check", "--config", str(folder / "nowhere"))
    assert isinstance(done.exception, ConfigError)
    assert "MONITOR_CONFIG" in str(done.exception)


# --- status and outlets ----------------------------------------------------------------------------------------


def test_status_says_what_wants_attention_and_totals(monitor: Monitor, past: Path) -> None:
    done = monitor("status")
    assert done.exit_code == 0
    assert "! mails that failed: 1" in done.stdout
    assert "1 failed, 1 sent, 1 waiting" in done.stdout
    shown = monitor("status", "--all").stdout
    feeds = json.loads(monitor("status", "--all", "--json").stdout)["feeds"]
    assert "next poll" in shown
    # Two feeds of one outlet are told apart.
    assert any(feed["url"] in line for feed in feeds for line in shown.splitlines() if line.startswith("news "))
    assert "usually  whole text  seen after  gaps" in shown.partition("of the last 7 days:")[2]
    assert [one["outlet"] for one in json.loads(monitor("status", "--all", "--json").stdout)["week"]] == ["news"]
    body = json.loads(monitor("status", "--json").stdout)
    assert (body["running"], body["articles"], len(body["feeds"])) == (True, 0, 1)


def test_a_report_is_shown_or_written_as_a_page_for_its_owner(monitor: Monitor, past: Path) -> None:
    done = monitor("report", "--since", "12h")
    subjects = [
        line.split()[0] for line in done.stdout.splitlines() if line.startswith(("articles ", "news ", "Harbour "))
    ]
    assert (done.exit_code, subjects) == (0, ["articles", "news", "Harbour"])
    page = past / "week.html"
    assert monitor("report", "--html", str(page)).stdout == f"{page} was written\n"
    assert "there is no folder" in str(monitor("report", "--html", str(past / "no-such" / "week.html")).exception)
    assert not (past / "no-such").exists()
    assert (page.read_text().startswith("<!doctype html>"), page.stat().st_mode & 0o777) == (True, 0o600)
    body = json.loads(monitor("report", "--json", "--since", "2w").stdout)
    assert [(one["outlet"], one["articles"]) for one in body["outlets"]] == [("news", 0)]
    assert monitor("report", "--since", "yesterday").exit_code == 2


def test_status_fails_only_when_asked_to(monitor: Monitor, past: Path) -> None:
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE uptime SET stopped_at = beat_at")
    assert (monitor("status").exit_code, monitor("status", "--fail").exit_code) == (0, 1)


def test_without_a_database_it_is_said_how_to_get_one(monitor: Monitor) -> None:
    done = monitor("status")
    assert isinstance(done.exception, StoreError)
    assert "monitor run" in str(done.exception)


def test_outlets_are_listed_with_their_feeds(monitor: Monitor) -> None:
    assert "https://news.test/rss" in monitor("outlets", "list").stdout
    (outlet,) = json.loads(monitor("outlets", "list", "--json").stdout)
    assert (outlet["outlet"], outlet["country"], outlet["groups"]) == ("news", "no", ["dailies"])


@pytest.mark.parametrize("address", ["https://reader:s3cret@news.test/rss", "https://news.test/rss?api_key=s3cret"])
def test_credentials_in_an_address_are_never_printed(monitor: Monitor, past: Path, address: str) -> None:
    (past / "config" / "outlets.yaml").write_text(f"outlets: ['{address}']\n")
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        stored = (address, f"redirect: to {address}", address)
        conn.exec_driver_sql("UPDATE feeds SET url = ?, last_error = ?, moved_to = ?, failures = 3", stored)
        conn.exec_driver_sql("UPDATE feeds SET notes = last_error")
    assert "read so far, 1 failing now\n" in monitor("status").stdout
    lists = (("outlets", "list"), ("outlets", "list", "--json"), ("explain", "https://news.test/unknown"))
    for words in (("status",), ("status", "--all"), ("status", "--json"), *lists):
        said = monitor(*words).stdout
        assert "news.test" in said
        assert "s3cret" not in said


def test_status_says_what_was_odd_about_each_feed_that_was_read(monitor: Monitor, past: Path) -> None:
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE feeds SET notes = 'repaired', last_error = '', failures = 0, health = 'ok'")
    said = "news was read, but: repaired (https://news.test/rss)"
    assert f"- {said}\n" in monitor("status").stdout
    shown = json.loads(monitor("status", "--json").stdout)
    assert shown["notes"] == [said]
    assert [feed["notes"] for feed in shown["feeds"]] == ["repaired"]


# --- alerts ----------------------------------------------------------------------------------------------------


def test_mails_are_listed_by_state_and_reader(monitor: Monitor, past: Path) -> None:
    assert [one["state"] for one in json.loads(monitor("alerts", "list", "--json").stdout)] == [
        "waiting",
        "failed",
        "sent",
    ]
    failed = monitor("alerts", "list", "--state", "failed").stdout
    assert "550 no such box" in failed
    assert "sent@readers.test" not in failed
    assert "sent@readers.test" in monitor("alerts", "list", "--to", "sent@readers.test").stdout


def test_a_state_that_is_none_is_answered_with_the_nearest(monitor: Monitor, past: Path) -> None:
    (row,) = json.loads(monitor("alerts", "list", "--state", "failed", "--json").stdout)
    assert {"title", "rules"} <= row.keys()
    assert "ended, or until when" in monitor("alerts", "list").stdout
    done = monitor("alerts", "list", "--state", "faild")
    assert done.exit_code == 2
    assert "did you mean failed" in done.stderr


def test_a_mail_is_shown_as_its_reader_sees_it_and_moves_no_cursor(monitor: Monitor, past: Path) -> None:
    done = monitor("alerts", "show", "2")
    assert "To: <failed@readers.test>" in done.stdout or "To: failed@readers.test" in done.stdout
    assert "open." in done.stdout
    assert "\x1b" not in done.stdout
    assert "not made yet" in monitor("alerts", "show", "3").stdout
    assert "there is no mail 9" in str(monitor("alerts", "show", "9").exception)


def test_retry_drop_and_release_change_what_they_say(monitor: Monitor, past: Path) -> None:
    assert "1 mail tried again now" in monitor("alerts", "retry", "2").stdout
    assert _states(past) == ["sent", "waiting", "waiting"]
    assert "1 mail dropped" in monitor("alerts", "drop", "3").stdout
    assert _states(past) == ["sent", "waiting", "dropped"]
    with Store.open(past / "data" / "monitor.db") as store, store.begin() as conn:
        delivery_admin.hold_all(conn, "restored")
    assert "1 mail released" in monitor("alerts", "release", "--all").stdout
    assert _states(past) == ["sent", "waiting", "dropped"]


def test_what_cannot_be_done_is_said_and_fails(monitor: Monitor, past: Path) -> None:
    done = monitor("alerts", "retry", "1")
    assert done.exit_code == 1
    assert "left as they are: 1" in done.stdout
    assert monitor("alerts", "retry").exit_code == 2


# --- mail test -------------------------------------------------------------------------------------------------


def _through(folder: Path, peer: Peer) -> None:
    mail = f"mail: {{from: News <m@desk.test>, host: 127.0.0.1, port: {peer.port}, security: none, timeout: 5}}\n"
    (folder / "config" / "monitor.yaml").write_text(SETTINGS + mail)


def test_a_specimen_shows_each_step_with_the_answer(monitor: Monitor, folder: Path) -> None:
    with Peer() as peer:
        _through(folder, peer)
        done = monitor("mail", "test", "ann@readers.test")
        assert done.exit_code == 0, done.output
        steps = [line.split()[1] for line in done.stdout.splitlines()]
        assert steps[0] == "connect"
        assert "2.0.0 taken" in done.stdout
        assert [one.recipients for one in peer.accepted] == [("ann@readers.test",)]


def test_a_refused_specimen_shows_where_and_fails(monitor: Monitor, folder: Path) -> None:
    with Peer(faults=["rcpt=550"]) as peer:
        _through(folder, peer)
        done = monitor("mail", "test", "ann@readers.test")
    assert done.exit_code == 1
    assert "FAIL RCPT TO" in done.stdout
    assert "550" in done.stdout


def test_a_server_that_knows_no_ehlo_has_taken_it_all_the_same(monitor: Monitor, folder: Path) -> None:
    with Peer(faults=["ehlo=502"]) as peer:
        _through(folder, peer)
        done = monitor("mail", "test", "ann@readers.test")
        assert len(peer.accepted) == 1
    assert "FAIL EHLO" in done.stdout
    assert done.exit_code == 0, done.output


def test_what_is_no_address_gets_no_specimen(monitor: Monitor, folder: Path) -> None:
    for wrong in ("ann", "ann@", "a b@readers.test", "ann@readers.test,bob@readers.test", "=?UTF-8?Q?a?=\n@x.test"):
        done = monitor("mail", "test", wrong)
        assert (done.exit_code, "is no mail address" in done.output.replace("\n", " ")) == (2, True), done.output
    assert not (folder / "data" / "mail").exists()


def test_without_a_host_the_specimen_lies_in_the_maildir(monitor: Monitor, folder: Path) -> None:
    done = monitor("mail", "test", "ann@readers.test")
    assert done.exit_code == 0
    assert str(folder / "data" / "mail") in done.stdout
    assert len(list((folder / "data" / "mail" / "new").iterdir())) == 1


# --- backup, restore, db ---------------------------------------------------------------------------------------


def test_a_restore_holds_what_waited_and_lets_feeds_begin_anew(monitor: Monitor, past: Path) -> None:
    copy = past / "copy.db"
    assert f"monitor restore {copy}" in monitor("backup", str(copy)).stdout.replace("\n", " ")
    monitor("alerts", "drop", "3")
    done = monitor("restore", str(copy))
    assert done.exit_code == 0, done.output
    assert "1 feed " in done.stdout
    assert "alerts list --state held" in done.stdout
    assert _states(past) == ["sent", "failed", "held"]
    with Store.open(past / "data" / "monitor.db", read_only=True) as store, store.reading() as conn:
        assert conn.exec_driver_sql("SELECT batch_id LIKE 'restore %' FROM feeds").scalars().all() == [1]
    assert monitor("alerts", "release", "--all").exit_code == 0
    assert _states(past) == ["sent", "failed", "waiting"]


def test_what_is_no_backup_is_refused_and_changes_nothing(monitor: Monitor, past: Path) -> None:
    (past / "copy.db").write_bytes(b"nonsense " * 2000)
    for name in ("copy.db", "missing.db"):
        assert isinstance(monitor("restore", str(past / name)).exception, StoreError)
    assert _states(past) == ["sent", "failed", "waiting"]


def test_an_upgrade_says_where_and_whether_it_is_new(monitor: Monitor, folder: Path) -> None:
    assert "up to date (new)" in monitor("db", "upgrade").stdout.replace("\n", " ")
    assert "(new)" not in monitor("db", "upgrade").stdout
    assert (folder / "data").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [("db", "upgrade"), ("restore", "copy.db")])
def test_a_data_folder_that_cannot_be_made_is_told(monitor: Monitor, folder: Path, words: tuple[str, ...]) -> None:
    (folder / "data").write_text("in the way")
    failure = monitor(*words).exception
    assert isinstance(failure, StoreError)
    assert "cannot be made" in str(failure)


def test_a_copy_to_postgresql_agrees_and_leaves_the_source(monitor: Monitor, past: Path, postgres_url: str) -> None:
    done = monitor("db", "copy", "--to", postgres_url)
    assert done.exit_code == 0, done.output
    assert "both sides agree" in done.stdout
    with Store.open(postgres_url) as target, target.reading() as conn:
        assert [one.state.value for one in delivery_admin.listing(conn)] == ["waiting", "failed", "sent"]
    with pytest.raises(StoreError, match="copied"):
        Store.open(past / "data" / "monitor.db", daemon=True)
