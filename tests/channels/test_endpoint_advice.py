"""What to try after a refusal of a chat or notification, by the words of its service."""

from __future__ import annotations

import pytest

from monitor.channels import ENDPOINTS
from monitor.channels.channel import Phase
from monitor.channels.endpoint_advice import _ADVICE, endpoint_advice


@pytest.mark.parametrize(
    ("channel", "answer", "hint"),
    [
        ("telegram", "status 400: Bad Request: chat not found", "press Start"),
        ("telegram", "status 401: Unauthorized", "BotFather"),
        ("telegram", "status 403: Forbidden: bot was blocked by the user", "unblock"),
        ("slack", "status 200: not_in_channel", "/invite"),
        ("slack", "status 200: invalid_auth", "xoxb-"),
        ("slack", "status 200: missing_scope", "chat:write"),
        ("ntfy", "status 403: forbidden", "token_file"),
        ("ntfy", "status 200: no answer of ntfy", "no"),
        ("webhook", "status 401", "token_file"),
        ("webhook", "status 404", "compare the address"),
        ("webhook", "status 500", "alerts wait"),
        ("telegram", "status 429: Too Many Requests", "alerts wait"),
        ("webhook", "connection: Connection refused", "host and port"),
        ("webhook", "status 413", ""),
        ("apprise", "no (it never says why)", ""),
    ],
)
def test_a_refusal_is_answered_with_what_to_try(channel: str, answer: str, hint: str) -> None:
    found = endpoint_advice(channel, Phase("POST", answer, ok=False))
    assert (hint in found) if hint else found == ""
    assert endpoint_advice(channel, Phase("POST", answer)) == ""


def test_advice_is_about_channels_that_exist() -> None:
    assert _ADVICE.keys() <= ENDPOINTS.keys()
