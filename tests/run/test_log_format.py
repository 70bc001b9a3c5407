"""One line an event, whatever a feed says; no credentials."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.run import log_format
from monitor.run.log_format import JsonFormatter, LineFormatter


def _record(message: str, **fields: object) -> logging.LogRecord:
    record = logging.makeLogRecord({"msg": "%s", "args": (message,), "levelname": "INFO", "created": 0.0})
    vars(record).update({"event": "outlet", **fields})
    return record


@given(st.text())
def test_a_title_makes_no_second_line(title: str) -> None:
    for style in (LineFormatter(), JsonFormatter()):
        assert len(style.format(_record(title, title=title)).splitlines()) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://desk:s3cret@news.test/rss",
        "postgresql://monitor:s3cret@db/monitor",
        "https://desk:s3cret%40x@news.test",
        "https://:s3cret@news.test",
        "https://s3cret@news.test",
    ],
)
def test_credentials_in_an_address_are_left_out(address: str) -> None:
    for style in (LineFormatter(), JsonFormatter()):
        line = style.format(_record(f"failed: {address} is away", url=address))
        assert "s3cret" not in line
        assert line.count("@") >= 1


def test_tokens_in_an_address_are_left_out() -> None:
    address = "https://news.test/rss?lang=en&access_token=s3cret"
    for style in (LineFormatter(), JsonFormatter()):
        line = style.format(_record(f"failed: {address} is away", url=address))
        assert "s3cret" not in line
        assert "https://news.test/rss?lang=en&access_token=… is away" in line


def test_an_object_holds_what_the_event_has() -> None:
    body = json.loads(JsonFormatter().format(_record("two new", new=2, outlet="news")))
    assert body == {
        "time": "1970-01-01T00:00:00+00:00",
        "level": "info",
        "event": "outlet",
        "message": "two new",
        "new": 2,
        "outlet": "news",
    }


def test_a_fault_shows_where_without_forged_lines() -> None:
    try:
        raise ValueError("https://desk:s3cret@news.test\n23:59:59  mail  sent")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    lines = LineFormatter().format(_record("failed", exc_info=info))
    assert "s3cret" not in lines
    assert "test_log_format.py" in lines
    assert "s3cret" not in JsonFormatter().format(_record("failed", exc_info=info))


@pytest.mark.parametrize(
    ("said", "is_logged"), [("Unknown child process pid %d, will report returncode 255", False), ("else", True)]
)
def test_a_worker_process_that_ended_before_it_was_killed_is_no_news(said: str, is_logged: bool) -> None:
    assert log_format._is_no_lost_code(logging.makeLogRecord({"msg": said})) is is_logged
