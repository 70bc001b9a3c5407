"""Name the accounts by which deliveries are sent, and the way of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.channels import MAIL_CHANNELS
from monitor.channels.channel import ChannelOptions
from monitor.config import Config, Settings
from monitor.errors import SecretError
from monitor.model import Alert
from monitor.store.delivery_attempts import UNKNOWN, Way

MAIL = "mail"
"""The account of mail, which all mail addresses share; every endpoint is an account of its own, by its recipient."""


@dataclass(frozen=True, slots=True)
class LeftAccount:
    """Why this process leaves an account to others, after so many refusals of the same secrets.

    `secrets` is a number that changes with them; `until` is when it tries again all the same.
    """

    why: str
    secrets: int = 0
    refusals: int = 0
    until: datetime | None = None


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


def hindrance(config: Config, account: str, *, conducts: bool = False) -> str:
    """Return why this machine cannot send through an account; empty if it can.

    What is on one machine alone is on that of the conductor.
    """
    options = _options(config, account)
    if options and options.of_one_machine and not conducts:
        return f"{options.of_one_machine} is on the conductor's machine"
    names = options.secret_names if options else ()
    return next(filter(None, (_missing(config.settings, some) for some in names)), "")


def secrets_of(config: Config, account: str) -> tuple[str, ...]:
    """Return the secrets of an account that this machine has."""
    options = _options(config, account)
    return tuple(_secret(config.settings, name) for some in (options.secret_names if options else ()) for name in some)


def _options(config: Config, account: str) -> ChannelOptions | None:
    if account == MAIL:
        return config.settings.options
    return config.endpoints[account].options if account in config.endpoints else None


def _secret(settings: Settings, name: str) -> str:
    try:
        return settings.secret(name)
    except SecretError:
        return ""


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
