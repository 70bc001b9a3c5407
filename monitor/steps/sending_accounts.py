"""Name the accounts by which deliveries are sent, and the way of each."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.channels import MAIL_CHANNELS
from monitor.config import Config, Settings
from monitor.errors import SecretError
from monitor.model import Alert
from monitor.store.delivery_attempts import UNKNOWN, Way

MAIL = "mail"
"""The account of mail, which all mail addresses share; every endpoint is an account of its own, by its recipient."""


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


def hindrance(config: Config, account: str) -> str:
    """Return why another machine than the conductor's cannot send through an account; empty if it can."""
    settings, endpoint = config.settings, config.endpoints.get(account)
    options = settings.options if account == MAIL else endpoint and endpoint.options
    if not options:
        return ""
    if options.of_one_machine:
        return f"{options.of_one_machine} is on the conductor's machine"
    return next(filter(None, (_missing(settings, names) for names in options.secret_names)), "")


def _missing(settings: Settings, names: Sequence[str]) -> str:
    """Return why none of these files and variables gives a secret here; empty if one does."""
    whys: list[str] = []
    for name in names:
        try:
            settings.secret(name)
        except SecretError as error:
            whys.append(str(error))
        else:
            return ""
    return whys[0]
