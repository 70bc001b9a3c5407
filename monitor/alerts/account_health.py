"""Judge whether a refusal concerns its recipient or our mail account, by what happened to other recipients' mails."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitor.alerts.refusals import Concern, concern, normalised_answer
from monitor.alerts.retry import MAX_ACCOUNT_PAUSE, account_pause
from monitor.alerts.suspects import Suspects

MIN_RECIPIENTS = 3  # different recipients with the same answer, one after the other, show that the account is refused
MIN_UNANSWERED = 2
"""Messages in a row that an address of one reader perhaps took: whoever says nothing at all is in trouble."""
MIN_THROTTLED = 3
"""Times in a row that a service asks to wait before that is trouble."""
LONG_WAIT = 600.0
"""Seconds of such a wait that are trouble at once."""

# How answers begin that refuse: 5xx of a mail server, any HTTP status, the no of a library, or half an answer after
# the message was perhaps taken. Others tell that nothing was reached.
_REFUSALS = ("5", "status ", "no (", "reset: ", "protocol: ", "too large: ", "incomplete: ", "coding: ")
_TOO_MANY = "status 429"
# What is stored of a state as it is.
_PLAIN = ("is_failing", "refusals_in_a_row", "unanswered", "is_refused")


@dataclass(frozen=True, slots=True)
class AccountRefusal:
    """The server's answer to one recipient's delivery."""

    delivery: int
    recipient: str
    answer: str

    @property
    def concerns_account(self) -> bool:
        """Whether the answer itself says that it concerns the sender."""
        return concern(self.answer) in (Concern.ACCOUNT, Concern.LIMIT)


@dataclass(slots=True)
class AccountHealth:
    """The state of one account, as far as is known since the monitor began to run.

    `is_shared` says that several recipients are reached through it, so that a refusal may concern one of them or all.
    `postponed` are recipients whose mails wait since the account last accepted one. `on_last_try` are those of them
    after whom it accepted others: their next refusal concerns themselves. `counted` are refusals since then that were
    counted against their recipients, and `unanswered` how many were perhaps taken since. `suspects` are the messages
    that may be the cause themselves, and `is_refused` says that the last trouble was an answer to one of them.
    """

    is_failing: bool = False
    is_shared: bool = True
    paused_until: datetime | None = None
    refusals_in_a_row: int = 0
    postponed: set[str] = field(default_factory=set)
    on_last_try: set[str] = field(default_factory=set)
    counted: list[AccountRefusal] = field(default_factory=list)
    unanswered: int = 0
    suspects: Suspects = field(default_factory=Suspects)
    is_refused: bool = False

    @classmethod
    def of_text(cls, text: str, *, is_shared: bool) -> AccountHealth:
        """Return the state that `as_text` wrote, perhaps that of another version."""
        stored = json.loads(text)
        found: dict[str, Any] = {
            "paused_until": datetime.fromisoformat(stored["paused_until"]) if stored.get("paused_until") else None,
            "counted": [AccountRefusal(*one) for one in stored.get("counted", ())],
            "suspects": Suspects.of_values(stored.get("suspects", {})),
        }
        found |= {name: set(stored.get(name, ())) for name in ("postponed", "on_last_try")}
        found |= {name: stored[name] for name in _PLAIN if name in stored}
        return cls(is_shared=is_shared, **found)

    def as_text(self) -> str:
        """Return the state as JSON, to be stored."""
        stored: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
        stored |= {name: sorted(getattr(self, name)) for name in ("postponed", "on_last_try")}
        stored["paused_until"] = self.paused_until and self.paused_until.isoformat()
        stored["counted"] = [astuple(one) for one in self.counted]
        stored["suspects"] = self.suspects.as_values()
        return json.dumps(stored)

    def is_paused(self, now: datetime) -> bool:
        """Tell whether nothing is sent through the account for now."""
        return self.paused_until is not None and now < self.paused_until

    def may_ask_another(self) -> bool:
        """Tell whether, in a pause, a message that was not refused yet may show that the account works."""
        return not self.is_shared and self.is_refused and self.suspects.ask_for_another()

    def is_of_message(self, delivery: int, answer: str) -> bool:
        """Tell whether an address of one recipient refuses this delivery and takes others."""
        is_known = not self.is_shared and not self.is_failing and delivery in self.suspects.on_last_try
        return is_known and is_refusal(answer)

    def resume(self) -> None:
        """End the pause at once, since somebody may have repaired the account."""
        self.paused_until, self.refusals_in_a_row = None, 0

    def may_concern_account(self, refusal: AccountRefusal) -> bool:
        """Tell whether a refusal is undecided until other recipients' mails show whom it concerns."""
        is_known = concern(refusal.answer) is Concern.RECIPIENT or refusal.recipient in self.on_last_try
        return self.is_shared and not is_known and refusal.delivery not in self.suspects.on_last_try

    def account_refusals(self, undecided: Iterable[AccountRefusal]) -> list[AccountRefusal]:
        """Return the refusals that prove that the account itself is refused; empty while they are too few."""
        refusals = [*self.counted, *undecided]
        stated = [refusal for refusal in refusals if refusal.concerns_account]
        last = normalised_answer(refusals[-1].answer) if refusals else ""
        same = [refusal for refusal in refusals if normalised_answer(refusal.answer) == last]
        return next((some for some in (stated, same) if len({one.recipient for one in some}) >= MIN_RECIPIENTS), [])

    def wrongly_counted(self, undecided: Sequence[AccountRefusal]) -> list[AccountRefusal]:
        """Return those counted refusals that concerned the account, as these, which do, show now."""
        same = {normalised_answer(refusal.answer) for refusal in undecided}
        return [
            one for one in self.counted if undecided and (one.concerns_account or normalised_answer(one.answer) in same)
        ]

    def record_accepted(self, recipient: str) -> None:
        """Record that a mail to this recipient was accepted: the refusals since the last one concern the recipients."""
        self.on_last_try = (self.on_last_try | self.postponed) - {recipient}
        self.postponed.clear()
        self.counted.clear()
        self.is_failing, self.unanswered = False, 0
        self.resume()

    def throttle(self, now: datetime, wait: float) -> None:
        """Wait so many seconds as the service asks, an hour at most; for long or time after time, it is failing.

        One that asks for a moment each time is asked less and less often all the same.
        """
        self.is_refused = False
        self.refusals_in_a_row += 1
        is_often = self.refusals_in_a_row >= MIN_THROTTLED
        self.is_failing = self.is_failing or is_often or wait >= LONG_WAIT
        least = account_pause(self.refusals_in_a_row - MIN_THROTTLED + 1) if is_often else timedelta(seconds=1)
        stated = timedelta(seconds=min(wait, MAX_ACCOUNT_PAUSE.total_seconds()))
        self.paused_until = now + max(stated, least)

    def is_silent_again(self) -> bool:
        """Record that no answer came to what may have been taken; tell whether that is now trouble of the account."""
        self.unanswered += 1
        return self.unanswered >= (MIN_RECIPIENTS if self.is_shared else MIN_UNANSWERED)

    def pause(self, now: datetime, answer: str, refused: Iterable[AccountRefusal] = ()) -> None:
        """Pause the failing account, longer with each refusal in a row, as its answer begins.

        What was tried in a pause, since it may be taken although another one was not, makes that no longer.
        """
        refused = list(refused)
        is_asked_more = bool(refused) and self.is_refused and self.is_paused(now)
        self.is_failing, self.is_refused = True, bool(refused)
        self.suspects.refuse([one.delivery for one in refused], in_pause=is_asked_more)
        if is_asked_more:
            return
        is_asked_less = self.unanswered > 0 or answer.startswith(_REFUSALS)
        self.refusals_in_a_row = self.refusals_in_a_row + 1 if is_asked_less else 0
        self.paused_until = now + account_pause(self.refusals_in_a_row)
        self.postponed |= {one.recipient for one in refused}
        self.counted.clear()


def is_refusal(answer: str) -> bool:
    """Tell whether an answer refuses what was sent, and not only for there being too much of it."""
    return answer.startswith(_REFUSALS) and not answer.startswith(_TOO_MANY)
