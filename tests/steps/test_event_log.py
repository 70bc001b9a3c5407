"""An event is a line for people and fields for machines."""

from __future__ import annotations

import logging

import pytest

from monitor.steps.event_log import log_event


def test_an_event_has_its_kind_sentence_level_and_fields(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "monitor")
    log_event("mail", "100 % sent", recipient="desk")
    log_event("poll", "no answer", logging.WARNING)
    sent, failed = caplog.records
    assert (sent.name, sent.levelno, sent.getMessage()) == ("monitor", logging.INFO, "100 % sent")
    assert not sent.exc_info
    assert (vars(sent)["event"], vars(sent)["recipient"]) == ("mail", "desk")
    assert (failed.levelno, vars(failed)["event"]) == (logging.WARNING, "poll")


def test_an_event_may_have_its_exception(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise KeyError("why")
    except KeyError:
        log_event("poll", "failed", logging.ERROR, exc_info=True)
    assert "KeyError: 'why'" in caplog.text
