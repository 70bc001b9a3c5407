"""Implement `monitor report`: show a span of time in figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.since_option import Since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.reports.activity import ActivityReport
    from monitor.reports.outlet_activity import OutletActivity

app = typer.Typer(add_completion=False)


@app.command()
def report(
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "7d",
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page with charts into this file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what each outlet published and how well it was seen, what rules found, and how soon mails left."""
    from monitor.atomic_files import replace_file
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import require_config
    from monitor.cli.since_option import span_of
    from monitor.errors import MonitorError
    from monitor.reports.activity import report_activity
    from monitor.reports.activity_page import activity_page
    from monitor.run.startup import utc_now
    from monitor.store import Store

    built_config, now = require_config(config, data), utc_now()
    span = span_of(since, now, built_config.settings.timezone)
    with Store.open(built_config.settings.database_url(), read_only=True) as store, store.reading() as conn:
        activity = report_activity(conn, built_config, span, now)
    if html:
        if not html.resolve().parent.is_dir():
            raise MonitorError(f"there is no folder {html.parent} to write {html.name} into")
        # It says what is watched and found, which is for its owner to show.
        replace_file(html, activity_page(activity), 0o600)
    if as_json:
        print_json(activity)
    elif html:
        print(f"{html} was written")
    else:
        _print_report(activity)


def _print_report(activity: ActivityReport) -> None:
    from monitor.cli.output import table
    from monitor.reports import activity_words as words
    from monitor.steps.backtest import chart
    from monitor.text import when

    print(f"{when(activity.since)} to {when(activity.until)}")
    for subject, sentence in words.summary(activity):
        print(f"{subject:<10}{sentence}")
    print(f"\narticles, by {words.bar_lengths(activity.days)} of {activity.timezone}:")
    print("\n".join(chart(activity.days)), end="\n\n")
    print_outlets(activity.outlets)
    print()
    _print_gaps(activity.outlets)
    of_rules = [
        (one.rule, f"{one.matches:,}", f"{one.mails:,}", words.duration(one.delay_seconds)) for one in activity.rules
    ]
    table(("rule", "matches", "mails", "sent after"), of_rules)


def _print_gaps(outlets: Sequence[OutletActivity]) -> None:
    """Print the latest gaps of each outlet that had one, each on a line."""
    from monitor.reports import activity_words as words

    incomplete = [one for one in outlets if one.gaps]
    for one in incomplete:
        print(f"gaps of {one.outlet}, the latest first:")
        for gap in one.last_gaps:
            print(f"  {words.gap_span(gap)} ({gap.url}): {words.gap_outcome(gap)}")
        if more := words.untold_gaps(one):
            print(f"  {more}")
    if incomplete:
        print()


def print_outlets(outlets: Sequence[OutletActivity]) -> None:
    """Print a table of what each outlet published, and how well it was seen."""
    from monitor.cli.output import table
    from monitor.reports import activity_words as words

    headings = ("outlet", "articles", "a day", "usually", "whole text", "seen after", "gaps", "trouble")
    rows = [
        (
            one.outlet,
            f"{one.articles:,}",
            words.outlet_rate(one),
            words.rate(one.usual_a_day),
            words.percent(one.whole_text),
            words.duration(one.delay_seconds),
            words.gaps(one),
            words.trouble(one),
        )
        for one in outlets
    ]
    table(headings, rows)
