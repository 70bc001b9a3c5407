"""The real daemon: what it says, how it heeds edits and signals, what it refuses."""

from __future__ import annotations

import json
import re
import signal

import pytest

from monitor.steps.form_changes import pack, unpack
from monitor.store import Store, article_queries, config_files
from tests.run.daemons import Daemon, command
from tests.run.place import Place
from tests.steps.world import OPERATOR, READER, RULES

FIRST = "1 feed: 1 article read, 1 new, 1 matched"
MARKET = RULES + f"  - {{name: Market, to: [{READER}], query: market}}\n"
BROKEN = RULES + "  - {name: Market, to: [nobody], query: '(market'}\n"


async def test_it_says_where_everything_is_and_what_the_first_poll_brought(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until(FIRST)
        assert f"configuration {place.folder / 'config'}: 1 outlet, 1 feed, 1 rule" in daemon.said
        assert f"database {place.folder / 'data' / 'monitor.db'} (new)" in daemon.said
        assert "mails go out through 127.0.0.1" in daemon.said
        await daemon.until(f"sent to {READER}")
        assert await daemon.stop() == 0
    assert daemon.lines[-1].endswith("stopped")
    async with Daemon(place.folder) as daemon:
        await daemon.until("(with what earlier runs stored)")
        assert await daemon.stop() == 0


async def test_without_a_mail_host_mails_lie_in_a_maildir_that_is_named(place: Place) -> None:
    place.write("monitor.yaml", "private_hosts_allowed: [127.0.0.0/8]\n")
    async with Daemon(place.folder, ["--once"]) as daemon:
        assert await daemon.end() == 0
    assert f"mails go to the Maildir {place.folder / 'data' / 'mail'}" in daemon.said
    assert len(list((place.folder / "data" / "mail" / "new").iterdir())) == 1


async def test_once_polls_what_is_due_sends_what_waits_and_stops(place: Place) -> None:
    async with Daemon(place.folder, ["--once"]) as daemon:
        assert await daemon.end() == 0
    assert daemon.said.count(FIRST) == 1
    assert "no feed was due" not in daemon.said
    assert len(place.mail.accepted) == 1
    async with Daemon(place.folder, ["--once"]) as daemon:
        assert await daemon.end() == 0
    assert re.search(r"no feed was due; the next poll is due at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", daemon.said)


async def test_once_ends_with_1_where_a_mail_did_not_leave(place: Place) -> None:
    place.mail.fault("dot=451")
    async with Daemon(place.folder, ["--once"]) as daemon:
        assert await daemon.end() == 1
    assert "1 mail did not leave" in daemon.said


async def test_a_saved_edit_goes_live(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until(FIRST)
        place.write("rules.yaml", MARKET)
        line = await daemon.until("reload")
        assert "Market" in line
        assert await daemon.stop() == 0


async def test_a_broken_edit_changes_nothing_and_is_told(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until(f"sent to {READER}")
        place.write("rules.yaml", BROKEN)
        await daemon.until("rules.yaml:3:")
        await daemon.until(f"sent to {OPERATOR}")
        code, status = await command(place.folder, "status")
        assert code == 0
        assert "rules.yaml:3:" in status
        place.write("rules.yaml", MARKET)
        await daemon.until("recovered")
        assert await daemon.stop() == 0


async def test_a_broken_file_keeps_its_last_good_content_across_a_restart(place: Place) -> None:
    async with Daemon(place.folder, ["--once"]) as daemon:
        await daemon.end()
    place.write("rules.yaml", BROKEN)
    place.publish("market", "harbour of today", "harbour")
    async with Daemon(place.folder) as daemon:
        await daemon.until("rules.yaml stays in force")
        assert "1 rule" in daemon.said
        assert await daemon.stop() == 0


async def test_a_hangup_reloads(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until(FIRST)
        daemon.signal(signal.SIGHUP)
        assert "nothing" in await daemon.until("reload")
        assert await daemon.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_finishes_the_mail_that_is_on_its_way(place: Place, number: signal.Signals) -> None:
    place.mail.fault("rcpt=slow:0.7")
    async with Daemon(place.folder) as daemon:
        await place.until(lambda: any("RCPT" in line for line in place.mail.heard))
        daemon.signal(number)
        assert await daemon.end() == 0
    assert len(place.mail.accepted) == 1
    with Store.open(place.folder / "data" / "monitor.db") as store, store.reading() as conn:
        assert conn.exec_driver_sql("SELECT state FROM deliveries").scalars().all() == ["sent"]
        assert article_queries.count(conn) == 1


async def test_once_heeds_a_stop_too(place: Place) -> None:
    place.mail.fault("rcpt=slow:0.7")
    async with Daemon(place.folder, ["--once"]) as daemon:
        await place.until(lambda: any("RCPT" in line for line in place.mail.heard))
        daemon.signal(signal.SIGTERM)
        assert await daemon.end() == 0
    assert "stopping" in daemon.said
    assert len(place.mail.accepted) == 1


async def test_a_death_during_a_fetch_loses_nothing(place: Place) -> None:
    place.news.hang("/rss")
    async with Daemon(place.folder) as daemon:
        await place.until(lambda: bool(place.news.requests))
        daemon.signal(signal.SIGKILL)
        await daemon.end()
    place.publish("harbour")
    async with Daemon(place.folder) as daemon:
        await daemon.until("ended without a goodbye")
        await daemon.until(FIRST)
        assert await daemon.stop() == 0


async def test_a_second_daemon_on_the_same_database_is_refused(place: Place) -> None:
    async with Daemon(place.folder) as daemon:
        await daemon.until(FIRST)
        async with Daemon(place.folder) as second:
            assert await second.end() == 1
        assert "another" in second.said
        assert "Traceback" not in second.said
        assert await daemon.stop() == 0


async def test_a_newer_schema_is_refused(place: Place) -> None:
    async with Daemon(place.folder, ["--once"]) as daemon:
        await daemon.end()
    with Store.open(place.folder / "data" / "monitor.db") as store, store.begin() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
    async with Daemon(place.folder) as daemon:
        assert await daemon.end() == 1
    assert "newer" in daemon.said
    assert "Traceback" not in daemon.said


async def test_a_corrupt_file_is_refused_with_what_to_do(place: Place) -> None:
    (place.folder / "data").mkdir()
    (place.folder / "data" / "monitor.db").write_bytes(b"this is no database " * 1000)
    async with Daemon(place.folder) as daemon:
        assert await daemon.end() == 1
    assert "monitor restore" in daemon.said
    assert "Traceback" not in daemon.said


async def test_without_a_network_it_says_so_and_stays(place: Place) -> None:
    dead = "".join(f"  - http://127.0.0.{number}:1/rss\n" for number in range(20, 25))
    place.write("outlets.yaml", "outlets:\n" + dead)
    async with Daemon(place.folder) as daemon:
        await daemon.until("the network looks down")
        assert "the network is down" in await daemon.until("5 feeds: 0 articles read")
        code, status = await command(place.folder, "status", "--fail")
        told = r"^! network: no outlet can be reached since 20\d\d-.* UTC; none is blamed$"
        assert re.search(told, status, re.MULTILINE), status
        assert code == 0, "starting anew would not help"
        assert await daemon.stop() == 0


async def test_strict_refuses_a_broken_configuration(place: Place) -> None:
    place.write("rules.yaml", BROKEN)
    async with Daemon(place.folder, ["--strict"]) as daemon:
        assert await daemon.end() == 2
    assert "rules.yaml:3:" in daemon.said
    assert not (place.folder / "data" / "monitor.db").exists()


async def test_a_folder_that_is_not_there_is_said_with_how_to_name_one(place: Place) -> None:
    (place.folder / "config").rename(place.folder / "elsewhere")
    async with Daemon(place.folder) as daemon:
        assert await daemon.end() == 2
    assert "MONITOR_CONFIG" in daemon.said


async def test_json_logs_parse_and_hold_no_secret(place: Place) -> None:
    (place.folder / "data").mkdir()
    (place.folder / "data" / "password").write_text("hunter2-of-the-desk")
    place.mail.users = {"monitor": "another"}
    settings = place.settings().replace("timeout: 5", "timeout: 5, user: monitor, password_file: password")
    place.write("monitor.yaml", settings)
    feed = place.news.url("/rss").replace("http://", "http://desk:s3cr3t-in-address@")
    place.write("outlets.yaml", f"outlets:\n  - {{name: news, feed: '{feed}'}}\n")
    place.news.page("/rss", b"", status=500)
    async with Daemon(place.folder, ["--log", "json"]) as daemon:
        await daemon.until('"event": "polled"')
        place.write("rules.yaml", BROKEN)
        await daemon.until("no mail can be sent")
        assert await daemon.stop() == 0
    events = [json.loads(line) for line in daemon.lines]
    assert {"time", "level", "event", "message"} <= set(events[0])
    assert {"start", "outlet", "polled", "config", "incident", "stop"} <= {event["event"] for event in events}
    assert not re.search("hunter2|s3cr3t", daemon.said)


async def test_the_first_start_after_an_upgrade_lists_what_rules_look_for_now(place: Place) -> None:
    async with Daemon(place.folder, ["--once"]) as daemon:
        await daemon.end()
    assert "language data changed" not in daemon.said
    with Store.open(str(place.folder / "data" / "monitor.db")) as store, store.begin() as conn:
        # As a version would have left it that did not know the plural.
        config_files.set_value(conn, "forms: version", "older")
        known = unpack(config_files.get_values(conn, "forms of rule ")["Harbour"])
        config_files.set_values(
            conn, "forms of rule ", {"Harbour": pack(known - {"harbours (en)"} | {"harboures (en)"})}
        )
    async with Daemon(place.folder) as daemon:
        line = await daemon.until("rule Harbour:")
        assert "1 form more: harbours (en); 1 form fewer: harboures (en); monitor forms --rule Harbour" in line
        assert await daemon.stop() == 0
    async with Daemon(place.folder, ["--once"]) as daemon:
        await daemon.end()
    assert "rule Harbour:" not in daemon.said
