"""Find what became of each match of an article: the mail that tells of it or of its story, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.alerts import (
    BACKFILL,
    CATCH_UP,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    SUMMARY,
    SilenceReason,
    latest_publication,
    next_slot,
    rest_of,
    rest_until,
)
from monitor.config import Config
from monitor.model import State
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.story_queries import StoryArticle

_NOT_FOUND_THEN = "the rule did not find it when it came: it is newer, or has changed"
_NOT_ASKED_THEN = f"{_NOT_FOUND_THEN}, or it came with the past of its outlet, of which no rule is asked"
_NOT_WATCHED = "its outlet is watched no more, so that no rule is asked of it"
_NEW_RECIPIENT = "this recipient is newer than the article"
_PAGE = "the rule waits for the text of its page"
_SLOT = "the slot of its digest"
_QUIET = "the end of quiet hours"
_HOLIDAY = "the end of a holiday"
_TICK = timedelta(microseconds=1)
_WAITS = {
    OVERFLOW: "more came than max_per_hour",
    OLDER: str(SilenceReason.TOO_OLD),
    SUMMARY: "the first polls of a start or reload",
    CATCH_UP: "the polls after an outage",
    BACKFILL: "the past of its outlet to be read",
}
_OF_EDITS = (SilenceReason.EDITED, SilenceReason.SAME_EDIT)
"""Reasons of a later version of what was told."""
_OF_WHAT_WAS_TOLD = ("", SilenceReason.ALREADY_TOLD, SilenceReason.COPY, SilenceReason.RETOLD, SilenceReason.SAME_EDIT)
"""Reasons by which a mail told what the article says, also where the one that is found is about its story alone."""


@dataclass(frozen=True, slots=True)
class MatchOutcome:
    """What a match of a rule became for one recipient (empty where the rule has none).

    `mail` tells of it, as an edit if `is_edit`. Where that mail holds another article of the story, `instead` is that
    article; where it names other rules only, `other_rules` are those. `reason` says why there is no mail, perhaps only
    yet (`pending`), or what a waiting mail waits for. `silence`
    is why this article made no mail of its own, where that was decided for another reason than the mail.
    """

    rule: str
    recipient: str
    mail: DeliveryRow | None = None
    instead: StoryArticle | None = None
    other_rules: tuple[str, ...] = ()
    reason: str = ""
    pending: bool = False
    is_edit: bool = False
    silence: str = ""


@dataclass(frozen=True, slots=True)
class MatchHistory:
    """An article and what decides its outcomes: the mails about its story, whether its page `waits` to be read.

    `silences` are the reasons why it made no mail, by recipient and rule, as they were decided; `told` are the articles
    that the mails hold, by id, and `same` the ids of those that say what the article does.
    """

    stored: StoredArticle
    mails: Sequence[DeliveryRow]
    now: datetime
    waits: bool = False
    silences: Mapping[tuple[str, str], str] = field(default_factory=dict)
    told: Mapping[int, StoryArticle] = field(default_factory=dict)
    same: Set[int] = frozenset()


def match_outcomes(config: Config, past: MatchHistory, rule: str, *, found: bool) -> list[MatchOutcome]:
    """Return what a rule's match became for each recipient, and each further mail that tells it of an edit.

    `found`: whether the rule found the article when that came.
    """
    routes = config.routes.get(rule, ())
    readers = (mail.alert.recipient for mail in past.mails if rule in _rules_of(mail, past.stored.id))
    people = dict.fromkeys([*(route.recipient for route in routes), *readers])
    if not people:
        if rule not in config.rules:
            return []
        return [
            MatchOutcome(
                rule, "", reason=SilenceReason.NO_RECIPIENT if rule in config.routes else SilenceReason.INACTIVE_RULE
            )
        ]
    return [one for person in people for one in _outcomes_for(config, past, rule, person, found=found)]


def _outcomes_for(config: Config, past: MatchHistory, rule: str, person: str, *, found: bool) -> Iterator[MatchOutcome]:
    first = _outcome(config, past, rule, person, found=found)
    yield first
    for mail in _mails_to(past, person):
        if mail is not first.mail and rule in _rules_of(mail, past.stored.id) and _tells_edit(mail, past.stored.id):
            yield MatchOutcome(rule, person, mail, reason=_waits_for(config, mail), is_edit=True)


def _outcome(config: Config, past: MatchHistory, rule: str, person: str, *, found: bool) -> MatchOutcome:
    decided = past.silences.get((person, rule), "")
    for mail in sorted(_mails_to(past, person), key=lambda mail: _rank(past, mail, rule)):
        teller = _teller(past, mail)
        # A mail about the story did not tell how that goes on, which a mute may have kept.
        if teller and (_says_the_same(past, teller) or decided in _OF_WHAT_WAS_TOLD):
            return _told(config, past, rule, mail, teller)
    if past.waits and rule in config.rules and config.rules[rule].wait_for_text:
        return MatchOutcome(rule, person, reason=_PAGE, pending=True)
    return MatchOutcome(rule, person, reason=decided or _silence_reason(config, past, found=found))


def _told(config: Config, past: MatchHistory, rule: str, mail: DeliveryRow, teller: int) -> MatchOutcome:
    """Return the outcome of a match of which a mail tells, by this article."""
    person, copy = mail.alert.recipient, None if teller == past.stored.id else past.told[teller]
    named_rules = _rules_of(mail, teller)
    others = () if rule in named_rules else named_rules
    is_edit = _tells_edit(mail, past.stored.id)
    silence = past.silences.get((person, rule), "")
    is_shown = silence in _OF_EDITS if not (copy or others) else silence != SilenceReason.ALREADY_TOLD
    waits_for = _waits_for(config, mail)
    return MatchOutcome(
        rule, person, mail, copy, others, waits_for, is_edit=is_edit, silence=silence if is_shown else ""
    )


def _teller(past: MatchHistory, mail: DeliveryRow) -> int:
    """Return the article by which a mail tells: this one, one that says the same, or else any of the story; 0: none."""
    ids = {item.article_id for item in mail.alert.items}
    if past.stored.id in ids:
        return past.stored.id
    known = sorted(ids & past.told.keys(), key=lambda id_: (id_ not in past.same, id_))
    return known[0] if known else 0


def _says_the_same(past: MatchHistory, teller: int) -> bool:
    return teller == past.stored.id or teller in past.same


def _mails_to(past: MatchHistory, person: str) -> list[DeliveryRow]:
    return [mail for mail in past.mails if mail.alert.recipient == person and mail.state is not State.MERGED]


def _tells_edit(mail: DeliveryRow, article_id: int) -> bool:
    return any(item.edit_of for item in mail.alert.items if item.article_id == article_id)


def _rank(past: MatchHistory, mail: DeliveryRow, rule: str) -> tuple[bool, bool, bool, bool, int]:
    """Return a sort key: mails that hold this article or what says the same, that came, name this rule; the oldest."""
    teller = _teller(past, mail)
    is_other = not _says_the_same(past, teller)
    unnamed = rule not in _rules_of(mail, teller)
    return teller != past.stored.id, is_other, mail.state is State.FAILED, unnamed, mail.id


def _rules_of(mail: DeliveryRow, article_id: int) -> tuple[str, ...]:
    """Return the rules that a mail names for an article."""
    return tuple(match.rule for item in mail.alert.items if item.article_id == article_id for match in item.matches)


def _waits_for(config: Config, mail: DeliveryRow) -> str:
    if mail.state is not State.WAITING:
        return ""
    if mail.last_error:
        return mail.last_error
    thread = mail.alert.thread
    if thread.startswith(DIGEST):
        return _slot_or_rest(config, mail)
    return next((reason for prefix, reason in _WAITS.items() if thread.startswith(prefix)), "")


def _slot_or_rest(config: Config, mail: DeliveryRow) -> str:
    """Return whether a digest waits for its slot, or for a holiday or quiet hours to end, by the rules as they are now.

    A slot at the end of quiet hours is what it waits for, and not one at the end of a holiday.
    """
    due = mail.alert.due
    # Both functions look forward from a moment, so that the slot at `due` itself is found from just before it.
    before = due - _TICK
    rules = {match.rule for item in mail.alert.items for match in item.matches}
    of_recipient = [
        route for routes in config.routes.values() for route in routes if route.recipient == mail.alert.recipient
    ]
    slots = {next_slot(route.cadence, route.timezone, before) for route in of_recipient if route.rule in rules}
    if any(route.away and rest_until(rest_of(route), route.away.end - _TICK) == due for route in of_recipient):
        return _HOLIDAY
    is_quiet = any(rest_until(rest_of(route), before) == due for route in of_recipient)
    return _QUIET if is_quiet and due not in slots else _SLOT


def _silence_reason(config: Config, past: MatchHistory, *, found: bool) -> str:
    stored = past.stored
    if not found and stored.article.outlet not in config.outlets:
        return _NOT_WATCHED
    is_old = latest_publication(stored.article.published, stored.seen) < stored.seen - FRESH
    if not found:
        return _NOT_ASKED_THEN if is_old else _NOT_FOUND_THEN
    return SilenceReason.TOO_OLD if is_old else _NEW_RECIPIENT
