"""Define how an outlet is asked that its entry wants asked otherwise than all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from monitor.config.header_fields import field_value
from monitor.config.secrets import is_variable, read_secret, with_password
from monitor.errors import SecretError
from monitor.fetching import is_own_page


@dataclass(frozen=True, slots=True)
class Login:
    """The account of an outlet, and the page at `url` with the form that logs it in.

    `fields` are given to fields of that form, with `{user}` and `{password}` in them; `works` is what the page shows
    afterwards, if it was said.
    """

    url: str
    password_file: str
    user: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    works: str = ""


@dataclass(frozen=True, slots=True)
class SiteAccess:
    """The headers, User-Agent, proxy and account of one outlet; empty where it has none of its own.

    The headers go to the origins of its `feeds` alone; its `proxy` may be `NO_PROXY`. Files count from `folder` and are
    read at each use.
    """

    feeds: tuple[str, ...]
    folder: Path
    user_agent: str = ""
    proxy: str | None = field(default=None, repr=False)
    proxy_password_file: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    header_files: Mapping[str, str] = field(default_factory=dict)
    login: Login | None = None

    def headers_for(self, url: str) -> dict[str, str]:
        """Return the headers that go with a request for this address, with lower-case names; raises SecretError."""
        if not is_own_page(url, self.feeds):
            return {}
        read = {name: read_header(name, file, self.folder) for name, file in self.header_files.items()}
        return dict(self.headers) | read

    def proxy_url(self) -> str | None:
        """Return the address of its proxy with the password; `NO_PROXY`, or None to ask as all; raises SecretError."""
        if not self.proxy or not self.proxy_password_file:
            return self.proxy
        return with_password(self.proxy, read_secret(self.proxy_password_file, self.folder))

    def password(self, login: Login) -> str:
        """Return the password of its account; raises SecretError."""
        return read_secret(login.password_file, self.folder)


def read_header(name: str, file: str, folder: Path) -> str:
    """Return the value of a header from a file or variable, as `read_secret`; SecretError where it is none."""
    secret = read_secret(file, folder)
    try:
        return field_value(secret)
    except ValueError:
        source = file if is_variable(file) else folder / file
        raise SecretError(f"{source} holds no value of the header {name}: one line of ASCII") from None
