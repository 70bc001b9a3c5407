"""Implement `monitor search`: show stored articles, the newest first."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import Query, RuleName
from monitor.cli.since_option import Since
from monitor.text import counted

app = typer.Typer(add_completion=False)


@app.command()
def search(
    query: Query = "",
    rule: RuleName = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "",
    limit: Annotated[int, typer.Option(min=0, help="At most so many articles; 0: all.")] = 50,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show stored articles that a query finds, the newest first, by the very matcher that runs live."""
    from monitor.cli import article_output
    from monitor.cli.query_argument import read_query
    from monitor.cli.since_option import span_of
    from monitor.reports.search_hits import search as search_articles
    from monitor.run.startup import utc_now
    from monitor.store import Store

    writers = {
        article_output.write_csv: as_csv,
        article_output.write_jsonl: as_jsonl,
        article_output.write_json: as_json,
    }
    if sum(writers.values()) > 1:
        raise typer.BadParameter("choose one of --csv, --jsonl and --json")
    argument = read_query(query, rule, config, data)
    settings = argument.config.settings
    now = utc_now()
    span = span_of(since, now, settings.timezone)
    write = next((writer for writer, wanted in writers.items() if wanted), article_output.show_hits)
    with Store.open(settings.database_url(), read_only=True) as store:
        found = search_articles(store, argument.config, argument.compiled, span, now)
        count = write(islice(found, limit or None))
    if write is article_output.show_hits:
        more = f"; --limit {limit * 10} shows more, --limit 0 all" if limit and count == limit else ""
        print(f"{counted(count, 'article')}{more}" if count else "nothing found", file=sys.stderr)
