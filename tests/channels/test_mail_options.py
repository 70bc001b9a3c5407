"""Settings of the mail account: what is refused, and which port follows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from monitor.channels.mail_options import GOOGLE, MICROSOFT_SCOPE, MailOptions


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
        MailOptions.model_validate({"from": "monitor@example.org", "host": "mail.example.org", **wrong})


def test_ports_follow_the_security() -> None:
    ports = [
        MailOptions.model_validate({"from": "m@example.org", "host": "h", "security": kind}).effective_port
        for kind in ("starttls", "tls", "none")
    ]
    assert ports == [587, 465, 25]


USER = "monitor@corp.test"
BASE = {"from": USER, "user": USER, "auth": "xoauth2", "token_file": "t", "client_id": "c"}


@pytest.mark.parametrize(
    ("more", "server", "scope"),
    [
        ({"host": "smtp.office365.com"}, "https://login.microsoftonline.com/common/oauth2/v2.0/token", MICROSOFT_SCOPE),
        (
            {"host": "relay.corp.test", "tenant": "corp.test"},
            "https://login.microsoftonline.com/corp.test/oauth2/v2.0/token",
            MICROSOFT_SCOPE,
        ),
        ({"host": "smtp.gmail.com"}, GOOGLE, ""),
        ({"host": "smtp.corp.test", "token_url": "https://id.corp.test/token"}, "https://id.corp.test/token", ""),
    ],
)
def test_where_tokens_come_from(more: dict[str, str], server: str, scope: str) -> None:
    chosen = MailOptions.model_validate(BASE | more)
    assert (chosen.token_server, chosen.scope) == (server, scope)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"host": "smtp.corp.test"}, "needs token_url"),
        ({"host": "smtp.gmail.com", "client_id": ""}, "needs client_id"),
        ({"host": "smtp.gmail.com", "user": "", "token_file": None}, "needs user and token_file"),
        ({"host": "smtp.corp.test", "token_url": "http://id.corp.test/token"}, "https address only"),
        ({"host": "smtp.corp.test", "tenant": "a/b?c"}, "pattern"),
        ({"host": "smtp.gmail.com", "security": "none"}, "in clear"),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        MailOptions.model_validate(BASE | wrong)
