"""What a worker answers about templates of the user's: plain values, which its pipe lets through."""

from __future__ import annotations

from dataclasses import replace
from pickle import dumps

from monitor.alerts.sample_alert import SPECIMEN, sample_views
from monitor.channels import CHANNELS
from monitor.channels.edited_layout import message_of, text_of
from monitor.isolate.wire import unpack
from monitor.model import Message

VIEW = next(iter(sample_views()))
BAD = (("alert.txt", "one\n{{ no_such_name }}"),)


def test_a_message_comes_back_as_its_fields() -> None:
    made = message_of(("email", VIEW))
    assert unpack(dumps((True, made))) == (True, made)
    assert Message(*made) == CHANNELS["email"].message(VIEW)
    failed = message_of(("email", replace(VIEW, templates=BAD)))
    assert isinstance(failed, str)
    assert "the template alert.txt, line 2: UndefinedError" in failed


def test_a_text_comes_back_or_the_line_that_fails() -> None:
    assert SPECIMEN in text_of((VIEW, "txt", ()))
    failed = text_of((replace(VIEW, templates=BAD), "txt", ()))
    assert failed == ("alert.txt", 2, "UndefinedError: 'no_such_name' is undefined")
    assert unpack(dumps((True, failed))) == (True, failed)
