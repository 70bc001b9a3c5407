"""The third question of `monitor init`: the mail server, and how the account logs in there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monitor.cli.options import valid

if TYPE_CHECKING:
    from monitor.cli.prompts import Prompts
    from monitor.config.starter_files import MailServer

_NO_LOGIN = ("", "none", "no", "-")


@dataclass(frozen=True, slots=True)
class MailServerOptions:
    """What the options say of the account; None is what they leave open."""

    server: str | None
    security: str | None
    user: str | None
    password_file: str | None
    client_id: str | None

    def required(self) -> dict[str, str | None]:
        """The options that this server's login has no usual answer to."""
        host = (self.server or "").strip().partition(":")[0]
        by_token = _is_microsoft(host) and self.security != "none" and _user(self.user or host)
        return {"--client-id": self.client_id} if by_token else {}


def mail_server(asking: Prompts, given: MailServerOptions, address: str, data: Path) -> tuple[MailServer | None, str]:
    """The server and the password to keep (empty: none was typed); None as long as mails go to the Maildir."""
    _check(given, data)
    server, password = _answers(asking, given, address, data)
    _refuse_unused(given, server)
    return server, password


def _check(given: MailServerOptions, data: Path) -> None:
    """Refuse what is wrong by itself, whether or not this server has a use for it."""
    readers: dict[str, tuple[str | None, Callable[[str], object]]] = {
        "--server": (given.server, _host_and_port),
        "--security": (given.security, _security),
        "--client-id": (given.client_id, _client_id),
        "--password-file": (given.password_file, partial(_readable, data=data)),
    }
    for option, (said, read) in readers.items():
        if said is not None:
            valid(option, said, read)


def _answers(asking: Prompts, given: MailServerOptions, address: str, data: Path) -> tuple[MailServer | None, str]:
    from monitor.channels.mail_options import PORTS
    from monitor.config.starter_files import MailServer

    asking.tell("   Gmail: smtp.gmail.com · Microsoft 365: smtp.office365.com · a relay: relay.your-company.com:25")
    question = "3/5 Your mail server (empty: mails go into the folder data/mail for now)"
    host, port = asking.ask("--server", question, given.server, _host_and_port)
    if not host:
        return None, ""
    usual = {465: "tls", 25: "none"}.get(port, "starttls")
    security = asking.ask("--security", "   Encryption: starttls, tls or none", given.security, _security, usual)
    port = port or PORTS[security]
    if security == "none" and given.user is None:
        return MailServer(host, port, security), ""
    user = asking.ask("--user", "   User (none: no login)", given.user, _user, "none" if port == 25 else address)
    if user and _is_microsoft(host):
        tenant = user.rpartition("@")[2]
        asking.tell("   Microsoft 365 logs in by token; docs/mail.md shows how to register the application.")
        client = asking.ask("--client-id", "   Its application (client) id", given.client_id, _client_id, None)
        return MailServer(host, port, security, user, client_id=client, tenant=tenant), ""
    file, password = _password(asking, host, given.password_file, data) if user else ("", "")
    return MailServer(host, port, security, user, file), password


def _refuse_unused(given: MailServerOptions, server: MailServer | None) -> None:
    """Refuse what an option says and this server has no use for, rather than drop it unsaid."""
    said = {
        "--security": given.security,
        "--user": _user(given.user or ""),
        "--password-file": given.password_file,
        "--client-id": given.client_id,
    }
    if server is None:
        unused, reason = list(said), "there is no mail server that it could be for: give --server, too"
    elif not server.user:
        unused, reason = ["--password-file", "--client-id"], "without --user nobody logs in there"
    elif server.client_id:
        unused, reason = ["--password-file"], "Microsoft 365 takes no password, only a token"
    else:
        unused, reason = ["--client-id"], "only Microsoft 365 asks for it"
    if wrong := [option for option in unused if said[option]]:
        raise typer.BadParameter(reason, param_hint=wrong)


def _password(asking: Prompts, host: str, file: str | None, data: Path) -> tuple[str, str]:
    """The file that holds the password, and the password where it is still to be written there."""
    from monitor.channels.mail_options import PASSWORD_VARIABLE
    from monitor.cli.prompts import secret
    from monitor.config.starter_files import PASSWORD_FILE

    if file is not None:
        return _readable(file, data), ""
    if os.environ.get(PASSWORD_VARIABLE):
        return "", ""
    if asking.assume:
        return PASSWORD_FILE, ""
    if is_gmail(host):
        asking.tell("   Gmail takes an app password, not the account's: https://myaccount.google.com/apppasswords")
    password = secret(f"   Password (it goes into {data / PASSWORD_FILE}, for you alone)")
    return PASSWORD_FILE, password.replace(" ", "") if is_gmail(host) else password


def _readable(file: str, data: Path) -> str:
    """The file as monitor.yaml names it, once a secret could be read from it."""
    from monitor.config.secrets import read_secret
    from monitor.config.values import refuse
    from monitor.errors import SecretError

    meant = str(Path(file).expanduser())
    try:
        read_secret(meant, data)
    except SecretError as error:
        raise refuse(str(error)) from None
    return meant


def is_gmail(host: str) -> bool:
    """Whether a mail server is Google's, which wants an app password."""
    from monitor.channels.mail_options import GOOGLE_HOSTS

    return f".{host.lower()}".endswith(GOOGLE_HOSTS)


def _is_microsoft(host: str) -> bool:
    from monitor.channels.mail_options import MICROSOFT_HOSTS

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
    from monitor.channels.mail_options import PORTS
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
