"""`monitor forms`: every form that a query looks for."""

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
    from monitor.cli.output import as_json as print_json
    from monitor.cli.output import table
    from monitor.cli.query_argument import ask
    from monitor.query import query_forms

    asked = ask(query, rule, config, data)
    wanted = set(language or ())
    rows = [
        row
        for one in query_forms(asked.text, asked.config.scope)
        for row in rows_of(one)
        if not wanted or not row["language"] or row["language"] in wanted
    ]
    asked.config.memo.form_lookup.put_away()
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
    print(f"{counted(len(rows), 'form')}; {asked.config.home('names')} adds (also:) and removes (not:) forms of names")


def rows_of(one: QueryForms) -> list[dict[str, Any]]:
    """A word of a term as rows, a form a row."""
    from monitor.query import needs

    return [
        {
            "term": one.term,
            "via": one.via,
            "word": one.word,
            "form": form.text,
            "language": form.language,
            "source": form.source,
            "confidence": form.confidence,
            "needs": ", ".join(needs(form)),
        }
        for form in one.forms
    ]
