"""Read how a new outlet is to be asked, as a command is told it, as keys of its entry and for the search of its site.

Secrets stand in files, so that they are in no shell's history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from monitor.config.model_errors import explain
from monitor.config.models import OutletEntry
from monitor.config.outlet_entries import site_access
from monitor.config.secrets import is_variable
from monitor.config.site_access import SiteAccess
from monitor.model import Feed

_OPTION_OF = {
    "headers": "--header",
    "header_files": "--header-file",
    "user_agent": "--user-agent",
    "proxy": "--proxy",
    "proxy_password_file": "--proxy-password-file",
    "login": "--login",
}
"""The option that each key is made of."""


@dataclass(frozen=True, slots=True)
class AccessOptions:
    """What the options of a command say; headers are `NAME: VALUE` and `NAME: FILE`, all else is as in an entry."""

    headers: Sequence[str] = ()
    header_files: Sequence[str] = ()
    user_agent: str = ""
    proxy: str = ""
    proxy_password_file: str = ""
    login: str = ""
    login_user: str = ""
    login_password_file: str = ""


def access_keys(options: AccessOptions, data: Path) -> dict[str, Any]:
    """Return the keys of an entry that say this; files that are not in the data folder get their whole path."""
    login = {
        "url": options.login,
        "user": options.login_user,
        "password_file": _file(options.login_password_file, data),
    }
    stated = {
        "headers": dict(map(_pair, options.headers)),
        "header_files": {name: _file(file, data) for name, file in map(_pair, options.header_files)},
        "user_agent": options.user_agent,
        "proxy": options.proxy,
        "proxy_password_file": _file(options.proxy_password_file, data),
        "login": {key: text for key, text in login.items() if text},
    }
    return {key: value for key, value in stated.items() if value}


def access_problem(keys: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the option that is wrong, and what of it; None where all are right."""
    try:
        OutletEntry.model_validate(dict(keys))
    except ValidationError as failure:
        error = failure.errors(include_url=False)[0]
        message, hint = explain(OutletEntry, error, {})
        return _OPTION_OF.get(str(error["loc"][0]), "--login"), "; ".join(filter(None, (message, hint)))
    if "proxy_password_file" in keys and "proxy" not in keys:
        return "--proxy-password-file", "there is no --proxy that it is of"
    return None


def access_for(url: str, keys: Mapping[str, Any], data: Path) -> SiteAccess:
    """Return how a site is asked that is searched from this address; headers go to its own origin alone."""
    return site_access(OutletEntry.model_validate(dict(keys)), [Feed(url, "")], data)


def _pair(written: str) -> tuple[str, str]:
    name, _, text = written.partition(":")
    return name.strip(), text.strip()


def _file(file: str, data: Path) -> str:
    here = Path(file)
    if not file or is_variable(file) or here.is_absolute() or (data / here).exists() or not here.exists():
        return file
    return str(here.resolve())
