"""Print what is known of an address as lines, or of several as the rows of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from monitor.cli.delivery_output import attempt_text
from monitor.cli.feed_output import next_poll_text
from monitor.reports.explanation import KnownArticle, UnknownArticle
from monitor.reports.page_outcome import way_text
from monitor.story_values import Relation
from monitor.text import counted, times, when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from monitor.reports.article_story import ArticleStory, MailOutcome
    from monitor.reports.explanation import FetchedArticle, ReaderOutcome, RuleOutcome

_MAX_FAILURES = 4
_MAX_OTHERS = 4
_SUMMARY = "only the feed's summary was judged ({})"
_JUDGED_TEXT = {
    "title": "none is stored: only its title was judged",
    "summary": _SUMMARY,
    "unread": f"{_SUMMARY}: its page was asked for and gave no text",
    "stub": f"{_SUMMARY}: its page says no more than that",
    "text": "judged in full ({})",
    "removed": "removed since (keep: text); below, rules are asked about the title alone",
}
_PAGE_TEXT = {
    "read": "read, and judged with what the feed says",
    "waiting": "is waiting to be read",
    "refused": "gave no text",
    "not read": "not read",
}
_RELATION_TEXT = {
    "first": "it began a story of its own, found later to be",
    "copy": "its text is",
    "retold": "it retells",
    "update": "it updates",
}
_NOTHING_NAMED = "no name, place or number that earlier articles lack; but it may not surely tell the same again"
_JOINED_BY_ANOTHER = "it began a story of its own; the addresses or the text of an article led to both"
_TOLD = {"waiting": "to be told ", "held": "to be told ", "failed": "", "dropped": ""}
_STANDING_TEXT = {"not active": "is not active", "gone": "is in the files no more"}


def lines_of(found: KnownArticle | UnknownArticle) -> Iterator[str]:
    """Yield what is known of an address as lines."""
    return _known_lines(found) if isinstance(found, KnownArticle) else _unknown_lines(found)


def _known_lines(article: KnownArticle) -> Iterator[str]:
    yield from _heading_lines(article)
    for one in article.sightings:
        yield f"seen in    {one.outlet}  {one.feed}  {when(one.first_seen)}, changed {when(one.changed)}"
        if one.due_at:
            yield f"             polled next {next_poll_text(one.due_at, one.due_because)}"
    yield from _story_lines(article)
    yield f"text       {_JUDGED_TEXT[article.judged].format(counted(article.words, 'word'))}"
    if article.page.gone_since:
        kept = "last text kept" if article.page.has_text else "no text of it is kept"
        yield f"page       gone since {when(article.page.gone_since)} ({article.page.reason}); {kept}"
    elif article.judged != "removed":
        yield f"page       {_PAGE_TEXT[article.page.state]}{f': {article.page.reason}' if article.page.reason else ''}"
    yield from _stated_lines(article)
    yield from _fetched_lines(article.fetched)
    if article.read_until:
        yield f"text       its page is being read; rules that wait for it judge by {when(article.read_until)}"
    for rule in article.rules:
        yield from _rule_lines(rule)
        yield from (f"             {outcome_line(one, article.asked_at)}" for one in rule.told)
    elsewhere = article.story.mails
    for mail in sorted([*article.mails, *elsewhere], key=lambda mail: mail.id):
        yield from _mail_lines(mail, " by another piece of its story" if mail in elsewhere else "")
    if article.story.more_mails:
        more = counted(article.story.more_mails, "later mail")
        yield f"           and {more} about its story (monitor alerts list --story {article.story.id})"
    if not article.mails and not elsewhere:
        yield "mail       nobody was told"


def _heading_lines(article: KnownArticle) -> Iterator[str]:
    """Yield what names an article and dates it."""
    yield article.title or article.url
    yield f"outlet     {article.outlet}{f', {article.language}' if article.language else ''}"
    seen, published = when(article.seen), when(article.published)
    claimed = f"its feed claims {when(article.claimed)}" if article.claimed else ""
    given = f"as given: “{article.published_text}”" if article.published_text else ""
    given = f" ({said})" if (said := "; ".join(filter(None, (claimed, given)))) else ""
    of_page = ", the first with what its page says" if article.version == article.first_of_page else ""
    yield f"published  {published}{given}; first seen {seen}; version {article.version}{of_page}"
    if article.authors:
        yield f"by         {', '.join(article.authors)}"


def _fetched_lines(page: FetchedArticle | None) -> Iterator[str]:
    """Yield what the page of a known article says now, where it was read, and what is stored otherwise."""
    if page:
        yield from _page_lines(page, "rule now  ")
    if page and not page.error:
        yield f"             other than stored: {'; '.join(page.differences) or 'nothing'}"
        yield "of what is stored:"


def _stated_lines(article: KnownArticle) -> Iterator[str]:
    """Yield what the page states of the article beside its text, as far as it is not told already."""
    page = article.page
    if page.title and page.title != article.title:
        yield f"             its title: {page.title}"
    if page.language and page.language != article.language:
        yield f"             its language: {page.language}"
    if page.picture:
        yield f"             its picture: {page.picture}"
    if page.selected or page.missed:
        yield f"             {way_text(page.selected, page.missed)}"


def _mail_lines(mail: MailOutcome, what: str = "") -> Iterator[str]:
    ended = f" {when(mail.ended)}" if mail.ended else ""
    tried = f", put off {times(mail.attempts)}" if mail.attempts else ""
    yield f"mail {mail.id}  {mail.state}{ended}  to {mail.to}{what}{tried}{f': {mail.why}' if mail.why else ''}"
    for attempt in mail.answers:
        yield f"             {attempt_text(attempt)}"


def _story_lines(article: KnownArticle) -> Iterator[str]:
    story, others = article.story, article.story.others
    at = f" at {counted(story.outlets, 'outlet')}" if story.count > 1 else ""
    yield f"story      {story.id}, {counted(story.count, 'article')}{at}"
    if story.resembles is not None:
        first = next((one.outlet for one in others if one.id == story.resembles), "an article that is gone")
        relation, why = _RELATION_TEXT[story.relation], "; ".join(story.why)
        yield f"             {relation} that of {first} ({story.score:.2f}): {why}"
        if story.relation is Relation.UPDATE:
            yield f"             told as a development: new here: {', '.join(story.new) or _NOTHING_NAMED}"
    elif article.id != story.id:
        # A story has the number of the article that began it, and an article that joined one has a link.
        yield f"             {_JOINED_BY_ANOTHER}"
    yield from (f"             {line}" for line in _past_lines(story))
    left_out = story.count - 1 - 2 * _MAX_OTHERS
    shown = others if left_out <= 0 else (*others[:_MAX_OTHERS], *others[-_MAX_OTHERS:])
    for number, other in enumerate(shown):
        if number == _MAX_OTHERS and left_out > 0:
            yield f"           {left_out:,} more between (monitor stories {story.id})"
        yield f"also at    {other.outlet}  {other.url}  {when(other.seen)}"


def _past_lines(story: ArticleStory) -> Iterator[str]:
    """Yield how an article came to its story, and which one it did not join."""
    former = story.former
    told = f"told as new in {_mails(former.told_as_new)} before that was known" if former.told_as_new else ""
    is_said = story.resembles is None or story.relation is Relation.FIRST
    if former.began_another and not is_said:
        yield f"it began a story of its own{f', {told}' if told else ''}"
    elif told:
        yield told
    for left in former.left:
        yield f"{_mails(left.mails)} told it in the thread of story {left.story}, which it has left"
    if near := story.nearest:
        shared = f"; both say {', '.join(near.shared)}" if near.shared else ""
        lacks = near.lacks or "alike enough to join it now, and not taken for part of it when it came"
        of = f"{near.article.outlet}, {near.article.url}"
        yield f"nearest, compared now, is story {near.story} ({of}): {lacks}{shared}"


def _mails(ids: Sequence[int]) -> str:
    more = f" and {len(ids) - _MAX_OTHERS:,} more" if len(ids) > _MAX_OTHERS else ""
    return f"mail{'s' if len(ids) > 1 else ''} {', '.join(map(str, ids[:_MAX_OTHERS]))}{more}"


def _rule_lines(rule: RuleOutcome, label: str = "rule      ") -> Iterator[str]:
    if rule.matches:
        by = f"by {', '.join(rule.terms)}" if rule.terms else "by where it stands: it looks for no words"
        yield f"{label} {rule.rule}: matches {by}"
        for one in rule.guessed[:_MAX_FAILURES]:
            yield f"             “{one.text}” is a guessed form of {one.term}; wrong? {one.correction}"
        return
    versions = ", ".join(map(str, rule.matched_in_versions))
    found = f" (it {'did' if rule.failed else 'matched'} in version {versions})" if versions else ""
    yield f"{label} {rule.rule}: {_STANDING_TEXT.get(rule.standing, 'does not match')}{found}"
    for failure in rule.failed[:_MAX_FAILURES]:
        yield f"             {failure.part}: {failure.reason}"
    if len(rule.failed) > _MAX_FAILURES:
        yield f"             and {counted(len(rule.failed) - _MAX_FAILURES, 'more part')}"


def outcome_line(outcome: ReaderOutcome, now: datetime) -> str:
    """Return what a match led to for one reader."""
    who = outcome.to or "nobody"
    if outcome.mail is None:
        return f"{who}: not told{' yet' if outcome.pending else ''}: {outcome.reason}"
    other, rules = outcome.already_told_by, outcome.already_told_for
    attribution = f"by {other.outlet}'s article: " if other else ""
    if rules and not other:
        attribution = f"for {'rule' if len(rules) == 1 else 'rules'} {', '.join(rules)}: "
    silence = f"{outcome.silence}; " if outcome.silence else ""
    told = _TOLD.get(outcome.state, "already told ") if attribution else ""
    return f"{who}: {silence}{told}{attribution}{_mail_state(outcome, now)}"


def _mail_state(outcome: ReaderOutcome, now: datetime) -> str:
    """Return the state of a mail in words."""
    mail, ended = f"mail {outcome.mail}{' of an edit' if outcome.is_edit else ''}", when(outcome.ended)
    if outcome.state == "sent":
        return f"told in {mail}, sent {ended}"
    if outcome.state == "waiting":
        is_due = outcome.due is not None and outcome.due <= now
        until = f"{'is due since' if is_due else 'waits until'} {when(outcome.due)}"
        reason = f" ({outcome.reason})" if outcome.reason else ""
        return f"{mail} {'is being sent' if outcome.in_flight else until}{reason}"
    if outcome.state == "held":
        return f"{mail} is held back (monitor alerts release {outcome.mail})"
    return f"{mail} {outcome.state} {ended}{f': {outcome.reason}' if outcome.reason else ''}"


def _unknown_lines(missing: UnknownArticle) -> Iterator[str]:
    yield f"{missing.url} is unknown here"
    for feed in missing.watched:
        yield f"watched    {feed.outlet}  {feed.feed}  last read {when(feed.last_read)}"
        yield f"             polled next {next_poll_text(feed.due_at, feed.due_because)}"
    for reason in missing.why:
        yield f"why: {reason}"
    if missing.decides:
        yield f"decides:   {missing.decides}"
    for mail in missing.mails:
        yield from _mail_lines(mail)
    if missing.page:
        yield from _page_lines(missing.page)


def _page_lines(page: FetchedArticle, label: str = "rule      ") -> Iterator[str]:
    if page.error:
        yield f"page       read now, and gave no text: {page.error}"
        return
    language = f"{page.language}, " if page.language else ""
    yield f"page       read now: {page.title} ({language}{counted(page.words, 'word')})"
    if page.note:
        yield f"             {page.note}"
    if page.authors:
        yield f"             by {', '.join(page.authors)}"
    if page.picture:
        yield f"             its picture: {page.picture}"
    yield f"             {way_text(page.selected, page.missed)}"
    yield f"published  {when(page.published)}"
    for rule in page.rules:
        yield from _rule_lines(rule, label)


def _rules_now(page: FetchedArticle | None) -> str:
    if page is None:
        return ""
    return ", ".join(one.rule for one in page.rules if one.matches) or ("no text" if page.error else "none")


def row_of(asked: str, found: KnownArticle | UnknownArticle) -> tuple[str, ...]:
    """Return the table row of an address as it was asked for: what is known of it, or why it may be unknown."""
    states = Counter(mail.state for mail in found.mails)
    mails = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    if isinstance(found, UnknownArticle):
        return (asked, "unknown", "", _rules_now(found.page), mails, found.why[0])
    rules = ", ".join(one.rule for one in found.rules if one.matches) or "none"
    outcomes = dict.fromkeys(
        outcome_line(one, found.asked_at)
        for rule in found.rules
        for one in rule.told
        if one.mail is None or one.already_told_by or one.already_told_for
    )
    return (asked, found.outlet, when(found.seen), rules, mails or "none", "; ".join(outcomes))
