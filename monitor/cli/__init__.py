"""Read the command line; the exit code is 0 for done, 1 for failed, 2 for bad usage or configuration."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from monitor.cli.usage import CommandGroup
from monitor.errors import ConfigError, MonitorError

# One command a file; the order is the order of `monitor --help`.
COMMANDS = {
    "init": "monitor.cli.init",
    "run": "monitor.cli.run",
    "work": "monitor.cli.share_work",
    "check": "monitor.cli.check",
    "forms": "monitor.cli.forms",
    "try": "monitor.cli.try_rule",
    "search": "monitor.cli.search",
    "explain": "monitor.cli.explain",
    "status": "monitor.cli.status",
    "report": "monitor.cli.report",
    "stories": "monitor.cli.show_stories",
    "alerts": "monitor.cli.alerts",
    "mute": "monitor.cli.mute",
    "people": "monitor.cli.people",
    "mail": "monitor.cli.mail",
    "channels": "monitor.cli.channels",
    "rules": "monitor.cli.rules",
    "names": "monitor.cli.names",
    "outlets": "monitor.cli.outlets",
    "backfill": "monitor.cli.read_past",
    "demo": "monitor.cli.demo",
    "backup": "monitor.cli.backup",
    "restore": "monitor.cli.restore",
    "db": "monitor.cli.db",
}


class Commands(CommandGroup):
    """The commands of the table, each imported when it is asked for, so that no command pays for the others."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return every command's name in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return one command, or None for a name that the table lacks."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
            command.name = cmd_name
            self.commands[cmd_name] = command
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words name; a wrong word is answered with the nearest right one."""
        if args and args[0] not in COMMANDS:
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from monitor import __version__

        print(f"monitor {__version__}")
        raise typer.Exit


@app.callback()
def monitor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Watch news outlets and mail people when something they care about is published."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    # What we store is other people's mail: only its owner reads it, also where the data folder is open to others.
    os.umask(0o077)
    try:
        app(prog_name="monitor")
    except ConfigError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output left (`monitor alerts list | head`): that is no failure of ours.
        sys.stderr.close()
        sys.exit(0)
