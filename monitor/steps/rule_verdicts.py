"""Judge an article of a poll by the rules: at once, or once its page was read where a rule waits for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.alerts import FRESH, latest_publication
from monitor.config import Config
from monitor.model import Article, Match
from monitor.query import document
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


def judge(config: Config, article: Article, poll_result: PollResult, now: datetime) -> RuleVerdicts:
    """Return what the rules say of an article that a poll brought; nothing if its outlet is no longer watched."""
    outlet = config.outlets.get(article.outlet)
    if outlet is None:
        return UNJUDGED
    read = document(article, outlet)
    matches, marks = config.index.match(read, now), marks_of(read, now)
    if not config.waiting.may_match(read):
        return RuleVerdicts(matches, marks=marks)
    waiting = config.waiting.match(read, now)
    if _is_worth_reading(article, poll_result):
        return RuleVerdicts(matches, waits=True, preliminary=waiting, marks=marks)
    return RuleVerdicts(matches + waiting, marks=marks)


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
