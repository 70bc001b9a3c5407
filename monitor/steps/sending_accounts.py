"""Hold how the accounts work by which deliveries are sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.alerts import AccountHealth


@dataclass(slots=True)
class SendingAccounts:
    """By sending channel ("mail", "webhook"), how the account behind it works; an unused one is not known yet."""

    health: dict[str, AccountHealth] = field(default_factory=dict)

    def resume(self) -> None:
        """End the pauses of all accounts: the settings or the clock by which they were planned have changed."""
        for account in self.health.values():
            account.resume()
