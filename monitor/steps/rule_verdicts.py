"""Judge an article of a poll by the rules: at once, or once its page was read where a rule waits for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from monitor.alerts import FRESH, latest_publication
from monitor.config import Config
from monitor.model import Article, Match
from monitor.query import Document, document
from monitor.steps.poll_result import PollResult
from monitor.steps.text_marks import marks_of
from monitor.story_values import NO_MARKS, TextMarks


@dataclass(frozen=True, slots=True)
class RuleVerdicts:
    """The matches of the rules that judge an article at once; `waits` says that others wait for its full text.

    `preliminary` are the matches that those others would have in the text as it is. `marks` are those of the text.
    """

    matches: tuple[Match, ...]
    waits: bool = False
    preliminary: tuple[Match, ...] = ()
    marks: TextMarks = NO_MARKS


UNJUDGED = RuleVerdicts(())


class Compared(Enum):
    """Which articles are compared with others by their events, each for a few milliseconds: of a flood not all."""

    ALL = auto()
    FOUND = auto()
    NONE = auto()


def judge(
    config: Config, article: Article, poll_result: PollResult, now: datetime, compared: Compared = Compared.ALL
) -> RuleVerdicts:
    """Return what the rules say of an article that a poll brought; nothing if its outlet is no longer watched.

    `compared` says whether it is worth a look for others about its event: always, if a rule finds it, or not.
    """
    outlet = config.outlets.get(article.outlet)
    if outlet is None:
        return UNJUDGED
    read = document(article, outlet)
    matches = config.index.match(read, now)
    may_wait = config.waiting.may_match(read)
    waiting = config.waiting.match(read, now) if may_wait else ()
    if matches or waiting:
        marks = marks_of(read, now, with_event=compared is not Compared.NONE)
    else:
        marks = _marks(read, now, poll_result, with_event=compared is Compared.ALL)
    if may_wait and _is_worth_reading(article, poll_result):
        return RuleVerdicts(matches, waits=True, preliminary=waiting, marks=marks)
    return RuleVerdicts(matches + waiting, marks=marks)


def _marks(read: Document, now: datetime, poll_result: PollResult, *, with_event: bool) -> TextMarks:
    """Return the marks of an article that no rule finds: of the backlog of a first poll none, as nobody is told."""
    if poll_result.feed.state.last_ok_at is None:
        return NO_MARKS
    return marks_of(read, now, with_event=with_event)


def waiting_rules(config: Config) -> frozenset[str]:
    """Return the rules that judge an article by its page."""
    return frozenset(name for name, rule in config.rules.items() if rule.wait_for_text)


def _is_worth_reading(article: Article, poll_result: PollResult) -> bool:
    """Whether the page is fetched for rules that wait: not for old articles of a first poll, which make no alert.

    Nor is it where the feed gives whole texts.
    """
    if poll_result.has_whole_texts:
        return False
    old = latest_publication(article.published, poll_result.at) < poll_result.at - FRESH
    return bool(article.url) and not (poll_result.feed.state.batch_id and old)
