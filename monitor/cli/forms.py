"""Implement `monitor forms`: list the forms that a query looks for, and say which of them a text holds."""

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
        list[str] | None, typer.Option("--language", help="Only forms that count in articles of it; that of --why.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All forms, not only the most likely of each script.")] = False,
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="TEXT", help="Which form finds this word or sentence, or just misses it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the forms that a query looks for, with language, source, and how sure they are; or why a text is found."""
    from monitor.cli.forms_output import print_forms, trace_lines
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import read_query
    from monitor.reports.config_lists import list_forms, list_wildcards
    from monitor.text import clean

    languages = _read_languages(language)
    if why is not None and len(languages) > 1:
        raise typer.BadParameter("a text is in one language", param_hint="--language")
    argument = read_query(query, rule, config, data)
    if why is not None:
        from monitor.reports.form_search import trace_text
        from monitor.run.startup import utc_now

        traced = trace_text(argument.config, argument.compiled, why, "".join(languages), utc_now())
        if as_json:
            print_json(traced)
            return
        for line in trace_lines(traced):
            print(clean(line))
        return
    found = list_forms(argument.config, argument.text, languages)
    if as_json:
        print_json(found)
        return
    print_forms(found, every=every)
    files = argument.config.files_of("names")
    print(f"{counted(len(found), 'form')}; {files} adds (also:) and removes (not:) forms of names")
    for name, wildcards in list_wildcards(argument.config, argument.compiled):
        print(f"no endings of {name} are known, which outlets of the query are in; add OR {' OR '.join(wildcards)}")


def _read_languages(codes: list[str] | None) -> list[str]:
    """Return the languages of the option without their regions; BadParameter for one that does not exist."""
    from monitor.cli.options import parse_option
    from monitor.config.values import parse_language

    return [parse_option("--language", code, parse_language).partition("-")[0] for code in codes or ()]
