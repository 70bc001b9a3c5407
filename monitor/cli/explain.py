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
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.steps.life import Absence, Life, Verdict
    from monitor.steps.outcomes import Outcome
    from monitor.store.desk import Delivery
    from monitor.store.feeds import FeedState
    from monitor.store.library import Stored

app = typer.Typer(add_completion=False)

_PARTS = 4
_OTHERS = 8
_JUDGED = {
    "title": "none is stored: only its title was judged",
    "summary": "only the feed's summary was judged ({}); a rule with wait: text has its page read",
    "text": "judged in full ({})",
}


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
    home = world.home("outlets")
    if as_json:
        records = [as_record(one, known, missing, home) for one, known, missing in found]
        print_json(records if url == "-" else records[0])
    elif url == "-":
        table(("address", "outlet", "first seen", "rules", "mails", "why"), [_row(*one, home) for one in found])
    else:
        known, missing = found[0][1:]
        for line in life_lines(known) if known else absence_lines(url, missing, home):
            print(clean(line))
    raise typer.Exit(0 if all(known for _, known, _ in found) else 1)


def _listed() -> list[str]:
    """The addresses on standard input, one a line, each once."""
    urls = list(dict.fromkeys(line.strip() for line in sys.stdin if line.strip()))
    if not urls:
        raise typer.BadParameter("standard input holds no address: give one a line")
    return urls


def _row(url: str, known: Life | None, missing: Absence | None, home: str) -> tuple[str, ...]:
    """An address in the table: what is known of it, or what may be why it is unknown."""
    if known is None:
        return (url, "unknown", "", "", "", reasons(missing, home)[0])
    rules = ", ".join(verdict.rule for verdict in known.verdicts if verdict.match) or "none"
    states = Counter(mail.state.value for mail in _own(known))
    mails = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none"
    why = dict.fromkeys(told_line(one) for one in known.outcomes if one.mail is None or one.instead)
    return (url, known.stored.article.outlet, when(known.stored.seen), rules, mails, "; ".join(why))


def _own(known: Life) -> list[Delivery]:
    """The mails that tell of the piece itself, not of another one of its story."""
    return [mail for mail in known.deliveries if any(item.article_id == known.stored.id for item in mail.alert.items)]


def life_lines(known: Life) -> Iterator[str]:
    """Tell the life of an article for a person."""
    article = known.stored.article
    yield article.title or article.url
    yield f"outlet     {article.outlet}{f', {article.language}' if article.language else ''}"
    yield f"published  {when(article.published)}; first seen {when(known.stored.seen)}; version {known.stored.version}"
    for one in known.sightings:
        yield f"seen in    {one.outlet}  {one.url}  {when(one.first_seen_at)}, changed {when(one.last_changed_at)}"
    yield from _story_lines(known)
    words = counted(len(article.body.split()), "word")
    yield f"text       {_JUDGED[known.judged].format(words)}"
    if known.read_until:
        yield f"text       its page is being read; rules that wait for it judge by {when(known.read_until)}"
    for verdict in known.verdicts:
        yield from _verdict_lines(verdict)
        yield from (f"             {told_line(one)}" for one in known.outcomes if one.rule == verdict.rule)
    own = _own(known)
    for mail in known.deliveries:
        about = mail.last_error or mail.note
        ended = f" {when(mail.finished_at)}" if mail.finished_at else ""
        other = "" if mail in own else " by another piece of its story"
        yield f"mail {mail.id}  {mail.state}{ended}  to {mail.alert.recipient}{other}{f': {about}' if about else ''}"
    if not known.deliveries:
        yield "mail       nobody was told"


def _story_lines(known: Life) -> Iterator[str]:
    others = known.others
    yield f"story      {known.stored.story_id}, {counted(len(others) + 1, 'article')}"
    for one in others[:_OTHERS]:
        yield f"also at    {one.article.outlet}  {one.article.url}  {when(one.seen)}"
    if len(others) > _OTHERS:
        yield f"           and {len(others) - _OTHERS} more"


def _verdict_lines(verdict: Verdict) -> Iterator[str]:
    found = f" (it did in version {', '.join(map(str, verdict.told))})" if verdict.told and not verdict.match else ""
    if verdict.match:
        terms = dict.fromkeys(span.term for span in verdict.match.spans)
        yield f"rule       {verdict.rule}: matches by {', '.join(terms)}"
        return
    yield f"rule       {verdict.rule}: does not match{found}"
    for failure in verdict.failures[:_PARTS]:
        yield f"             {failure.part}: {failure.reason}"
    if len(verdict.failures) > _PARTS:
        yield f"             and {counted(len(verdict.failures) - _PARTS, 'more part')}"


