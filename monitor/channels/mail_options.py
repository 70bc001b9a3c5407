"""Define and check the settings of the mail account (`mail:` in monitor.yaml)."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, field_validator, model_validator

from monitor.channels.channel import ChannelOptions
from monitor.hostnames import ascii_host, is_domain
from monitor.text import ascii_address, split_mailbox

PASSWORD_VARIABLE = "MONITOR_SMTP_PASSWORD"  # noqa: S105  the name of a variable
PORTS = {"starttls": 587, "tls": 465, "none": 25}
IMPLICIT_TLS_PORTS = (465, 2465)  # RFC 8314, 3.3; relays offer 2465 where a network blocks 465
STARTTLS_PORTS = (25, 587, 2525, 2587)
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
MICROSOFT = "https://login.microsoftonline.com/{}/oauth2/v2.0/token"
MICROSOFT_HOSTS = (".office365.com", ".outlook.com")
# With `offline_access` the server gives refresh tokens as well.
MICROSOFT_SCOPE = "https://outlook.office.com/SMTP.Send offline_access"
GOOGLE = "https://oauth2.googleapis.com/token"
GOOGLE_HOSTS = (".gmail.com", ".googlemail.com")


def is_microsoft(host: str) -> bool:
    """Tell whether a mail server is Microsoft's, which takes a token and no password."""
    return f".{host.lower()}".endswith(MICROSOFT_HOSTS)


def is_google(host: str) -> bool:
    """Tell whether a mail server is Google's, which takes an app password or a token."""
    return f".{host.lower()}".endswith(GOOGLE_HOSTS)


class MailOptions(ChannelOptions):
    """Settings of the mail account (`mail:` in monitor.yaml)."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    sender: str = Field(alias="from", description="`News monitor <monitor@example.org>`")
    host: str = Field(min_length=1, description="the mail server")
    port: int | None = Field(default=None, ge=1, le=65535, description="default: 587, with tls 465, with none 25")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted"
    )
    user: str = Field(default="", description="the account's name; without it no login")
    password_file: Path | None = Field(
        default=None, description=f"file that holds the password; or {PASSWORD_VARIABLE}"
    )
    auth: Literal["password", "xoauth2"] = Field(
        default="password", description="how the account logs in; xoauth2 is what Microsoft 365 asks for"
    )
    token_file: Path | None = Field(
        default=None,
        description="file that holds the refresh token (xoauth2); a new one that the server gives replaces it",
    )
    client_id: str = Field(default="", description="the application that the account was signed in with (xoauth2)")
    client_secret_file: Path | None = Field(
        default=None, description="file that holds the application's secret, where it has one (xoauth2)"
    )
    tenant: str = Field(
        default="",
        pattern=r"^[\w.-]*$",
        description="the directory of a Microsoft 365 account (xoauth2); otherwise common",
    )
    token_url: str = Field(
        default="", description="where access tokens are fetched (xoauth2); known for Microsoft 365 and Gmail"
    )
    ca_file: Path | None = Field(
        default=None, description="certificates to trust beside the system's, for a private server"
    )
    timeout: float = Field(default=60, gt=0, le=600, description="seconds that each step may take")
    bounces_to: str = Field(
        default="",
        description="who is told by mail servers of what could not be delivered; otherwise the address in from",
    )
    hello: str = Field(
        default="",
        description="the name that we greet the server with, or [192.0.2.1]; otherwise this machine's full name",
    )

    @field_validator("sender")
    @classmethod
    def _has_address(cls, value: str) -> str:
        try:
            split_mailbox(value)
        except ValueError as error:
            raise ValueError(f"{value!r} {error}") from None
        return value

    @field_validator("bounces_to")
    @classmethod
    def _is_address(cls, value: str) -> str:
        return ascii_address(value) if value else value

    @field_validator("hello")
    @classmethod
    def _is_greeting(cls, value: str) -> str:
        return greeting(value) if value else value

    @field_validator("token_url")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.hostname and (parts.scheme == "https" or parts.hostname in LOOPBACK_HOSTS)):
            raise ValueError("a refresh token goes to an https address only")
        return value

    @model_validator(mode="after")
    def _login_is_safe(self) -> Self:
        if self.security == "none" and self.user and self.host not in LOOPBACK_HOSTS:
            raise ValueError("a password does not travel in clear: `security: none` allows no `user`")
        return self

    @model_validator(mode="after")
    def _can_fetch_tokens(self) -> Self:
        needed = {"user": self.user, "token_file": self.token_file, "client_id": self.client_id}
        if self.auth == "xoauth2" and (missing := [key for key, value in needed.items() if not value]):
            raise ValueError(f"`auth: xoauth2` needs {' and '.join(missing)}")
        if self.auth == "xoauth2" and not self.token_server:
            raise ValueError("`auth: xoauth2` needs token_url, or tenant for Microsoft 365")
        return self

    @property
    def token_server(self) -> str:
        """The address that access tokens are fetched from; empty where that is not known."""
        if self.token_url:
            return self.token_url
        if self.tenant or is_microsoft(self.host):
            return MICROSOFT.format(self.tenant or "common")
        return GOOGLE if is_google(self.host) else ""

    @property
    def scope(self) -> str:
        """The scope of a token request: Microsoft needs one, others grant what was agreed to; empty for these."""
        return MICROSOFT_SCOPE if self.token_server.startswith(MICROSOFT.partition("{")[0]) else ""

    @property
    def effective_port(self) -> int:
        """The port to connect to."""
        return self.port or PORTS[self.security]

    @property
    def of_one_machine(self) -> str:
        """The file of a refresh token, since each new one replaces the last."""
        return f"the refresh token in {self.token_file}" if self.auth == "xoauth2" else ""

    @property
    def secret_names(self) -> tuple[tuple[str, ...], ...]:
        """The password in its file or variable, if the account has a name."""
        if not self.user:
            return ()
        return ((*([str(self.password_file)] if self.password_file else []), PASSWORD_VARIABLE),)

    @property
    def server_name(self) -> str:
        """Host and port of the mail server."""
        return f"{self.host}:{self.effective_port}"

    @property
    def mismatch(self) -> str:
        """Why port and security contradict each other; empty where they do not."""
        if self.effective_port in IMPLICIT_TLS_PORTS and self.security != "tls":
            return f"port {self.effective_port} is TLS from the first byte and needs security: tls"
        if self.effective_port in STARTTLS_PORTS and self.security == "tls":
            return f"port {self.effective_port} begins in clear and needs security: starttls (tls has port 465)"
        return ""


def greeting(text: str) -> str:
    """Return what EHLO says (RFC 5321, 4.1.1.1): a domain, or an IP address, which gets its brackets.

    Raises ValueError for a text that is neither.
    """
    bare = text.strip("[]").removeprefix("IPv6:")
    try:
        address = ip_address(bare)
    except ValueError:
        if not is_domain(text):
            raise ValueError(f"{text!r} is no name to greet with: write a full host name, or an address") from None
        return ascii_host(text)
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
