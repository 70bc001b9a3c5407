"""Whom an answer reaches: an international operator makes no mail international."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.alerts.letters import READER, bodies, item, letter, read, render

ALERT = letter(item(1, "Istanbul talks"))
OPERATORS = ("it@example.org", "дежурный@example.org")


@pytest.mark.parametrize(
    ("sender", "recipient", "reached"),
    [
        ("m@example.org", READER, OPERATORS[:1]),
        ("m@example.org", "a@пример.example", OPERATORS[:1]),
        ("m@example.org", "пётр@example.org", OPERATORS),
        ("News <монитор@example.org>", READER, OPERATORS),
    ],
)
def test_an_international_operator_makes_no_mail_international(
    sender: str, recipient: str, reached: tuple[str, ...]
) -> None:
    alert = replace(ALERT.alert, recipient=recipient)
    made = render(replace(ALERT, alert=alert, sender=sender, operator=OPERATORS))
    named = ",\r\n ".join(f"<{one}>" for one in reached)
    assert f"\r\nReply-To: {named}\r\n".encode() in made.raw
    assert f"which reaches {', '.join(reached)}." in bodies(made)[0]
    assert made.raw.isascii() == (reached != OPERATORS)


def test_where_no_operator_can_be_answered_the_mail_says_whom_to_write_to() -> None:
    made = render(replace(ALERT, operator=OPERATORS[1:]))
    assert read(made)["Reply-To"] is None
    assert made.raw.isascii()
    assert all(f"or write to {OPERATORS[1]}." in body for body in bodies(made))
