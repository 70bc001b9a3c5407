"""What an error says of itself: the place or step, what happened, and whether trying again can help."""

from __future__ import annotations

import pytest

from monitor.errors import (
    ConfigError,
    FetchError,
    MonitorError,
    ParseError,
    Problem,
    QueryError,
    RefusedError,
    RenderError,
    SendError,
    StatusError,
    StoreError,
)

UNKNOWN = Problem("rules.yaml", 3, 5, "unknown key: querry", "did you mean query?")
EMPTY = Problem("outlets.yaml", 1, 1, "no outlets", severity="warning")


def test_problems_name_their_places_and_what_to_do() -> None:
    assert str(UNKNOWN) == "rules.yaml:3:5: error: unknown key: querry (did you mean query?)"
    assert str(EMPTY) == "outlets.yaml:1:1: warning: no outlets"
    error = ConfigError((UNKNOWN, EMPTY))
    assert str(error).splitlines() == [str(UNKNOWN), str(EMPTY)]
    assert error.problems == (UNKNOWN, EMPTY)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (FetchError("dns"), "dns"),
        (StatusError(503, "example.org", None), "status: 503"),
        (RefusedError("10.0.0.1 is private, not public", "private_hosts_allowed: [10.0.0.1]"), "refused: 10.0.0.1 is"),
        (ParseError("html page", "Example News"), "html page: Example News"),
        (RenderError(("desk@example.org", "story:1", 2), "no article"), "story:1 #2 to desk@example.org: no article"),
    ],
)
def test_the_text_begins_with_the_reason_or_the_delivery(error: MonitorError, text: str) -> None:
    assert str(error).startswith(text)


def test_the_answer_of_a_server_stands_without_its_step() -> None:
    assert SendError("RCPT TO: 550 5.1.1 User unknown", phase="RCPT TO").answer == "550 5.1.1 User unknown"
    assert SendError("no connection").answer == "no connection"


def test_only_some_errors_are_permanent() -> None:
    permanent = [ConfigError(()), QueryError("bad", 1), RenderError(("", "", 0), ""), StoreError("", permanent=True)]
    assert all(error.permanent for error in permanent)
    passing = [FetchError("dns"), ParseError("empty"), SendError(""), StoreError("")]
    assert not any(error.permanent for error in passing)
