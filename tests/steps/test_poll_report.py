"""What a person reads in the log of polls: what changed about an outlet, and the first poll as a whole."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from monitor.steps import poll_report
from monitor.steps.ingest import Ingested
from monitor.steps.poll_report import PollReport, Totals
from monitor.store.feeds import DueFeed
from tests.steps.world import START, World


@pytest.fixture
def report(world: World) -> PollReport:
    return PollReport(world.ctx.active, world.ctx.access)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[tuple[str, str]]]:
    """Every event of the log since the world began: its kind and what it says."""
    caplog.set_level(logging.INFO)
    caplog.clear()
    found: list[tuple[str, str]] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append((vars(record)["event"], record.getMessage()))  # type: ignore[method-assign]
    logging.getLogger("monitor").addHandler(handler)
    yield found
    logging.getLogger("monitor").removeHandler(handler)


async def due(world: World, **state: object) -> DueFeed:
    return DueFeed(replace(await world.feed(), last_ok_at=START, **state), "token")  # type: ignore[arg-type]


async def test_polls_are_counted(world: World, report: PollReport) -> None:
    feed = await due(world)
    report.add(feed, Ingested(7, 3, 2, alerts=2))
    report.add(feed, Ingested(5, 1, 1, alerts=1))
    report.add(feed, Ingested(error="no answer"))
    assert report.totals == Totals(feeds=3, failed=1, read=12, new=4, matched=3, alerts=3)


async def test_an_outlet_is_logged_when_it_breaks_and_when_it_reads_again(
    world: World, report: PollReport, lines: list[tuple[str, str]]
) -> None:
    url = world.news.url("/rss")
    for failures, error, said in (
        (0, "", None),
        (0, "no answer", f"news: no answer ({url})"),
        (1, "no answer", None),
        (3, "", f"news: reads again ({url})"),
    ):
        report.add(await due(world, failures=failures), Ingested(error=error))
        assert lines == ([("outlet", said)] if said else [])
        lines.clear()


async def test_a_server_that_calls_new_pages_unchanged_is_named_once(
    world: World, report: PollReport, lines: list[tuple[str, str]]
) -> None:
    for unconditional in (False, True):
        report.add(await due(world, unconditional=unconditional), Ingested(wrongly_unchanged=True))
    ((event, said),) = lines
    assert event == "outlet"
    assert said.startswith("news: its server calls new articles unchanged")


@pytest.mark.parametrize(("read", "is_logged"), [(2, False), (3, True)])
async def test_a_gap_is_logged_where_the_feed_shows_more_than_two_articles(
    world: World, report: PollReport, lines: list[tuple[str, str]], read: int, is_logged: bool
) -> None:
    report.add(await due(world), Ingested(read, gap=True))
    since = f"{START:%H:%M}"
    said = ("gap", f"news: items may have been missed since {since} UTC ({world.news.url('/rss')})")
    assert lines == ([said] if is_logged else [])


async def test_new_articles_are_logged_once_the_first_poll_is_over(
    world: World, report: PollReport, lines: list[tuple[str, str]]
) -> None:
    report.add(await due(world), Ingested(9, 1200, 5))
    assert lines == []
    report.end_first_poll()
    report.end_first_poll()
    assert lines == [("polled", "1 feed: 9 articles read, 1,200 new, 5 matched")]
    report.add(await due(world), Ingested(2, 1, 0))
    report.add(await due(world), Ingested(2, 0, 0))
    assert lines[1:] == [("articles", "news: 1 new, 0 matched")]


@pytest.mark.parametrize("is_down", [False, True])
async def test_the_first_poll_says_how_many_could_not_be_read(
    world: World, report: PollReport, lines: list[tuple[str, str]], is_down: bool
) -> None:
    network = world.ctx.access.network
    report.add(await due(world), Ingested(error="no answer"))
    world.ctx.access.network = replace(network, suspects=frozenset("ab" if is_down else ""))
    report.end_first_poll()
    reason = "the network is down (monitor status)" if is_down else "1 feed could not be read (monitor status --all)"
    assert lines[-1] == ("polled", f"1 feed: 0 articles read, 0 new, 0 matched; {reason}")


async def test_while_the_network_is_down_no_outlet_is_blamed(
    world: World, report: PollReport, lines: list[tuple[str, str]]
) -> None:
    network = world.ctx.access.network
    world.ctx.access.network = replace(network, suspects=frozenset("ab"))
    report.add(await due(world), Ingested(error="no answer"))
    assert lines == []
    assert report.totals.failed == 1


async def test_progress_is_logged_until_the_first_poll_is_over(
    world: World, report: PollReport, lines: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll_report, "PROGRESS_EVERY", 0.0)
    answers = iter([False, True])

    def is_polling() -> bool:
        if (answer := next(answers, None)) is None:
            report.end_first_poll()
        return bool(answer)

    await report.progress(is_polling)
    assert lines == [("polling", "0 of 1 feed, 0 articles, 0 matched")], "where no feed was polled there is no sum"


async def test_a_feed_that_is_polled_twice_is_one(
    world: World, report: PollReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def log(kind: str, text: str, **_: object) -> None:
        said.append(text)
        if kind == "polling":
            report.end_first_poll()

    feed, gone = await due(world), await due(world, url="https://gone.test/rss")
    for one in (feed, feed, gone):
        report.add(one, Ingested(2))
    monkeypatch.setattr(poll_report, "PROGRESS_EVERY", 0.0)
    monkeypatch.setattr(poll_report, "log_event", log)
    await report.progress(lambda: True)
    assert said == ["1 of 1 feed, 6 articles, 0 matched", "2 feeds: 6 articles read, 0 new, 0 matched"]


async def test_log_lines_carry_what_programs_count(
    world: World, report: PollReport, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    report.add(await due(world), Ingested(9, 7, 5, error="no answer"))
    report.end_first_poll()
    report.add(await due(world, failures=1), Ingested(4, 3, 2))
    names = ("event", "outlet", "feeds", "read", "new", "matched")
    assert [{name: vars(one)[name] for name in names if name in vars(one)} for one in caplog.records[-4:]] == [
        {"event": "outlet", "outlet": "news"},
        {"event": "polled", "feeds": 1, "read": 9, "new": 7, "matched": 5},
        {"event": "outlet", "outlet": "news"},
        {"event": "articles", "outlet": "news", "new": 3},
    ]
