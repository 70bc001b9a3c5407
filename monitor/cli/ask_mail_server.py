"""Ask for the mail server in `monitor init`, and for how the account logs in there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monitor.cli.options import parse_option

if TYPE_CHECKING:
    from monitor.cli.prompts import Prompts
    from monitor.config.starter_files import MailServer

_NO_LOGIN = ("", "none", "no", "-")


@dataclass(frozen=True, slots=True)
class MailServerOptions:
    """What the options say about the account; None is what they leave open."""

    server: str | None
    security: str | None
    user: str | None
    password_file: str | None
    client_id: str | None

    def required(self) -> dict[str, str | None]:
        """Return the options that the login at this server has no default for."""
        from monitor.channels.mail_options import is_microsoft

        host = (self.server or "").strip().partition(":")[0]
        by_token = is_microsoft(host) and self.security != "none" and _user(self.user or host)
        return {"--client-id": self.client_id} if by_token else {}


def mail_server(prompts: Prompts, given: MailServerOptions, address: str, data: Path) -> tuple[MailServer | None, str]:
    """Return the server and the password to store (empty where none was typed); None where mails go to the Maildir."""
    _check_options(given, data)
    server, password = _answers(prompts, given, address, data)
    _refuse_unused(given, server)
    return server, password


def _check_options(given: MailServerOptions, data: Path) -> None:
    """Refuse options that are wrong by themselves, even if this server has no use for them."""
    readers: dict[str, tuple[str | None, Callable[[str], object]]] = {
        "--server": (given.server, _host_and_port),
        "--security": (given.security, _security),
        "--client-id": (given.client_id, _client_id),
        "--password-file": (given.password_file, partial(_readable_secret_file, data=data)),
    }
    for option, (text, read) in readers.items():
        if text is not None:
            parse_option(option, text, read)


def _answers(prompts: Prompts, given: MailServerOptions, address: str, data: Path) -> tuple[MailServer | None, str]:
    from monitor.channels.mail_options import PORTS, is_microsoft
    from monitor.config.starter_files import MailServer

    prompts.explain("   Gmail: smtp.gmail.com · Microsoft 365: smtp.office365.com · a relay: relay.your-company.com:25")
    question = "3/5 Your mail server (empty: mails go into the folder data/mail for now)"
    host, port = prompts.ask("--server", question, given.server, _host_and_port)
    if not host:
        return None, ""
    default = {465: "tls", 25: "none"}.get(port, "starttls")
    security = prompts.ask("--security", "   Encryption: starttls, tls or none", given.security, _security, default)
    port = port or PORTS[security]
    if security == "none" and given.user is None:
        return MailServer(host, port, security), ""
    user = prompts.ask("--user", "   User (none: no login)", given.user, _user, "none" if port == 25 else address)
    if user and is_microsoft(host):
        tenant = user.rpartition("@")[2]
        prompts.explain("   Microsoft 365 logs in by token; docs/mail.md shows how to register the application.")
        client = prompts.ask("--client-id", "   Its application (client) id", given.client_id, _client_id, None)
        return MailServer(host, port, security, user, client_id=client, tenant=tenant), ""
    file, password = _password(prompts, host, given.password_file, data) if user else ("", "")
    return MailServer(host, port, security, user, file), password


def _refuse_unused(given: MailServerOptions, server: MailServer | None) -> None:
    """Refuse an option that this server has no use for, rather than ignore it silently."""
    given_options = {
        "--security": given.security,
        "--user": _user(given.user or ""),
        "--password-file": given.password_file,
        "--client-id": given.client_id,
    }
    if server is None:
        unused, reason = list(given_options), "there is no mail server that it could be for: give --server, too"
    elif not server.user:
        unused, reason = ["--password-file", "--client-id"], "without --user nobody logs in there"
    elif server.client_id:
        unused, reason = ["--password-file"], "Microsoft 365 takes no password, only a token"
    else:
        unused, reason = ["--client-id"], "only Microsoft 365 asks for it"
    if unused_given := [option for option in unused if given_options[option]]:
        raise typer.BadParameter(reason, param_hint=unused_given)


def _password(prompts: Prompts, host: str, file: str | None, data: Path) -> tuple[str, str]:
    """Return the file for the password, and the password where it is still to be written there."""
    from monitor.channels.mail_options import PASSWORD_VARIABLE, is_google
    from monitor.cli.prompts import ask_password
    from monitor.config.starter_files import PASSWORD_FILE

    if file is not None:
        return _readable_secret_file(file, data), ""
    if os.environ.get(PASSWORD_VARIABLE):
        return "", ""
    if prompts.use_defaults:
        return PASSWORD_FILE, ""
    if is_google(host):
        prompts.explain("   Gmail takes an app password, not the account's: https://myaccount.google.com/apppasswords")
    password = ask_password(f"   Password (it goes into {data / PASSWORD_FILE}, for you alone)")
    return PASSWORD_FILE, password.replace(" ", "") if is_google(host) else password


def _readable_secret_file(file: str, data: Path) -> str:
    """Return the file as monitor.yaml names it; raises a ValueError where no secret can be read from it."""
    from monitor.config.secrets import read_secret
    from monitor.config.values import refuse
    from monitor.errors import SecretError

    expanded = str(Path(file).expanduser())
    try:
        read_secret(expanded, data)
    except SecretError as error:
        raise refuse(str(error)) from None
    return expanded


def _host_and_port(text: str) -> tuple[str, int]:
    """Return host and port, with port 0 where none is given."""
    from monitor.config.addresses import parse_host
    from monitor.config.values import parse_port

    host, colon, port = text.strip().rpartition(":")
    if not colon or text.count(":") > 1:
        host, port = text.strip(), ""
    return (parse_host(host), parse_port(port) if port else 0) if host else ("", 0)


def _security(text: str) -> str:
    from monitor.channels.mail_options import PORTS
    from monitor.config.values import quoted, refuse
    from monitor.text.similar_names import did_you_mean

    if text.strip().lower() not in PORTS:
        raise refuse(
            f"{quoted(text)} is not possible here", did_you_mean(text, tuple(PORTS)) or f"one of: {', '.join(PORTS)}"
        )
    return text.strip().lower()


def _user(text: str) -> str:
    return "" if text.strip().lower() in _NO_LOGIN else text.strip()


def _client_id(text: str) -> str:
    from monitor.config.values import refuse

    if not text.strip():
        raise refuse("the application has an id", "like 00000000-0000-0000-0000-000000000000")
    return text.strip()
