"""A query on the command line: as words, from the standard input, or by the name of a rule of the files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.config import Config
    from monitor.query import Compiled, Diagnostic

Query = Annotated[str, typer.Argument(metavar="QUERY", help="What to look for; - reads it from standard input.")]
RuleName = Annotated[str, typer.Option("--rule", metavar="NAME", help="The query of this rule of the files.")]


@dataclass(frozen=True, slots=True)
class QueryArgument:
    """A query that can be used, and the configuration that it was read in."""

    text: str
    compiled: Compiled
    config: Config


def ask(query: str, rule: str, directory: Path, data: Path) -> QueryArgument:
    """Read a query in the scope of the files; what is wrong with it is shown with its column, and we leave with 2."""
    if bool(query) == bool(rule):
        raise typer.BadParameter("give a query, - for standard input, or --rule NAME")
    config = read(directory, data)
    return understood(rule_text(config, rule) if rule else query, config)


def read(directory: Path, data: Path) -> Config:
    """Return the configuration; raise ConfigError where none can be used."""
    from monitor.errors import ConfigError
    from monitor.run.startup import read_config

    loaded = read_config(directory, data)
    if loaded.config is None:
        raise ConfigError(loaded.problems)
    return loaded.config


def understood(query: str, config: Config) -> QueryArgument:
    """Compile a query (`-`: what standard input says), and show what is to be said of it."""
    from monitor.query import check

    text = (sys.stdin.read() if query == "-" else query).strip("\n")
    compiled, remarks = check(text, config.scope)
    for line in pointed(text, remarks):
        print(line, file=sys.stderr)
    if compiled is None:
        raise typer.Exit(2)
    return QueryArgument(text, compiled, config)


def rule_text(config: Config, name: str) -> str:
    """Return the query of a rule; a wrong name is answered with the nearest right one."""
    if name in config.rules:
        return config.rules[name].query.strip("\n")
    folded = {known.casefold(): known for known in config.rules}
    near = get_close_matches(name.casefold(), folded, 1)
    hint = f"did you mean {folded[near[0]]}?" if near else f"see {config.home('rules')}"
    raise typer.BadParameter(f"there is no rule {name!r}; {hint}", param_hint="--rule")


def pointed(text: str, remarks: Sequence[Diagnostic]) -> list[str]:
    """Each remark with the line of the query that it is about and a caret under its place."""
    from rich.cells import cell_len

    from monitor.run.log_format import clean

    shown: list[str] = []
    for remark in remarks:
        before = text[: remark.column - 1]
        start = before.rfind("\n") + 1
        line = text[start:].partition("\n")[0].replace("\t", " ")
        hint = f" ({remark.hint})" if remark.hint else ""
        shown.append(clean(f"{remark.severity}: column {remark.column}: {remark.message}{hint}"))
        shown += _window(line, len(before) - start, cell_len)
    return shown


def _window(line: str, place: int, width: Callable[[str], int]) -> list[str]:
    """The stretch of a line around a place, and a caret under it."""
    from monitor.run.log_format import clean

    first = max(0, place - 60)
    lead = "…" if first else ""
    around = clean(line[first : place + 60])
    before = lead + clean(line[first:place])
    return [f"  {lead}{around}", "  " + " " * width(before) + "^"]
