"""monitor.yaml's keys and the data folder in, the settings that the program works with out."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from monitor import __version__
from monitor.channels import CHANNELS
from monitor.config.config import Backup, Settings
from monitor.config.models import MonitorKeys
from monitor.config.values import FOREVER
from monitor.text import ascii_address, split_mailbox

FILES = ("password_file", "token_file", "client_secret_file", "ca_file")


def channel_of(keys: MonitorKeys) -> str:
    """The way that mails leave: to the mail host, or to the Maildir as long as there is none."""
    return "email" if _mail(keys).host else "maildir"


def settings_of(keys: MonitorKeys, data: Path) -> Settings:
    """Settings with absolute files, ready for use."""
    data = data.absolute()
    return Settings(
        data,
        channel_of(keys),
        _options(keys, data),
        _mail(keys).sender,
        keys.database,
        timezone=keys.timezone,
        database_password_file=keys.database_password_file or "",
        operator=keys.operator.to,
        operator_webhook=keys.operator.webhook,
        heartbeat=keys.operator.heartbeat,
        alive_url=keys.operator.alive_url,
        alive_every=keys.operator.alive_every,
        keep_articles=_span(keys.keep.articles),
        keep_text=_span(keys.keep.text),
        backup=Backup(keys.backup.at, keys.backup.keep, data / keys.backup.to) if keys.backup else None,
        private_hosts_allowed=keys.private_hosts_allowed,
        listen=_host_and_port(keys.web.listen),
        proxy=keys.proxy,
        proxy_password_file=keys.proxy_password_file or "",
        user_agent=keys.user_agent or _user_agent(_contact(keys)),
    )


def _mail(keys: MonitorKeys) -> Any:
    # The section is made from what the channel declares, so its type is known only when the program runs.
    return keys.mail  # type: ignore[attr-defined]


def _options(keys: MonitorKeys, data: Path) -> BaseModel:
    if channel_of(keys) == "maildir":
        return CHANNELS["maildir"].options.model_validate({"path": data / "mail"})
    mail = _mail(keys)
    given = mail.model_dump(by_alias=True, exclude_unset=True)
    files = {key: data / given[key] for key in FILES if given.get(key)}
    return CHANNELS["email"].options.model_validate({"from": mail.sender} | given | files)


def _span(kept: timedelta) -> timedelta | None:
    return None if kept == FOREVER else kept


def _host_and_port(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host.strip("[]"), int(port)


def _contact(keys: MonitorKeys) -> str:
    """Where outlets can write to: what is stated, else the sender of mails that go out to the world anyway."""
    return keys.contact or (ascii_address(split_mailbox(_mail(keys).sender)[1]) if channel_of(keys) == "email" else "")


def _user_agent(contact: str) -> str:
    ours = f"monitor/{__version__}"
    # A header is ASCII on one line.
    about = re.sub(r"[^\x21-\x7e]+", " ", contact).strip()
    return f"{ours} (news monitor; {about})" if about else f"{ours} (news monitor)"


ANONYMOUS = _user_agent("")
"""What outlets see as long as nobody says who asks."""
