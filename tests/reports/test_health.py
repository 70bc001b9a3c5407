"""How things stand, told from the database alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.alerts import stamp
from monitor.model import Alert, Feed, Kind
from monitor.reports.health import HEARTBEAT_LATE, LATE, is_sound, read_health
from monitor.steps import network_outage
from monitor.store import (
    Store,
    config_files,
    deliveries,
    delivery_admin,
    feeds,
    host_lanes,
    host_state,
    incident_records,
    outbox,
    page_yields,
    poll_records,
    uptime,
)
from monitor.store.feeds import PollEnd
from monitor.store.host_state import HostState
from monitor.store.incident_records import Incident
from monitor.store.tables import feeds as feeds_table
from tests.store.make import claim_feeds

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def _begin(store: Store) -> None:
    with store.begin() as conn:
        uptime.start(conn, NOW)
        feeds.sync(conn, [Feed("https://news.test/rss", "news")], NOW, stamp(NOW))


def _alert(to: str = "ann@readers.test") -> Alert:
    return Alert(to, "story:1", 0, Kind.NOTICE, NOW, subject="x", text="y")


def _attention(store: Store, now: datetime = NOW) -> tuple[list[str], bool]:
    with store.reading() as conn:
        health = read_health(conn, now)
    return list(health.attention), is_sound(health)


def test_a_host_that_is_asked_less_often_than_the_files_say_is_noted(store: Store) -> None:
    delays = {"slow.test": 2.5, "quick.test": 0.0, "other.test": 5.0}
    with store.begin() as conn:
        states = [HostState(host, crawl_delay=timedelta(seconds=delay)) for host, delay in delays.items()]
        host_state.keep_robots(conn, states)
        host_lanes.open_lanes(conn, {"slow.test": 4, "quick.test": 4})
        notes = read_health(conn, NOW).notes
    said = "states a crawl-delay of 2.5 s in its robots.txt: it is asked once at a time, not 4 times"
    assert notes == [f"slow.test {said} (hosts: in monitor.yaml)"]


def test_all_is_well(store: Store) -> None:
    _begin(store)
    assert _attention(store) == ([], True)


def test_a_daemon_that_was_never_or_long_not_heard_of_is_not_running(store: Store) -> None:
    never, sound = _attention(store)
    assert never == ["no daemon is running (monitor run)"]
    assert not sound
    _begin(store)
    assert _attention(store, NOW + HEARTBEAT_LATE)[1] is False
    with store.begin() as conn:
        uptime.beat(conn, NOW + HEARTBEAT_LATE)
    assert _attention(store, NOW + HEARTBEAT_LATE)[1] is True


def test_a_daemon_that_stopped_is_not_running(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        uptime.stop(conn, NOW)
    assert not _attention(store)[1]


def test_trouble_of_ours_is_unsound_and_a_reader_out_of_reach_is_not(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        incident_records.report(conn, Incident("delivery:a", "delivery", "a mail to ann failed", NOW))
    assert _attention(store) == (["delivery: a mail to ann failed"], True)
    with store.begin() as conn:
        incident_records.report(conn, Incident("account:email", "mail account", "no mail can be sent", NOW))
    assert not _attention(store)[1]


def test_what_a_mail_server_answered_cannot_steer_the_terminal(store: Store) -> None:
    _begin(store)
    said = "no mail can be sent:\nMAIL FROM: 550 \x1b[2Jall is well\x9b \u202ehttps://a:secret@b.test/"
    with store.begin() as conn:
        incident_records.report(conn, Incident("account:email", "mail account", said, NOW))
    (line,) = _attention(store)[0]
    assert line == "mail account: no mail can be sent:\nMAIL FROM: 550  [2Jall is well   https://…@b.test/"


def test_mail_that_is_late_is_unsound(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        deliveries.add(conn, [_alert()], NOW)
        uptime.beat(conn, NOW + LATE)
    assert _attention(store, NOW + LATE) == ([], True)
    late, sound = _attention(store, NOW + LATE + timedelta(seconds=1))
    assert late == ["mails that are due: 1, the oldest since 2026-11-23 10:00 UTC"]
    assert not sound


def test_held_and_failed_mails_want_attention(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        deliveries.add(conn, [_alert()], NOW)
        delivery_admin.hold_all(conn, "restored")
    assert _attention(store)[0] == ["mails that are held: 1 (monitor alerts release or drop)"]
    with store.begin() as conn:
        delivery_admin.release(conn, None, NOW)
        (claimed,) = outbox.claim(conn, NOW, 1, timedelta(minutes=1))
        outbox.finish_failed(conn, claimed, NOW, "550")
    assert _attention(store)[0] == ["mails that failed: 1 (monitor alerts list --state failed)"]


def test_an_outlet_that_fails_again_and_again_wants_attention_and_is_no_fault_of_ours(store: Store) -> None:
    _begin(store)
    for failures in (2, 3):
        with store.begin() as conn:
            (feed,) = claim_feeds(conn, NOW, 1, timedelta(minutes=1))
            how = (failures, "failing", "status: 500", False)
            feeds.finish(conn, [PollEnd(feed.id, feed.token, NOW, NOW, timedelta(minutes=5), *how)])
        assert len(_attention(store)[0]) == failures - 2
    assert _attention(store) == (["news: status: 500 (https://news.test/rss)"], True)


def _fail(store: Store, failures: int, health: str, error: str) -> None:
    with store.begin() as conn:
        (feed,) = claim_feeds(conn, NOW, 1, timedelta(minutes=1))
        end = PollEnd(feed.id, feed.token, NOW, NOW, timedelta(minutes=5), failures, health, error, ok=False)
        feeds.finish(conn, [end])


def test_an_outlet_that_is_gone_wants_attention_at_once(store: Store) -> None:
    _begin(store)
    _fail(store, 1, "missing", "status: 404")
    assert _attention(store)[0] == []
    _fail(store, 1, "gone", "status: 410")
    assert _attention(store)[0] == ["news: status: 410 (https://news.test/rss)"]


def test_a_dead_network_blames_no_outlet_not_even_one_that_failed_before(store: Store) -> None:
    _begin(store)
    _fail(store, 9, "network", "dns: no answer")
    with store.begin() as conn:
        config_files.set_value(conn, "network down", stamp(NOW - timedelta(minutes=7)))
    told = "network: no outlet can be reached since 2026-11-23 09:53 UTC; none is blamed"
    assert _attention(store) == ([told], False)
    with store.begin() as conn:
        network_outage.forget(conn)
    assert _attention(store) == ([], True)


def test_a_daemon_that_cannot_write_to_its_database_runs_and_is_unsound(store: Store) -> None:
    _begin(store)
    later = NOW + timedelta(hours=1)
    assert _attention(store, later) == (["no daemon is running (monitor run)"], False)
    with store.reading() as conn:
        health = read_health(conn, later, Incident("storage", "storage", "the disk is full", NOW))
    assert health.attention == ["storage: the disk is full"]
    assert health.running
    assert not is_sound(health)


def test_many_gaps_of_a_feed_are_one_line(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        (feed,) = poll_records.states(conn)
        for hours in (8, 6, 4):
            poll_records.record_gap(
                conn, feed.id, (NOW - timedelta(hours=hours), NOW - timedelta(hours=hours - 1)), NOW
            )
    (line,) = _attention(store)[0]
    assert "06:00 to 2026-11-23 07:00 UTC, and 2 times before" in line


def test_a_gap_of_today_wants_attention(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        (feed,) = poll_records.states(conn)
        poll_records.record_gap(conn, feed.id, (NOW - timedelta(hours=2), NOW), NOW)
    assert _attention(store)[0] == ["news: items may have been missed from 2026-11-23 08:00 to 2026-11-23 10:00 UTC"]
    with store.begin() as conn:
        uptime.beat(conn, NOW + timedelta(days=2))
    assert _attention(store, NOW + timedelta(days=2))[0] == []


def test_an_outlet_that_was_never_read_is_noted_from_its_first_failure_on(store: Store) -> None:
    _begin(store)
    with store.begin() as conn:
        (due,) = claim_feeds(conn, NOW)
        end = PollEnd(due.id, due.token, NOW, NOW, timedelta(minutes=1), 1, "refused", "status: 401", ok=False)
        feeds.finish(conn, [end])
        health = read_health(conn, NOW)
    assert (health.attention, health.notes) == ([], ["news was never read: status: 401 (https://news.test/rss)"])


@pytest.mark.parametrize(
    ("kind", "newest", "last_new", "is_noted"),
    [
        ("sitemap", 26, 2, True),
        ("sitemap", None, 15, True),
        ("sitemap", None, 13, False),
        ("sitemap", 13, 13, False),
        # It was read today for the first time, or goes on though its dates are old.
        ("sitemap", 26, 0, False),
        ("feed", 26, 26, False),
    ],
)
def test_a_sitemap_that_gives_nothing_new_for_two_weeks_is_noted(
    store: Store, kind: str, newest: int | None, last_new: int, *, is_noted: bool
) -> None:
    _begin(store)
    with store.begin() as conn:
        conn.execute(
            sa.update(feeds_table).values(
                kind=kind,
                newest_published_at=None if newest is None else NOW - timedelta(days=newest),
                last_new_at=NOW - timedelta(days=last_new),
                last_ok_at=NOW,
            )
        )
        notes = read_health(conn, NOW).notes
    days = newest or last_new
    said = f"news: its sitemap was read, but gave nothing new for {days} days (https://news.test/rss)"
    assert list(notes) == ([said] if is_noted else [])


@pytest.mark.parametrize(
    ("reasons", "note"),
    [
        (["paywall: Log in"] * 19, None),
        (["", *["paywall: Log in"] * 19, ""], "2 of its last 21 pages gave text"),
        (["paywall: Log in"] * 20, "none of its last 20 pages gave text (paywall: Log in), so that one a day is read"),
        ([page_yields.NOTHING_MORE] * 40, None),
        (["", "paywall: Log in"] * 20, None),
    ],
)
def test_a_feed_most_of_whose_pages_give_no_text_is_noted(store: Store, reasons: list[str], note: str | None) -> None:
    _begin(store)
    with store.begin() as conn:
        (feed,) = poll_records.states(conn)
        page_yields.note_request(conn, feed.id, 100, NOW - timedelta(hours=30), afresh=True)
        for reason in reasons:
            page_yields.note_reading(conn, feed.id, reason)
    with store.reading() as conn:
        assert read_health(conn, NOW).notes == ([f"news: {note} (https://news.test/rss)"] if note else [])
        assert read_health(conn, NOW + timedelta(days=1)).notes == [], "no page is requested any more"
