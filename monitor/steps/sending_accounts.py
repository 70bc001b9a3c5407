"""Hold how the accounts work by which deliveries are sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.alerts import AccountHealth

MAIL = "mail"
"""The account of mail, which all mail addresses share; every endpoint is an account of its own, by its recipient."""


@dataclass(slots=True)
class SendingAccounts:
    """By account, how it works; an unused one is not known yet."""

    health: dict[str, AccountHealth] = field(default_factory=dict)

    def resume(self) -> None:
        """End the pauses of all accounts: the settings or the clock by which they were planned have changed."""
        for account in self.health.values():
            account.resume()
