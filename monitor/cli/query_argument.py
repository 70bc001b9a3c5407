"""Read what commands are about: a query from the command line, standard input or a rule; outlets by their names."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from monitor.config import Config, Loaded
    from monitor.model import Outlet
    from monitor.query import Compiled, Diagnostic

QUERY_HELP = "What to look for; - reads it from standard input."
_SHOWN_ERRORS = 5
NO_QUERY = "give a query, - for standard input, or --rule NAME"

Query = Annotated[str, typer.Argument(metavar="QUERY", help=QUERY_HELP)]
RuleName = Annotated[str, typer.Option("--rule", metavar="NAME", help="The query of this rule of the files.")]


@dataclass(frozen=True, slots=True)
class QueryArgument:
    """A compiled query and the configuration that it was compiled in."""

    text: str
    compiled: Compiled
    config: Config


def read_query(query: str, rule: str, directory: Path, data: Path) -> QueryArgument:
    """Return the query of the arguments, compiled; its diagnostics are printed, and errors exit with 2."""
    if bool(query) == bool(rule):
        raise typer.BadParameter(NO_QUERY)
    config = require_config(directory, data)
    return compile_argument(rule_text(config, rule) if rule else query, config)


def require_config(directory: Path, data: Path) -> Config:
    """Return the configuration, with its first errors on stderr; raises ConfigError where none can be used."""
    return read_usable(directory, data).require_config()


def read_usable(directory: Path, data: Path) -> Loaded:
    """Return what loading gave, with its first errors on stderr; raises ConfigError where none of it can be used."""
    from monitor.run.config_folder import read_config
    from monitor.text import clean

    loaded = read_config(directory, data)
    loaded.require_config()
    for problem in loaded.errors[:_SHOWN_ERRORS]:
        print(clean(str(problem)), file=sys.stderr)
    if len(loaded.errors) > _SHOWN_ERRORS:
        print(f"and {len(loaded.errors) - _SHOWN_ERRORS} more: monitor check", file=sys.stderr)
    return loaded


def compile_argument(query: str, config: Config) -> QueryArgument:
    """Compile a query (`-` reads it from standard input) and print its diagnostics; errors exit with 2."""
    from monitor.query import check

    text = (sys.stdin.read() if query == "-" else query).strip("\n")
    compiled, diagnostics = check(text, config.scope)
    for line in format_diagnostics(text, diagnostics):
        print(line, file=sys.stderr)
    if compiled is None:
        raise typer.Exit(2)
    return QueryArgument(text, compiled, config)


def rule_text(config: Config, name: str) -> str:
    """Return the query of a rule; a wrong name is a usage error with the nearest right one."""
    if name in config.rules:
        return config.rules[name].query.strip("\n")
    from monitor.text.similar_names import did_you_mean

    hint = did_you_mean(name, config.rules) or f"see {config.files_of('rules')}"
    raise typer.BadParameter(f"there is no rule {name!r}; {hint}", param_hint="--rule")


def format_diagnostics(text: str, diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return each diagnostic with the line of the query and a caret under its column."""
    from rich.cells import cell_len

    from monitor.text import clean

    lines: list[str] = []
    for diagnostic in diagnostics:
        before = text[: diagnostic.column - 1]
        start = before.rfind("\n") + 1
        line = text[start:].partition("\n")[0].replace("\t", " ")
        hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
        lines.append(clean(f"{diagnostic.severity}: column {diagnostic.column}: {diagnostic.message}{hint}"))
        lines += _window(line, len(before) - start, cell_len)
    return lines


def _window(line: str, place: int, width: Callable[[str], int]) -> list[str]:
    """Return the part of a line around a column, and a caret under it."""
    from monitor.text import clean

    first = max(0, place - 60)
    ellipsis = "…" if first else ""
    excerpt = clean(line[first : place + 60])
    before = ellipsis + clean(line[first:place])
    return [f"  {ellipsis}{excerpt}", "  " + " " * width(before) + "^"]


def named_outlets(config: Config, names: Sequence[str]) -> list[Outlet]:
    """Return these outlets, or all by name; an unknown one is a usage error with the nearest right name."""
    from monitor.text.similar_names import did_you_mean

    for name in names:
        if name not in config.outlets:
            hint = did_you_mean(name, config.outlets) or f"see {config.files_of('outlets')}"
            raise typer.BadParameter(f"there is no active outlet {name!r}; {hint}", param_hint="NAME")
    return [config.outlets[name] for name in dict.fromkeys(names) or sorted(config.outlets)]
