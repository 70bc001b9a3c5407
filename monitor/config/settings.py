"""Turn the keys of monitor.yaml into the settings that the program works with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor import __version__
from monitor.channels import CHANNELS, ENDPOINTS, ChannelOptions
from monitor.config.config import Backup, Endpoint, Settings
from monitor.config.models import MonitorKeys
from monitor.config.values import FOREVER
from monitor.text import ascii_address, split_mailbox

FILE_KEYS = ("password_file", "token_file", "client_secret_file", "ca_file")


def channel_of(keys: MonitorKeys) -> str:
    """Return the channel of mails: `email` where a mail host is set, else `maildir`."""
    return "email" if mail_keys(keys).host else "maildir"


def settings_of(keys: MonitorKeys, data: Path) -> Settings:
    """Return the settings with absolute file names."""
    data = data.absolute()
    return Settings(
        data,
        channel_of(keys),
        _options(keys, data),
        mail_keys(keys).sender,
        keys.database,
        keys,
        timezone=keys.timezone,
        database_password_file=keys.database_password_file or "",
        operator=keys.operator.to,
        operator_endpoints=tuple(_operator_endpoints(keys)),
        keep_articles=_retention(keys.keep.articles),
        keep_text=_retention(keys.keep.text),
        backup=Backup(keys.backup.at, keys.backup.keep, data / keys.backup.to) if keys.backup else None,
        proxy=keys.proxy,
        proxy_password_file=keys.proxy_password_file or "",
        user_agent=keys.user_agent or _user_agent(_contact(keys)),
    )


def _operator_endpoints(keys: MonitorKeys) -> Iterator[Endpoint]:
    for channel in ENDPOINTS:
        if options := getattr(keys.operator, channel):
            # No mail address ends so (RFC 2606), and no person's name holds an @ in `to:`.
            yield Endpoint(f"operator@{channel}.invalid", channel, options)


def mail_keys(keys: MonitorKeys) -> Any:
    """Return the section `mail:` of monitor.yaml."""
    # The type of this section is created at run time, from the channel's options.
    return keys.mail  # type: ignore[attr-defined]


def _options(keys: MonitorKeys, data: Path) -> ChannelOptions:
    if channel_of(keys) == "maildir":
        return CHANNELS["maildir"].options.model_validate({"path": data / "mail"})
    mail = mail_keys(keys)
    given = mail.model_dump(by_alias=True, exclude_unset=True)
    files = {key: data / given[key] for key in FILE_KEYS if given.get(key)}
    return CHANNELS["email"].options.model_validate({"from": mail.sender} | given | files)


def _retention(duration: timedelta) -> timedelta | None:
    return None if duration == FOREVER else duration


def _contact(keys: MonitorKeys) -> str:
    """Return where outlets can write to: `contact:`, else the sender address where mails are sent by SMTP."""
    if keys.contact or channel_of(keys) != "email":
        return keys.contact or ""
    return ascii_address(split_mailbox(mail_keys(keys).sender)[1])


def _user_agent(contact: str) -> str:
    product = f"monitor/{__version__}"
    # A header value is visible ASCII on one line (RFC 9110, section 5.5).
    about = re.sub(r"[^\x21-\x7e]+", " ", contact).strip()
    return f"{product} (news monitor; {about})" if about else f"{product} (news monitor)"


ANONYMOUS = _user_agent("")
"""The user agent as long as no contact is known."""
