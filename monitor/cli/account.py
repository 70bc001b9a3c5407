"""The third question of `monitor init`: the mail server, and how the account logs in there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from monitor.cli.asking import Asking
    from monitor.config.first import MailServer

_NO_LOGIN = ("", "none", "no", "-")


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say of the account; None is what they leave open."""

    server: str | None
    security: str | None
    user: str | None
    password_file: str | None
    client_id: str | None


def mail_server(asking: Asking, given: Given, address: str, data: Path) -> tuple[MailServer | None, str]:
    """The server and the password to keep (empty: none was typed); None as long as mails go to the Maildir."""
    from monitor.channels.account import PORTS
    from monitor.config.first import MailServer

    asking.tell("   Gmail: smtp.gmail.com · Microsoft 365: smtp.office365.com · a relay: relay.your-company.com:25")
    question = "3/5 Your mail server (empty: mails go into the folder data/mail for now)"
    host, port = asking.ask("--server", question, given.server, _host_and_port)
    if not host:
        return None, ""
    usual = {465: "tls", 25: "none"}.get(port, "starttls")
    security = asking.ask("--security", "   Encryption: starttls, tls or none", given.security, _security, usual)
    port = port or PORTS[security]
    if security == "none":
        return MailServer(host, port, security, given.user or ""), ""
    user = asking.ask("--user", "   User (none: no login)", given.user, _user, "none" if port == 25 else address)
    if user and _is_microsoft(host):
        tenant = user.rpartition("@")[2]
        asking.tell("   Microsoft 365 logs in by token; docs/mail.md shows how to register the application.")
        client = asking.ask("--client-id", "   Its application (client) id", given.client_id, _client_id, None)
        return MailServer(host, port, security, user, client_id=client, tenant=tenant), ""
    file, password = _password(asking, host, given.password_file, data) if user else ("", "")
    return MailServer(host, port, security, user, file), password


def _password(asking: Asking, host: str, file: str | None, data: Path) -> tuple[str, str]:
    """The file that holds the password, and the password where it is still to be written there."""
    from monitor.channels.account import PASSWORD_VARIABLE
    from monitor.cli.asking import secret
    from monitor.config.first import PASSWORD_FILE
    from monitor.config.secrets import read_secret
    from monitor.errors import SecretError

    if file is not None:
        try:
            read_secret(str(Path(file).expanduser()), data)
        except SecretError as error:
            raise typer.BadParameter(str(error), param_hint="--password-file") from None
        return file, ""
    if os.environ.get(PASSWORD_VARIABLE):
        return "", ""
    if asking.assume:
        return PASSWORD_FILE, ""
    if _is_gmail(host):
        asking.tell("   Gmail takes an app password, not the account's: https://myaccount.google.com/apppasswords")
    password = secret(f"   Password (it goes into {data / PASSWORD_FILE}, for you alone)")
    return PASSWORD_FILE, password.replace(" ", "") if _is_gmail(host) else password


def _is_gmail(host: str) -> bool:
    from monitor.channels.account import GOOGLE_HOSTS

    return f".{host.lower()}".endswith(GOOGLE_HOSTS)


def _is_microsoft(host: str) -> bool:
    from monitor.channels.account import MICROSOFT_HOSTS

    return f".{host.lower()}".endswith(MICROSOFT_HOSTS)


def _host_and_port(text: str) -> tuple[str, int]:
    """Port 0 where none is named."""
    from monitor.config.addresses import parse_host
    from monitor.config.values import parse_port

    host, colon, port = text.strip().rpartition(":")
    if not colon or text.count(":") > 1:
        host, port = text.strip(), ""
    return (parse_host(host), parse_port(port) if port else 0) if host else ("", 0)


def _security(text: str) -> str:
    from monitor.channels.account import PORTS
    from monitor.config.values import nearest, quoted, refuse

    if text.strip().lower() not in PORTS:
        raise refuse(
            f"{quoted(text)} is not possible here", nearest(text, tuple(PORTS)) or f"one of: {', '.join(PORTS)}"
        )
    return text.strip().lower()


def _user(text: str) -> str:
    return "" if text.strip().lower() in _NO_LOGIN else text.strip()


def _client_id(text: str) -> str:
    from monitor.config.values import refuse

    if not text.strip():
        raise refuse("the application has an id", "like 00000000-0000-0000-0000-000000000000")
    return text.strip()
