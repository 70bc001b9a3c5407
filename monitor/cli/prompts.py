"""Ask questions on the command line; each is answered by an option, its default, or the person who types."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import typer

from monitor.cli.options import parse_option

Answer = TypeVar("Answer")
_EXAMPLES = {"--mail": '"Ann <ann@your-company.com>"', "--words": '"Peskov, grain deal"'}
"""What is typed for an option that has no default."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """How questions are answered; with `use_defaults` nobody is asked."""

    use_defaults: bool

    def ask(
        self,
        option: str,
        question: str,
        option_value: str | None,
        parse: Callable[[str], Answer],
        default: str | None = "",
    ) -> Answer:
        """Return the answer as `parse` reads it; a `default` of None means that there is none.

        `parse` raises a ValueError that says what is wrong. A person is asked again; a pipe or a wrong option ends the
        command with exit code 2.
        """
        from monitor.config.values import reason

        if option_value is not None:
            return parse_option(option, option_value, parse)
        if self.use_defaults:
            if default is None:
                self.require({option: None})
            return parse_option(option, default or "", parse)
        while True:
            try:
                return parse(str(_end_line(typer.prompt(question, default=default or "", show_default=bool(default)))))
            except ValueError as error:
                print(f"  {reason(error)}", file=sys.stderr)
                if not sys.stdin.isatty():
                    raise typer.Abort from None

    def require(self, options: Mapping[str, str | None]) -> None:
        """Report together all options without value and default, where nobody is asked."""
        missing = [option for option, option_value in options.items() if option_value is None]
        if self.use_defaults and missing:
            typed = " ".join(f"{option} {_EXAMPLES.get(option, '…')}" for option in missing)
            raise typer.BadParameter(f"missing, and with --yes nobody is asked; add {typed}", param_hint=missing)

    def explain(self, *lines: str) -> None:
        """Print what helps to answer, where somebody is asked."""
        if not self.use_defaults:
            print("\n".join(lines))


def ask_password(question: str) -> str:
    """Ask for a password, without echo on a terminal."""
    return str(_end_line(typer.prompt(question, default="", show_default=False, hide_input=sys.stdin.isatty())))


def confirm(question: str) -> None:
    """Ask for agreement; raises typer.Abort otherwise."""
    if not _end_line(typer.confirm(question)):
        raise typer.Abort


def _end_line(answer: Answer) -> Answer:
    """Return the answer, and end its line where the input is a pipe, which does not echo the line end."""
    if not sys.stdin.isatty():
        print()
    return answer
