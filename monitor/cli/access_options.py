"""Define the options that say how a new outlet is to be asked, and read them together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from monitor.config.new_access import AccessOptions

_PANEL = "How it is asked (secrets from files)"


def _asked(option: str, metavar: str, text: str) -> Any:
    """Return an option of the panel."""
    return typer.Option(option, metavar=metavar, help=text, rich_help_panel=_PANEL)


HeaderOption = Annotated[list[str] | None, _asked("--header", "'NAME: VALUE'", "A header of each request.")]
HeaderFileOption = Annotated[
    list[str] | None, _asked("--header-file", "'NAME: FILE'", "The same with the file of its value.")
]
UserAgentOption = Annotated[str, _asked("--user-agent", "TEXT", "What it sees of us.")]
ProxyOption = Annotated[str, _asked("--proxy", "URL", "A proxy for it alone.")]
ProxyFileOption = Annotated[str, _asked("--proxy-password-file", "FILE", "The file of that proxy's password.")]
LoginOption = Annotated[str, _asked("--login", "URL", "The page with the login form.")]
LoginUserOption = Annotated[str, _asked("--user", "NAME", "The account that logs in.")]
LoginFileOption = Annotated[str, _asked("--password-file", "FILE", "The file of its password.")]


def read_access(options: AccessOptions, data: Path) -> dict[str, Any]:
    """Return the keys of an entry that these options stand for; what is wrong becomes a usage error."""
    from monitor.config.new_access import access_keys, access_problem

    keys = access_keys(options, data)
    if problem := access_problem(keys):
        option, text = problem
        raise typer.BadParameter(text, param_hint=[option])
    return keys
