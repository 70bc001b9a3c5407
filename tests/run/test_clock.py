"""The real daemon, whose clock is turned while it runs and between two lives: it goes on as if nothing had happened."""

from __future__ import annotations

import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.run.daemons import Daemon, command
from tests.run.place import Place

DAY = timedelta(days=1)
# The clock of the program and that of its scheduler, as far off as a file says at each look.
TURNED = """
import sys
from datetime import timedelta
from pathlib import Path
from apscheduler.schedulers import base
from monitor.run import startup
real, off = startup.utc_now, Path(sys.argv.pop(1))
startup.utc_now = lambda: real() + timedelta(seconds=float(off.read_text()))
class Turned(base.datetime):
    @classmethod
    def now(cls, tz=None):
        return startup.utc_now()
base.datetime = Turned
from monitor.cli import main
main()
"""


def turn(folder: Path, by: timedelta) -> None:
    """Let the clock be off by so much."""
    (folder / "next").write_text(str(by.total_seconds()), encoding="utf-8")
    (folder / "next").rename(folder / "clock")


def daemon(folder: Path) -> Daemon:
    """A daemon with that clock."""
    return Daemon(folder, command=(sys.executable, "-c", TURNED, str(folder / "clock")))


@pytest.mark.parametrize("ahead", [DAY, timedelta(days=3653)])
async def test_a_clock_that_is_set_right_while_it_runs(ahead: timedelta, place: Place) -> None:
    turn(place.folder, ahead)
    async with daemon(place.folder) as running:
        await running.until("1 feed: ")
        turn(place.folder, timedelta())
        await running.until("the clock was set back")
        place.publish("harbour tunnel", "harbour")
        await running.until("news: 1 new, 1 matched")
        await place.until(lambda: bool(place.mail.accepted))
        assert "no daemon is running" not in (await command(place.folder, "status"))[1]
        assert await running.stop() == 0


async def test_a_clock_that_is_set_right_between_two_lives(place: Place) -> None:
    turn(place.folder, DAY)
    async with daemon(place.folder) as running:
        await running.until("1 feed: ")
        running.signal(signal.SIGKILL)
        await running.end()
    turn(place.folder, timedelta())
    place.publish("harbour tunnel", "harbour")
    async with daemon(place.folder) as running:
        await place.until(lambda: len(place.news.asked("/rss")) == 2)
        await place.until(lambda: bool(place.mail.accepted))
        assert await running.stop() == 0
    assert "not running since" not in running.said


async def test_a_clock_that_leaps_ahead_and_comes_back(place: Place) -> None:
    turn(place.folder, timedelta())
    async with daemon(place.folder) as running:
        await running.until("1 feed: ")
        place.publish("weather", "harbour")
        turn(place.folder, DAY)
        await running.until("news: 1 new")
        turn(place.folder, timedelta())
        await place.until(lambda: len(place.news.asked("/rss")) >= 3)
        await place.until(lambda: bool(place.mail.accepted))
        assert await running.stop() == 0
    assert sum(b"harbour" in mail.raw for mail in place.mail.accepted) == 1
