"""Implement `monitor forms`: list every form that a query looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import Query, RuleName
from monitor.text import counted

if TYPE_CHECKING:
    from monitor.query import QueryForms

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
    from monitor.query import query_forms

    argument = read_query(query, rule, config, data)
    languages = set(language or ())
    rows = [
        row
        for one in query_forms(argument.text, argument.config.scope)
        for row in rows_of(one)
        if not languages or not row["language"] or row["language"] in languages
    ]
    argument.config.memo.form_lookup.save()
    if as_json:
        print_json(rows)
        return
    cells = [
        (
            row["term"] + (f" in {row['via']}" if row["via"] else ""),
            row["form"],
            row["language"] or "any",
            f"{row['confidence']:.2f}",
            row["source"],
            row["needs"],
        )
        for row in rows
    ]
    table(("term", "form", "language", "sure", "source", "counts only"), cells)
    files = argument.config.files_of("names")
    print(f"{counted(len(rows), 'form')}; {files} adds (also:) and removes (not:) forms of names")


def rows_of(query_forms: QueryForms) -> list[dict[str, Any]]:
    """Return one row for each form of a word."""
    from monitor.query import needs

    return [
        {
            "term": query_forms.term,
            "via": query_forms.via,
            "word": query_forms.word,
            "form": form.text,
            "language": form.language,
            "source": form.source,
            "confidence": form.confidence,
            "needs": ", ".join(needs(form)),
        }
        for form in query_forms.forms
    ]
