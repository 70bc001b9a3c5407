"""Implement `monitor forms`: list every form that a query looks for."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import Query, RuleName
from monitor.text import counted

app = typer.Typer(add_completion=False)


@app.command()
def forms(
    query: Query = "",
    rule: RuleName = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    language: Annotated[
        list[str] | None, typer.Option("--language", help="Only forms that count in articles of it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show every form that a query looks for, with its language, where it comes from, and how sure it is."""
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import read_query
    from monitor.reports.config_lists import list_forms

    argument = read_query(query, rule, config, data)
    found = list_forms(argument.config, argument.text, language or ())
    if as_json:
        print_json(found)
        return
    rows = [
        (
            one.term + (f" in {one.via}" if one.via else ""),
            one.form,
            one.language or "any",
            f"{one.confidence:.2f}",
            one.source,
            one.needs,
        )
        for one in found
    ]
    table(("term", "form", "language", "sure", "source", "counts only"), rows)
    files = argument.config.files_of("names")
    print(f"{counted(len(found), 'form')}; {files} adds (also:) and removes (not:) forms of names")
