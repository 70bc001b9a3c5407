"""What became of each match of an article: the mail that tells it, the one that told its story before, or why none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alerts import (
    CATCH_UP,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    SUMMARY,
    SilenceReason,
    latest_publication,
    next_slot,
    quiet_until,
)
from monitor.config import Config
from monitor.model import Route, State
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow

_NOT_FOUND_THEN = "the rule did not find it when it came: it is newer, or has changed"
_NEW_RECIPIENT = "this recipient is newer than the article"
_PAGE = "the rule waits for the text of its page"
_SLOT = "the slot of its digest"
_QUIET = "the end of quiet hours"
_TICK = timedelta(microseconds=1)
_WAITS = {
    OVERFLOW: "more came than max_per_hour",
    OLDER: str(SilenceReason.TOO_OLD),
    SUMMARY: "the first polls of a start or reload",
    CATCH_UP: "the polls after an outage",
}


@dataclass(frozen=True, slots=True)
class MatchOutcome:
    """What a match of a rule meant for one recipient (empty where the rule has none).

    `mail` tells it; where that mail tells the story by another piece, `instead` is that piece, and where it tells it
    for other rules alone, `told_for` are those. Without a mail there is a `reason`, which may hold for the moment only
    (`pending`); with one that waits, it is what for.
    """

    rule: str
    recipient: str
    mail: DeliveryRow | None = None
    instead: StoredArticle | None = None
    told_for: tuple[str, ...] = ()
    reason: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True)
class MatchHistory:
    """An article with all that outcomes are read from: its story, that story's mails, whether its page is awaited."""

    stored: StoredArticle
    story: Sequence[StoredArticle]
    mails: Sequence[DeliveryRow]
    now: datetime
    waits: bool = False


def match_outcomes(config: Config, past: MatchHistory, rule: str, *, found: bool) -> list[MatchOutcome]:
    """What became of a rule's match for each of its recipients; `found` says that the rule found it when it came."""
    routes = config.routes.get(rule, ())
    told = (mail.alert.recipient for mail in past.mails if _tells(mail, past.stored.id, rule))
    people = dict.fromkeys([*(route.recipient for route in routes), *told])
    if not people:
        if rule not in config.rules:
            return []
        return [
            MatchOutcome(
                rule, "", reason=SilenceReason.NO_RECIPIENT if rule in config.routes else SilenceReason.INACTIVE_RULE
            )
        ]
    return [_outcome(config, past, (rule, person), found=found) for person in people]


def _outcome(config: Config, past: MatchHistory, who: tuple[str, str], *, found: bool) -> MatchOutcome:
    rule, person = who
    theirs = [mail for mail in past.mails if mail.alert.recipient == person and mail.state is not State.MERGED]
    for mail in sorted(theirs, key=lambda mail: _rank(mail, past.stored.id, rule)):
        pieces = {item.article_id for item in mail.alert.items}
        copy = None if past.stored.id in pieces else next((one for one in past.story if one.id in pieces), None)
        if copy or past.stored.id in pieces:
            told_for = _rules_of(mail, copy.id if copy else past.stored.id)
            others = () if rule in told_for else told_for
            return MatchOutcome(rule, person, mail, copy, others, _waits_for(config, mail))
    if past.waits and rule in config.rules and config.rules[rule].wait_for_text:
        return MatchOutcome(rule, person, reason=_PAGE, pending=True)
    return MatchOutcome(rule, person, reason=_silence(past, found=found))


def _rank(mail: DeliveryRow, article_id: int, rule: str) -> tuple[bool, bool, bool, int]:
    """What answers first: a mail that did not fail, that tells this piece, for this rule; the earlier one."""
    tells_it = any(item.article_id == article_id for item in mail.alert.items)
    return mail.state is State.FAILED, not tells_it, not _tells(mail, article_id, rule), mail.id


def _tells(mail: DeliveryRow, article_id: int, rule: str) -> bool:
    return rule in _rules_of(mail, article_id)


def _rules_of(mail: DeliveryRow, article_id: int) -> tuple[str, ...]:
    """The rules for which a mail tells of an article."""
    return tuple(match.rule for item in mail.alert.items if item.article_id == article_id for match in item.matches)


def _waits_for(config: Config, mail: DeliveryRow) -> str:
    if mail.state is not State.WAITING:
        return ""
    if mail.last_error:
        return mail.last_error
    thread = mail.alert.thread
    if thread.startswith(DIGEST):
        return _slot_or_quiet(config, mail)
    return next((reason for prefix, reason in _WAITS.items() if thread.startswith(prefix)), "")


def _slot_or_quiet(config: Config, mail: DeliveryRow) -> str:
    """Which of the two a digest waits for that is due then: the rules may have changed since it was planned."""
    due = mail.alert.due
    before = due - _TICK
    rules = {match.rule for item in mail.alert.items for match in item.matches}
    theirs = [route for route in _routes(config) if route.recipient == mail.alert.recipient]
    slots = {next_slot(route.cadence, route.timezone, before) for route in theirs if route.rule in rules}
    is_quiet = any(quiet_until(route.quiet, route.timezone, before) == due for route in theirs)
    return _QUIET if is_quiet and due not in slots else _SLOT


def _routes(config: Config) -> Iterator[Route]:
    for routes in config.routes.values():
        yield from routes


def _silence(past: MatchHistory, *, found: bool) -> str:
    stored = past.stored
    if not found:
        return _NOT_FOUND_THEN
    if latest_publication(stored.article.published, stored.seen) < stored.seen - FRESH:
        return SilenceReason.TOO_OLD
    return _NEW_RECIPIENT
