"""Implement `monitor explain`: show the history of an article, or why an address is unknown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.since_option import Since

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.config import Config
    from monitor.model import Article
    from monitor.reports.fetched_article import Explained

app = typer.Typer(add_completion=False)


@app.command()
def explain(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The address of an article; - reads a list from standard input.")
    ],
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    rule: Annotated[list[str] | None, typer.Option("--rule", metavar="NAME", help="Only what this rule says.")] = None,
    since: Since = "7d",
    diff: Annotated[
        bool, typer.Option("--diff", help="Show every version, and what changed from one to the next.")
    ] = False,
    fetch: Annotated[bool, typer.Option("--fetch", help="Read the page now, and ask the rules of it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show where an article was seen, what each rule says of it, and who was told; or why it is unknown.

    A list of addresses, one a line, gives a table. --since says how far back to look for gaps and outages that explain
    an unknown address; --fetch reads the page now (of a list, those of unknown addresses), and stores nothing. --diff
    marks words that went as [-so-] and words that came as {+so+}, by colours on a terminal.
    """
    from monitor.cli import explain_output, version_output
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config, rule_text
    from monitor.cli.since_option import span_of
    from monitor.reports.explanation import explain as explain_addresses
    from monitor.reports.explanation import with_versions
    from monitor.reports.fetched_article import stored_pages
    from monitor.reports.nearest_stories import with_nearest_stories
    from monitor.run.startup import utc_now
    from monitor.store import Store
    from monitor.text import clean

    if diff and url == "-" and not as_json:
        raise typer.BadParameter("of a list, --diff shows the versions with --json only; or give one address")
    built_config, now = require_config(config, data), utc_now()
    for name in rule or ():
        rule_text(built_config, name)
    span = span_of(since, now, built_config.settings.timezone)
    urls = _addresses_from_input() if url == "-" else [url]
    with Store.open(built_config.settings.database_url(), read_only=True) as store, store.reading() as conn:
        found = explain_addresses(conn, built_config, urls, rule, (span[0] or now, span[1] or now))
        found = with_nearest_stories(conn, with_versions(conn, found) if diff else found)
        stored = stored_pages(conn, found) if fetch and url != "-" else {}
    if fetch and (stored or not all(one.known for one in found)):
        found = _with_pages(built_config, found, rule, stored)
    if as_json:
        print_json(found if url == "-" else found[0])
    elif url == "-":
        rows = [explain_output.row_of(asked, one) for asked, one in zip(urls, found, strict=True)]
        table(("address", "outlet", "first seen", "rules", "mails", "why"), rows)
    else:
        for line in explain_output.lines_of(found[0]):
            print(clean(line))
        if found[0].known:
            version_output.show_versions(found[0].versions)
    raise typer.Exit(0 if all(one.known for one in found) else 1)


def _with_pages(
    config: Config, found: Sequence[Explained], rules: Sequence[str] | None, stored: Mapping[int, Article]
) -> list[Explained]:
    from monitor.reports.fetched_article import with_pages
    from monitor.run.command_visits import visit_outlets
    from monitor.steps.fetch_article import ARTICLE_JOB
    from monitor.steps.read_page import PAGE_SECONDS

    return visit_outlets(
        config, lambda visits: with_pages(visits, config, found, rules, stored), job=ARTICLE_JOB, seconds=PAGE_SECONDS
    )


def _addresses_from_input() -> list[str]:
    """Return the addresses on standard input, one on each line, without repeats and without comments (#)."""
    lines = (line.strip() for line in sys.stdin)
    urls = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    if not urls:
        raise typer.BadParameter("standard input holds no address: give one a line")
    return urls
