"""Describe the history of an article in words, and what may explain that an address is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.cli.delivery_output import is_due, state_reason
from monitor.cli.output import when
from monitor.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from monitor.reports.article_history import ArticleHistory, RuleVerdict
    from monitor.reports.match_outcomes import MatchOutcome
    from monitor.reports.unknown_address import UnknownAddress
    from monitor.store.delivery_admin import DeliveryRow
    from monitor.store.feeds import FeedState

_MAX_FAILURES = 4
_MAX_OTHERS = 8
_SUMMARY = "only the feed's summary was judged ({})"
_JUDGED_TEXT = {
    "title": "none is stored: only its title was judged",
    "summary": f"{_SUMMARY}; a rule with wait: text has its page read",
    "unread": f"{_SUMMARY}: its page was asked for and gave no text",
    "text": "judged in full ({})",
    "removed": "removed since (keep: text); below, rules are asked about the title alone",
}
_STANDING_TEXT = {"not active": "is not active", "gone": "is in the files no more"}


def history_lines(history: ArticleHistory) -> Iterator[str]:
    """Yield the history of an article as lines."""
    article = history.stored.article
    yield article.title or article.url
    yield f"outlet     {article.outlet}{f', {article.language}' if article.language else ''}"
    seen, version = when(history.stored.seen), history.stored.version
    yield f"published  {when(article.published)}; first seen {seen}; version {version}"
    for one in history.sightings:
        yield f"seen in    {one.outlet}  {one.url}  {when(one.first_seen_at)}, changed {when(one.last_changed_at)}"
    yield from _story_lines(history)
    words = counted(len(article.body.split()), "word")
    yield f"text       {_JUDGED_TEXT[history.judged].format(words)}"
    if history.read_until:
        yield f"text       its page is being read; rules that wait for it judge by {when(history.read_until)}"
    for verdict in history.verdicts:
        yield from _verdict_lines(verdict)
        yield from (
            f"             {outcome_line(one, history.now)}" for one in history.outcomes if one.rule == verdict.rule
        )
    own = own_mails(history)
    for mail in history.deliveries:
        yield _mail_line(mail, "" if mail in own else " by another article of its story")
    if not history.deliveries:
        yield "mail       nobody was told"


def own_mails(history: ArticleHistory) -> list[DeliveryRow]:
    """Return the mails about the article itself, not about another one of its story."""
    return [
        mail for mail in history.deliveries if any(item.article_id == history.stored.id for item in mail.alert.items)
    ]


def _mail_line(mail: DeliveryRow, what: str = "") -> str:
    ended = f" {when(mail.finished_at)}" if mail.finished_at else ""
    reason = state_reason(mail)
    return f"mail {mail.id}  {mail.state}{ended}  to {mail.alert.recipient}{what}{f': {reason}' if reason else ''}"


def _story_lines(history: ArticleHistory) -> Iterator[str]:
    others = history.others
    yield f"story      {history.stored.story_id}, {counted(len(others) + 1, 'article')}"
    for other in others[:_MAX_OTHERS]:
        yield f"also at    {other.article.outlet}  {other.article.url}  {when(other.seen)}"
    if len(others) > _MAX_OTHERS:
        yield f"           and {len(others) - _MAX_OTHERS} more"


def _verdict_lines(verdict: RuleVerdict) -> Iterator[str]:
    if verdict.match:
        terms = dict.fromkeys(span.term for span in verdict.match.spans)
        yield f"rule       {verdict.rule}: matches by {', '.join(terms)}"
        return
    versions = ", ".join(map(str, verdict.matched_versions))
    found = f" (it {'did' if verdict.failures else 'matched'} in version {versions})" if versions else ""
    yield f"rule       {verdict.rule}: {_STANDING_TEXT.get(verdict.standing, 'does not match')}{found}"
    for failure in verdict.failures[:_MAX_FAILURES]:
        yield f"             {failure.part}: {failure.reason}"
    if len(verdict.failures) > _MAX_FAILURES:
        yield f"             and {counted(len(verdict.failures) - _MAX_FAILURES, 'more part')}"


def outcome_line(outcome: MatchOutcome, now: datetime) -> str:
    """Return what a match led to for one recipient."""
    who = outcome.recipient or "nobody"
    if outcome.mail is None:
        return f"{who}: not told{' yet' if outcome.pending else ''}: {outcome.reason}"
    attribution = f"by {outcome.instead.article.outlet}'s copy: " if outcome.instead else ""
    if outcome.other_rules and not attribution:
        attribution = f"for {'rule' if len(outcome.other_rules) == 1 else 'rules'} {', '.join(outcome.other_rules)}: "
    counts = attribution and outcome.mail.state.value not in ("failed", "dropped")
    state = _delivery_state(outcome.mail, outcome.reason, now)
    return f"{who}: {'already told ' if counts else ''}{attribution}{state}"


def _delivery_state(mail: DeliveryRow, reason: str, now: datetime) -> str:
    """Return the state of a mail in words."""
    state, ended = mail.state.value, when(mail.finished_at)
    if state == "sent":
        return f"told in mail {mail.id}, sent {ended}"
    if state == "waiting":
        until = f"{'is due since' if is_due(mail, now) else 'waits until'} {when(mail.alert.due)}"
        return f"mail {mail.id} {'is being sent' if mail.in_flight else until}{f' ({reason})' if reason else ''}"
    if state == "held":
        return f"mail {mail.id} is held back (monitor alerts release {mail.id})"
    return f"mail {mail.id} {state} {ended}{f': {state_reason(mail)}' if state_reason(mail) else ''}"


def absence_lines(url: str, missing: UnknownAddress | None, outlet_files: str) -> Iterator[str]:
    """Yield what may explain that an address is unknown; `outlet_files` is where the outlets are configured."""
    yield f"{url} is unknown here"
    for feed in missing.feeds if missing else ():
        yield f"watched    {feed.outlet}  {feed.url}  last read {when(feed.last_ok_at)}"
    for reason in absence_reasons(missing, outlet_files):
        yield f"why: {reason}"
    for mail in missing.mails if missing else ():
        yield _mail_line(mail)


def absence_reasons(missing: UnknownAddress | None, outlet_files: str) -> list[str]:
    """Return why an address may be unknown, the likeliest reason first."""
    if missing is None or not missing.is_address:
        return ["this is no address of an article: expected https://…"]
    if missing.is_feed:
        return ["this is the address of a feed that is watched, not of an article"]
    if missing.removed:
        return ["it was stored, and has been removed since (keep: articles)"]
    if not missing.feeds:
        return [f"no outlet of this host is watched ({outlet_files})"]
    gaps = [(gap.outlet, when(gap.from_at), when(gap.to_at)) for gap in missing.gaps]
    found = [
        *(_unread(feed) for feed in missing.broken),
        *(f"{outlet} may have shown it between two polls, {began} to {ended}" for outlet, began, ended in gaps),
        *(f"{feed.outlet}'s feed {feed.url} was read, but: {feed.last_error}" for feed in missing.odd),
        *(f"the monitor was not running from {when(began)} to {when(ended)}" for began, ended in missing.outages),
    ]
    if missing.first_run:
        found.append(f"the monitor first ran at {when(missing.first_run)}: what feeds showed before, it never saw")
    return found or ["nothing went wrong in this span: its feeds have not shown it (or not yet)"]


def _unread(feed: FeedState) -> str:
    since = f"since {when(feed.last_ok_at)}" if feed.last_ok_at else "so far"
    return f"{feed.outlet}'s feed {feed.url} could not be read {since}: {feed.last_error or 'no answer'}"
