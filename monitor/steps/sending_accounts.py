"""Hold how the accounts work by which deliveries are sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from monitor.alerts import AccountHealth
from monitor.channels import MAIL_CHANNELS
from monitor.config import Config
from monitor.model import Alert
from monitor.store.delivery_attempts import UNKNOWN, Way

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


def account_of(alert: Alert) -> str:
    """Return the account by which an alert leaves."""
    return MAIL if alert.channel in MAIL_CHANNELS else alert.recipient


def way_of(config: Config, account: str) -> Way:
    """Return by which channel and server an account sends; an empty one where the files name it no more."""
    settings = config.settings
    if account == MAIL:
        return Way(settings.channel, settings.options.server_name)
    endpoint = config.endpoints.get(account)
    return Way(endpoint.channel, endpoint.options.server_name) if endpoint else UNKNOWN
