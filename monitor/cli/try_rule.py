"""Implement `monitor try`: show what a rule would have matched."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.query_argument import NO_QUERY, Query, RuleName
from monitor.cli.since_option import Since

app = typer.Typer(add_completion=False)


@app.command("try")
def trying(
    query: Query = "",
    rule: RuleName = "",
    config: ConfigDir = CONFIG,
    data: DataDir = DATA,
    since: Since = "30d",
    limit: Annotated[int, typer.Option(min=0, help="So many of the newest matches are shown.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Show what a rule would have matched, per day, and the mails a day that it makes.

    QUERY and --rule NAME together show what the query would gain and lose against that rule.
    """
    from monitor.cli.article_output import with_candidates
    from monitor.cli.output import print_json
    from monitor.cli.query_argument import compile_argument, require_config, rule_text
    from monitor.cli.since_option import span_of
    from monitor.cli.try_output import print_trial
    from monitor.query import check
    from monitor.reports.trial import TriedRule, last_good_query, try_rule
    from monitor.run.startup import utc_now
    from monitor.store import Store

    if not query and not rule:
        raise typer.BadParameter(NO_QUERY)
    built_config = require_config(config, data)
    rule_query = rule_text(built_config, rule) if rule else ""
    argument = compile_argument(query or rule_query, built_config)
    settings, now = built_config.settings, utc_now()
    with Store.open(settings.database_url(), read_only=True) as store:
        earlier = rule_query if query else last_good_query(store, rule, argument.text, data)
        is_other = earlier and earlier != argument.text
        compiled_earlier = check(earlier, built_config.scope)[0] if is_other else None
        tried = TriedRule(argument.compiled, compiled_earlier, span_of(since, now, settings.timezone), limit)
        trial = try_rule(store, built_config, tried, now, with_candidates)
    (print_json if as_json else print_trial)(trial)
