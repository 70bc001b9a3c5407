"""`monitor explain`: the whole life of one article, or why an address is unknown."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import CONFIG, DATA, AsJson, ConfigDir, DataDir
from monitor.cli.show import when
from monitor.cli.spans import Since
from monitor.run.journal import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.steps.life import Absence, Life, Verdict

app = typer.Typer(add_completion=False)

_PARTS = 4


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
    from monitor.cli.queries import read, rule_text
    from monitor.cli.show import as_json as print_json
    from monitor.cli.show import table
    from monitor.cli.spans import span_of
    from monitor.run.opening import utc_now
    from monitor.steps.life import look_up
    from monitor.store import Store

    world, now = read(config, data), utc_now()
    for name in rule or ():
        rule_text(world, name)
    rules = [name for name in rule or sorted(world.compiled) if name in world.compiled]
    span = span_of(since, now, world.settings.timezone)
    urls = _listed() if url == "-" else [url]
    with Store.open(world.settings.database_url(), read_only=True) as store, store.reading() as conn:
        found = look_up(conn, world, urls, rules, (span[0] or now, span[1] or now))
    if as_json:
        records = [as_record(one, known, missing) for one, known, missing in found]
        print_json(records if url == "-" else records[0])
    elif url == "-":
        table(("address", "outlet", "first seen", "rules", "mails", "why unknown"), [_row(*one) for one in found])
    else:
        known, missing = found[0][1:]
        for line in life_lines(known) if known else absence_lines(url, missing):
            print(clean(line))
    raise typer.Exit(0 if all(known for _, known, _ in found) else 1)


def _listed() -> list[str]:
    """The addresses on standard input, one a line, each once."""
    urls = list(dict.fromkeys(line.strip() for line in sys.stdin if line.strip()))
    if not urls:
        raise typer.BadParameter("standard input holds no address: give one a line")
    return urls


def _row(url: str, known: Life | None, missing: Absence | None) -> tuple[str, ...]:
    """An address in the table: what is known of it, or what may be why it is unknown."""
    if known is None:
        return (url, "unknown", "", "", "", _why(missing))
    rules = ", ".join(verdict.rule for verdict in known.verdicts if verdict.match) or "none"
    states = Counter(mail.state.value for mail in known.deliveries)
    mails = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none"
    return (url, known.stored.article.outlet, when(known.stored.seen), rules, mails, "")


def _why(missing: Absence | None) -> str:
    if missing is None or not missing.feeds:
        return "no outlet of this host is watched"
    if missing.gaps:
        return "a gap between two polls"
    return "the monitor was not running" if missing.outages else "its feeds have not shown it"


def life_lines(known: Life) -> Iterator[str]:
    """Tell the life of an article for a person."""
    article, story = known.stored.article, known.story
    yield article.title or article.url
    yield f"outlet     {article.outlet}{f', {article.language}' if article.language else ''}"
    yield f"published  {when(article.published)}; first seen {when(known.stored.seen)}; version {known.stored.version}"
    for one in known.sightings:
        yield f"seen in    {one.outlet}  {one.url}  {when(one.first_seen_at)}, changed {when(one.last_changed_at)}"
    yield f"story      {known.stored.story_id}, {len(story)} article{'s' if len(story) > 1 else ''}"
    if known.read_until:
        yield f"text       its page is being read; rules that wait for it judge by {when(known.read_until)}"
    for verdict in known.verdicts:
        yield from _verdict_lines(verdict)
    for mail in known.deliveries:
        about = mail.last_error or mail.note
        ended = f" {when(mail.finished_at)}" if mail.finished_at else ""
        yield f"mail {mail.id}  {mail.state}{ended}  to {mail.alert.recipient}{f': {about}' if about else ''}"
    if not known.deliveries:
        yield "mail       nobody was told"


def _verdict_lines(verdict: Verdict) -> Iterator[str]:
    found = f" (it did in version {', '.join(map(str, verdict.told))})" if verdict.told and not verdict.match else ""
    if verdict.match:
        terms = dict.fromkeys(span.term for span in verdict.match.spans)
        late = (
            "" if verdict.told else "; not when it came: the rule or its recipients are newer, or it was no news then"
        )
        yield f"rule       {verdict.rule}: matches by {', '.join(terms)}{late}"
        return
    yield f"rule       {verdict.rule}: does not match{found}"
    for failure in verdict.failures[:_PARTS]:
        yield f"             {failure.part}: {failure.reason}"
    if len(verdict.failures) > _PARTS:
        yield f"             and {len(verdict.failures) - _PARTS} more parts"


def absence_lines(url: str, missing: Absence | None) -> Iterator[str]:
    """Tell what may explain that an address is unknown."""
    yield f"{url} is unknown here"
    if missing is None or not missing.feeds:
        yield "why: no outlet of this host is watched (outlets.yaml)"
        return
    for feed in missing.feeds:
        state = f": {feed.last_error}" if feed.last_error else ""
        yield f"watched    {feed.outlet}  {feed.url}  last read {when(feed.last_ok_at)}{state}"
    for gap in missing.gaps:
        yield f"why: {gap.outlet} may have shown it between two polls, {when(gap.from_at)} to {when(gap.to_at)}"
    for began, ended in missing.outages:
        yield f"why: the monitor was not running from {when(began)} to {when(ended)}"
    if not missing.gaps and not missing.outages:
        yield "why: nothing went wrong in this span, so its feeds have not shown this address (or not yet)"


def as_record(url: str, known: Life | None, missing: Absence | None) -> dict[str, Any]:
    """Return all of it for a program."""
    if known is None:
        return {
            "url": url,
            "known": False,
            "feeds": [clean(feed.url) for feed in missing.feeds] if missing else [],
            "gaps": [(gap.outlet, gap.from_at, gap.to_at) for gap in missing.gaps] if missing else [],
            "outages": list(missing.outages) if missing else [],
        }
    article = known.stored.article
    return {
        "url": article.url,
        "known": True,
        "id": known.stored.id,
        "outlet": article.outlet,
        "title": article.title,
        "seen": known.stored.seen,
        "published": article.published,
        "version": known.stored.version,
        "read_until": known.read_until,
        "story": {"id": known.stored.story_id, "articles": [one.id for one in known.story]},
        "sightings": [{"feed": clean(one.url), "first_seen": one.first_seen_at} for one in known.sightings],
        "rules": [
            {
                "rule": verdict.rule,
                "matches": verdict.match is not None,
                "matched_in_versions": list(verdict.told),
                "failed": [{"part": failure.part, "reason": failure.reason} for failure in verdict.failures],
            }
            for verdict in known.verdicts
        ],
        "mails": [
            {"id": mail.id, "to": mail.alert.recipient, "state": mail.state.value, "ended": mail.finished_at}
            for mail in known.deliveries
        ],
    }
