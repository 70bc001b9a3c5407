"""Settings of the mail account: what is refused, and which port follows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from monitor.channels.account import Options


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "nobody"},
        {"host": ""},
        {"port": 0},
        {"security": "ssl"},
        {"timeout": 0},
        {"colour": "red"},
        {"bounces_to": "nobody"},
        {"bounces_to": "<>"},
        {"security": "none", "user": "monitor", "host": "mail.example.org"},
    ],
)
def test_wrong_options_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Options.model_validate({"from": "monitor@example.org", "host": "mail.example.org", **wrong})


def test_ports_follow_the_security() -> None:
    ports = [
        Options.model_validate({"from": "m@example.org", "host": "h", "security": kind}).at_port
        for kind in ("starttls", "tls", "none")
    ]
    assert ports == [587, 465, 25]
