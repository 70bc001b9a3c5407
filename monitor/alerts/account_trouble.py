"""Whether a refusal is its reader's or our account's, judged by what the account did with other readers' mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.alerts.refusals import Concern, concern, gist
from monitor.alerts.retry import account_pause

ENOUGH = 3  # different readers who get the same answer one after the other


@dataclass(frozen=True, slots=True)
class AccountRefusal:
    """What one reader's delivery was answered."""

    delivery: int
    recipient: str
    answer: str

    @property
    def is_ours(self) -> bool:
        """Whether the answer by itself says that it is about the sender."""
        return concern(self.answer) in (Concern.ACCOUNT, Concern.LIMIT)


@dataclass(slots=True)
class AccountHealth:
    """How the account behind a way out stands, as far as this process has seen.

    `put_back` are readers whose mails wait since the account last took one, `doubted` those of them after whom it took
    others: the next refusal is their own. `charged` are refusals that were held against their readers since then.
    """

    in_trouble: bool = False
    until: datetime | None = None
    refusals: int = 0
    put_back: set[str] = field(default_factory=set)
    doubted: set[str] = field(default_factory=set)
    charged: list[AccountRefusal] = field(default_factory=list)

    def rests(self, now: datetime) -> bool:
        """Say whether it is left alone for now."""
        return self.until is not None and now < self.until

    def wake(self) -> None:
        """Let it be asked at once: somebody may have mended it."""
        self.until, self.refusals = None, 0

    def may_be_ours(self, refusal: AccountRefusal) -> bool:
        """Whether other readers' mails must show whom a refusal concerns."""
        return concern(refusal.answer) is not Concern.READER and refusal.recipient not in self.doubted

    def alike(self, aside: Iterable[AccountRefusal]) -> list[AccountRefusal]:
        """The refusals by which it is certain that the account is in trouble: empty while they are too few."""
        refusals = [*self.charged, *aside]
        ours = [refusal for refusal in refusals if refusal.is_ours]
        same = [refusal for refusal in refusals if gist(refusal.answer) == gist(refusals[-1].answer)]
        return next((some for some in (ours, same) if len({one.recipient for one in some}) >= ENOUGH), [])

    def wrongly_charged(self, aside: Sequence[AccountRefusal]) -> list[AccountRefusal]:
        """What was held against readers before these refusals, which are the account's, showed what it was."""
        same = {gist(refusal.answer) for refusal in aside}
        return [one for one in self.charged if aside and (one.is_ours or gist(one.answer) in same)]

    def took(self, recipient: str) -> None:
        """A mail to this reader was accepted: whoever was refused since the last one was refused for his own sake."""
        self.doubted = (self.doubted | self.put_back) - {recipient}
        self.put_back.clear()
        self.charged.clear()
        self.in_trouble = False
        self.wake()

    def rest(self, now: datetime, answer: str, refused: Iterable[str] = ()) -> None:
        """It is in trouble: let it rest, the longer the more often it has refused us for good."""
        self.in_trouble = True
        self.refusals = self.refusals + 1 if answer.startswith("5") else 0
        self.until = now + account_pause(self.refusals)
        self.put_back |= set(refused)
        self.charged.clear()