def told_line(one: Outcome) -> str:
    """Say what a match came to for one recipient."""
    who = one.recipient or "nobody"
    if one.mail is None:
        return f"{who}: not told: {one.reason}"
    by = f"already told by {one.instead.article.outlet}'s copy: " if one.instead else ""
    return f"{who}: {by}{_stands(one.mail, one.reason)}"


def _stands(mail: Delivery, reason: str) -> str:
    """Say where a mail stands."""
    state, ended = mail.state.value, when(mail.finished_at)
    if state == "sent":
        return f"told in mail {mail.id}, sent {ended}"
    if state == "waiting":
        until = "is being sent" if mail.in_flight else f"waits until {when(mail.alert.due)}"
        return f"mail {mail.id} {until}{f' ({reason})' if reason else ''}"
    if state == "held":
        return f"mail {mail.id} is held back (monitor alerts release {mail.id})"
    return (
        f"mail {mail.id} {state} {ended}{f': {mail.last_error or mail.note}' if mail.last_error or mail.note else ''}"
    )


def absence_lines(url: str, missing: Absence | None, home: str) -> Iterator[str]:
    """Tell what may explain that an address is unknown; `home` is where the files of outlets are."""
    yield f"{url} is unknown here"
    for feed in missing.feeds if missing else ():
        yield f"watched    {feed.outlet}  {feed.url}  last read {when(feed.last_ok_at)}"
    for reason in reasons(missing, home):
        yield f"why: {reason}"


def reasons(missing: Absence | None, home: str) -> list[str]:
    """What may be why an address is unknown, the likeliest first."""
    if missing is None or not missing.feeds:
        return [f"no outlet of this host is watched ({home})"]
    gaps = [(gap.outlet, when(gap.from_at), when(gap.to_at)) for gap in missing.gaps]
    found = [
        *(_unread(feed) for feed in missing.broken),
        *(f"{outlet} may have shown it between two polls, {began} to {ended}" for outlet, began, ended in gaps),
        *(f"the monitor was not running from {when(began)} to {when(ended)}" for began, ended in missing.outages),
    ]
    return found or ["nothing went wrong in this span: its feeds have not shown it (or not yet)"]


def _unread(feed: FeedState) -> str:
    since = f"since {when(feed.last_ok_at)}" if feed.last_ok_at else "so far"
    return f"{feed.outlet}'s feed {feed.url} could not be read {since}: {feed.last_error or 'no answer'}"


def as_record(url: str, known: Life | None, missing: Absence | None, home: str) -> dict[str, Any]:
    """Return all of it for a program."""
    if known is None:
        return {
            "url": url,
            "known": False,
            "feeds": [clean(feed.url) for feed in missing.feeds] if missing else [],
            "broken": [_broken(feed) for feed in missing.broken] if missing else [],
            "gaps": [(gap.outlet, gap.from_at, gap.to_at) for gap in missing.gaps] if missing else [],
            "outages": list(missing.outages) if missing else [],
            "why": [clean(reason) for reason in reasons(missing, home)],
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
        "judged": known.judged,
        "words": len(article.body.split()),
        "read_until": known.read_until,
        "story": {
            "id": known.stored.story_id,
            "articles": [one.id for one in known.story],
            "others": [_other(one) for one in known.others],
        },
        "sightings": [{"feed": clean(one.url), "first_seen": one.first_seen_at} for one in known.sightings],
        "rules": [
            {
                "rule": verdict.rule,
                "matches": verdict.match is not None,
                "matched_in_versions": list(verdict.told),
                "failed": [{"part": failure.part, "reason": failure.reason} for failure in verdict.failures],
                "told": [_outcome(one) for one in known.outcomes if one.rule == verdict.rule],
            }
            for verdict in known.verdicts
        ],
        "mails": [
            {"id": mail.id, "to": mail.alert.recipient, "state": mail.state.value, "ended": mail.finished_at}
            for mail in _own(known)
        ],
    }


def _broken(feed: FeedState) -> dict[str, Any]:
    return {
        "feed": clean(feed.url),
        "error": clean(feed.last_error),
        "failures": feed.failures,
        "last_read": feed.last_ok_at,
    }


def _other(one: Stored) -> dict[str, Any]:
    return {"id": one.id, "outlet": one.article.outlet, "url": one.article.url, "seen": one.seen}


def _outcome(one: Outcome) -> dict[str, Any]:
    mail = one.mail
    return {
        "to": one.recipient,
        "mail": mail.id if mail else None,
        "state": mail.state.value if mail else "not told",
        "due": mail.alert.due if mail else None,
        "ended": mail.finished_at if mail else None,
        "already_told_by": _other(one.instead) if one.instead else None,
        "reason": one.reason,
    }
