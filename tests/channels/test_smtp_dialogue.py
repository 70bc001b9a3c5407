"""The steps of a conversation with a mail server: each is noted, and ends in bounded time."""

from __future__ import annotations

import asyncio

import pytest

from monitor.channels.smtp_dialogue import SmtpDialogue
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
