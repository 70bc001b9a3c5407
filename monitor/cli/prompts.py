"""Questions on the command line: each answered by an option, by its usual answer, or by whoever types."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import typer

from monitor.cli.options import valid

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Prompts:
    """How questions are answered: with `assume`, what no option says is answered as usual, without asking."""

    assume: bool

    def ask(
        self, option: str, question: str, given: str | None, read: Callable[[str], Answer], usual: str | None = ""
    ) -> Answer:
        """The answer as `read` understands it, which says what is wrong in a ValueError; `usual` None: there is none.

        A person is asked again; a pipe or an option that is wrong ends the command with 2.
        """
        from monitor.config.values import reason

        if given is not None:
            return valid(option, given, read)
        if self.assume:
            if usual is None:
                self.require({option: None})
            return valid(option, usual or "", read)
        while True:
            try:
                return read(_typed(question, usual or ""))
            except ValueError as error:
                print(f"  {reason(error)}", file=sys.stderr)
                if not sys.stdin.isatty():
                    raise typer.Abort from None

    def require(self, options: Mapping[str, str | None]) -> None:
        """Name all options at once that have no usual answer and say nothing, where nobody is asked."""
        missing = [option for option, given in options.items() if given is None]
        if self.assume and missing:
            raise typer.BadParameter("missing, and with --yes nobody is asked", param_hint=missing)

    def tell(self, *lines: str) -> None:
        """What helps to answer, where somebody is asked."""
        if not self.assume:
            print("\n".join(lines))


def secret(question: str) -> str:
    """A password as it is typed, unseen on a terminal."""
    return str(_answered(typer.prompt(question, default="", show_default=False, hide_input=sys.stdin.isatty())))


def agree(question: str) -> None:
    """Go on only where it is agreed; typer.Abort otherwise."""
    if not _answered(typer.confirm(question)):
        raise typer.Abort


def _typed(question: str, usual: str) -> str:
    return str(_answered(typer.prompt(question, default=usual, show_default=bool(usual))))


def _answered(answer: Answer) -> Answer:
    """The answer, once its line is ended: on a terminal the key that sends it does that, a pipe shows nothing."""
    if not sys.stdin.isatty():
        print()
    return answer
