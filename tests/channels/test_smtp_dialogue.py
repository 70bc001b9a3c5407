"""The steps of a conversation with a mail server: each is noted, and ends in bounded time."""

from __future__ import annotations

import asyncio

import pytest
from aiosmtplib import SMTPResponse, SMTPResponseException, SMTPServerDisconnected

from monitor.channels.channel import Phase
from monitor.channels.smtp_dialogue import ANSWER_CAP, SmtpDialogue, reason_of, response_text
from monitor.errors import SendError


async def test_a_step_of_several_answers_has_one_deadline_as_a_whole() -> None:
    dialogue = SmtpDialogue(timeout=0.01)
    # Each answer may come in time for ever, as that of a server which drips: nothing but the whole has a deadline here.
    step = asyncio.create_task(dialogue.account("AUTH", asyncio.Event().wait()))  # type: ignore[arg-type]
    ended, _ = await asyncio.wait({step}, timeout=30)
    assert ended
    with pytest.raises(SendError) as caught:
        step.result()
    assert (caught.value.phase, caught.value.account) == ("AUTH", True)
    assert [(phase.name, phase.ok) for phase in dialogue.phases] == [("AUTH", False)]


async def test_a_step_that_succeeds_is_noted_with_its_answer() -> None:
    async def step() -> SMTPResponse:
        return SMTPResponse(250, "go on")

    dialogue = SmtpDialogue(timeout=30)
    assert await dialogue.account("EHLO", step()) == SMTPResponse(250, "go on")
    assert dialogue.phases == [Phase("EHLO", "250 go on")]


@pytest.mark.parametrize(
    "error",
    [SMTPResponseException(535, "no"), OSError("no"), TimeoutError("no"), ValueError("no"), RuntimeError("no")],
)
async def test_whatever_fails_before_a_recipient_is_the_accounts(error: Exception) -> None:
    async def step() -> SMTPResponse:
        raise error

    dialogue = SmtpDialogue(timeout=30)
    with pytest.raises(SendError) as caught:
        await dialogue.account("AUTH", step())
    said = "535 no" if isinstance(error, SMTPResponseException) else "no"
    assert (str(caught.value), caught.value.phase, caught.value.account) == (f"AUTH: {said}", "AUTH", True)
    assert caught.value.__cause__ is error
    assert dialogue.phases == [Phase("AUTH", said, ok=False)]


async def test_a_bug_of_ours_is_no_failure_of_the_server() -> None:
    async def step() -> SMTPResponse:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        await SmtpDialogue(timeout=30).account("AUTH", step())


@pytest.mark.parametrize(
    ("kind", "account", "maybe_delivered"),
    [({}, True, False), ({"maybe_delivered": True}, False, True), ({"account": False}, False, False)],
)
def test_a_failure_is_the_accounts_unless_it_is_said_to_be_another_s(
    kind: dict[str, bool], account: bool, maybe_delivered: bool
) -> None:
    error = SmtpDialogue(timeout=30).fail("RCPT", "550 no", **kind)
    assert (error.account, error.maybe_delivered, error.phase) == (account, maybe_delivered, "RCPT")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (SMTPResponseException(550, "never"), "550 never"),
        (SMTPResponseException(550, "x" * 600), f"550 {'x' * 600}"[:ANSWER_CAP]),
        (SMTPServerDisconnected("gone"), "gone"),
        (OSError(111, "Connection refused"), "[Errno 111] Connection refused"),
        (OSError("x" * 600), "x" * ANSWER_CAP),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_a_reason_is_what_the_server_said_or_else_the_error(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


def test_an_answer_is_cut_to_what_is_kept() -> None:
    assert response_text(SMTPResponse(250, "ok")) == "250 ok"
    assert response_text(SMTPResponse(250, "x" * 600)) == f"250 {'x' * 600}"[:ANSWER_CAP]
