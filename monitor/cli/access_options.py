"""Define the options that say how a new outlet is to be asked, and read them together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from monitor.config.new_access import AccessOptions

_PANEL = "How it is asked (secrets from files)"

HeaderOption = Annotated[
    list[str] | None,
    typer.Option("--header", metavar="'NAME: VALUE'", help="A header of each request.", rich_help_panel=_PANEL),
]
HeaderFileOption = Annotated[
    list[str] | None,
    typer.Option(
        "--header-file", metavar="'NAME: FILE'", help="The same with the file of its value.", rich_help_panel=_PANEL
    ),
]
UserAgentOption = Annotated[
    str, typer.Option("--user-agent", metavar="TEXT", help="What it sees of us.", rich_help_panel=_PANEL)
]
ProxyOption = Annotated[
    str, typer.Option("--proxy", metavar="URL", help="A proxy for it alone.", rich_help_panel=_PANEL)
]
ProxyFileOption = Annotated[
    str,
    typer.Option(
        "--proxy-password-file", metavar="FILE", help="The file of that proxy's password.", rich_help_panel=_PANEL
    ),
]
LoginOption = Annotated[
    str, typer.Option("--login", metavar="URL", help="The page with the login form.", rich_help_panel=_PANEL)
]
LoginUserOption = Annotated[
    str, typer.Option("--user", metavar="NAME", help="The account that logs in.", rich_help_panel=_PANEL)
]
LoginFileOption = Annotated[
    str, typer.Option("--password-file", metavar="FILE", help="The file of its password.", rich_help_panel=_PANEL)
]


def read_access(options: AccessOptions, data: Path) -> dict[str, Any]:
    """Return the keys of an entry that these options stand for; what is wrong becomes a usage error."""
    from monitor.config.new_access import access_keys, access_problem

    keys = access_keys(options, data)
    if problem := access_problem(keys):
        option, text = problem
        raise typer.BadParameter(text, param_hint=[option])
    return keys
