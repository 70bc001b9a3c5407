"""Implement `monitor explain`: show the history of an article, or why an address is unknown."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.delivery_output import state_reason
from monitor.cli.history_output import absence_lines, absence_reasons, history_lines, outcome_line, own_mails
from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.output import when
from monitor.cli.since_option import Since
from monitor.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.reports.article_history import ArticleHistory, RuleVerdict
    from monitor.reports.match_outcomes import MatchOutcome
    from monitor.reports.unknown_address import UnknownAddress
    from monitor.store.article_queries import Sighting, StoredArticle
    from monitor.store.delivery_admin import DeliveryRow
    from monitor.store.feeds import FeedState

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
    as_json: AsJson = False,
) -> None:
    """Show where an article was seen, what each rule says of it, and who was told; or why it is unknown.

    A list of addresses, one a line, gives a table. --since says how far back to look for gaps and outages that explain
    an unknown address.
    """
    from monitor.cli.output import print_json, table
    from monitor.cli.query_argument import require_config, rule_text
    from monitor.cli.since_option import span_of
    from monitor.reports.article_history import look_up
    from monitor.run.startup import utc_now
    from monitor.store import Store

    built_config, now = require_config(config, data), utc_now()
    for name in rule or ():
        rule_text(built_config, name)
    span = span_of(since, now, built_config.settings.timezone)
    urls = _addresses_from_input() if url == "-" else [url]
    with Store.open(built_config.settings.database_url(), read_only=True) as store, store.reading() as conn:
        found = look_up(conn, built_config, urls, rule, (span[0] or now, span[1] or now))
    outlet_files = built_config.files_of("outlets")
    if as_json:
        records = [as_record(one, history, missing, outlet_files) for one, history, missing in found]
        print_json(records if url == "-" else records[0])
    elif url == "-":
        table(("address", "outlet", "first seen", "rules", "mails", "why"), [_row(*one, outlet_files) for one in found])
    else:
        history, missing = found[0][1:]
        for line in history_lines(history) if history else absence_lines(url, missing, outlet_files):
            print(clean(line))
    raise typer.Exit(0 if all(history for _, history, _ in found) else 1)


def _addresses_from_input() -> list[str]:
    """Return the addresses on standard input, one on each line, without repeats."""
    urls = list(dict.fromkeys(line.strip() for line in sys.stdin if line.strip()))
    if not urls:
        raise typer.BadParameter("standard input holds no address: give one a line")
    return urls


def _row(
    url: str, history: ArticleHistory | None, missing: UnknownAddress | None, outlet_files: str
) -> tuple[str, ...]:
    """Return the table row of an address: what is known of it, or why it may be unknown."""
    if history is None:
        return (
            url,
            "unknown",
            "",
            "",
            _mails(missing.mails if missing else ()),
            absence_reasons(missing, outlet_files)[0],
        )
    rules = ", ".join(verdict.rule for verdict in history.verdicts if verdict.match) or "none"
    outcomes = dict.fromkeys(
        outcome_line(one, history.now) for one in history.outcomes if one.mail is None or one.instead or one.other_rules
    )
    mails = _mails(own_mails(history)) or "none"
    return (url, history.stored.article.outlet, when(history.stored.seen), rules, mails, "; ".join(outcomes))


def _mails(mails: Sequence[DeliveryRow]) -> str:
    states = Counter(mail.state.value for mail in mails)
    return ", ".join(f"{count} {state}" for state, count in sorted(states.items()))


def as_record(
    url: str, history: ArticleHistory | None, missing: UnknownAddress | None, outlet_files: str
) -> dict[str, Any]:
    """Return the history of an article for JSON."""
    if history is None:
        return _absence_record(url, missing, outlet_files)
    article = history.stored.article
    return {
        "url": article.url,
        "known": True,
        "id": history.stored.id,
        "outlet": article.outlet,
        "language": article.language,
        "title": article.title,
        "seen": history.stored.seen,
        "published": article.published,
        "version": history.stored.version,
        "judged": history.judged,
        "words": len(article.body.split()),
        "read_until": history.read_until,
        "story": {
            "id": history.stored.story_id,
            "articles": [one.id for one in history.story],
            "others": [_other(one) for one in history.others],
        },
        "sightings": [_sighting(one) for one in history.sightings],
        "rules": [_verdict(one, history) for one in history.verdicts],
        "mails": [_mail(mail) for mail in own_mails(history)],
    }


def _absence_record(url: str, missing: UnknownAddress | None, outlet_files: str) -> dict[str, Any]:
    if missing is None:
        return {"url": url, "known": False, "why": absence_reasons(missing, outlet_files)}
    return {
        "url": url,
        "known": False,
        "feeds": [clean(feed.url) for feed in missing.feeds],
        "broken": [_feed(feed) for feed in missing.broken],
        "odd": [_feed(feed) for feed in missing.odd],
        "gaps": [(gap.outlet, gap.from_at, gap.to_at) for gap in missing.gaps],
        "outages": list(missing.outages),
        "first_run": missing.first_run,
        "removed": missing.removed,
        "mails": [_mail(mail) for mail in missing.mails],
        "why": [clean(reason) for reason in absence_reasons(missing, outlet_files)],
    }


def _feed(feed: FeedState) -> dict[str, Any]:
    return {
        "feed": clean(feed.url),
        "error": clean(feed.last_error),
        "failures": feed.failures,
        "last_read": feed.last_ok_at,
    }


def _sighting(sighting: Sighting) -> dict[str, Any]:
    return {
        "outlet": sighting.outlet,
        "feed": clean(sighting.url),
        "first_seen": sighting.first_seen_at,
        "changed": sighting.last_changed_at,
    }


def _verdict(verdict: RuleVerdict, history: ArticleHistory) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "standing": verdict.standing,
        "matches": verdict.match is not None,
        "terms": list(dict.fromkeys(span.term for span in verdict.match.spans)) if verdict.match else [],
        "matched_in_versions": list(verdict.matched_versions),
        "failed": [{"part": failure.part, "reason": failure.reason} for failure in verdict.failures],
        "told": [_outcome(outcome) for outcome in history.outcomes if outcome.rule == verdict.rule],
    }


def _mail(mail: DeliveryRow) -> dict[str, Any]:
    return {
        "id": mail.id,
        "to": mail.alert.recipient,
        "state": mail.state.value,
        "ended": mail.finished_at,
        "why": state_reason(mail),
    }


def _other(stored: StoredArticle) -> dict[str, Any]:
    return {"id": stored.id, "outlet": stored.article.outlet, "url": stored.article.url, "seen": stored.seen}


def _outcome(outcome: MatchOutcome) -> dict[str, Any]:
    mail = outcome.mail
    return {
        "to": outcome.recipient,
        "mail": mail.id if mail else None,
        "state": mail.state.value if mail else "not told",
        "in_flight": mail.in_flight if mail else False,
        "due": mail.alert.due if mail else None,
        "ended": mail.finished_at if mail else None,
        "already_told_by": _other(outcome.instead) if outcome.instead else None,
        "already_told_for": list(outcome.other_rules),
        "reason": outcome.reason or (state_reason(mail) if mail else ""),
    }
