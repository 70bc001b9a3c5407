"""Read the history of one article from the store: where it was seen, what each rule says, who was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.articles import address_keys, adds_text, is_excerpt
from monitor.config import Config
from monitor.reports.article_story import StoryOutline
from monitor.reports.former_stories import former_stories
from monitor.reports.match_outcomes import MatchHistory, MatchOutcome, match_outcomes
from monitor.reports.page_outcome import PageOutcome, PageState, page_outcome
from monitor.reports.rule_judge import RuleJudge, RuleVerdict
from monitor.reports.unknown_address import UnknownAddress, address_of, unknown_address
from monitor.steps.development_news import news_in_story
from monitor.store import (
    Connection,
    article_queries,
    article_texts,
    article_versions,
    delivery_attempts,
    fulltext_queue,
    poll_records,
    silence_records,
    story_mails,
    story_queries,
    story_records,
)
from monitor.store.article_queries import Sighting, StoredArticle
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.delivery_attempts import Answers
from monitor.store.story_mails import StoryMails
from monitor.story_values import Relation, StoryLink, StoryNews

SHOWN = 25
"""Articles of a story that are shown from its beginning, and as many from its end."""


class JudgedText(StrEnum):
    """Which text of an article rules can match: its title alone, the feed's summary or a longer text.

    UNREAD is the summary after its page was fetched and gave no text, STUB after that gave no more than the summary;
    REMOVED is the title alone, since `keep:` removed the text.
    """

    TITLE = "title"
    SUMMARY = "summary"
    UNREAD = "unread"
    STUB = "stub"
    TEXT = "text"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """What became of an article up to `now`: the deliveries that tell its story, and the outcome of each match.

    `read_until` is when rules that wait for its full text will be matched at the latest, `page` what became of its
    page, `first_of_page` the first version with what that says. `link` says why it is of its story, None where it began
    it. `answers` are the attempts of the deliveries.
    """

    stored: StoredArticle
    sightings: Sequence[Sighting]
    story: StoryOutline
    verdicts: Sequence[RuleVerdict]
    deliveries: Sequence[DeliveryRow]
    now: datetime
    page: PageOutcome
    outcomes: Sequence[MatchOutcome] = ()
    read_until: datetime | None = None
    judged: JudgedText = JudgedText.TEXT
    link: StoryLink | None = None
    answers: Answers = field(default_factory=dict)
    first_of_page: int | None = None


def look_up(
    conn: Connection,
    config: Config,
    urls: Sequence[str],
    rules: Sequence[str] | None,
    span: tuple[datetime, datetime],
) -> list[ArticleHistory | UnknownAddress]:
    """Return for each address the history of its article, or what may explain that there is none; in order.

    `span` is the time in which to look for why one is unknown.
    Without `rules`, those are judged that are active or ever found the article.
    """
    outlets, judge = _outlets(conn, config), RuleJudge(config)
    found: list[ArticleHistory | UnknownAddress] = []
    for url in urls:
        id_ = article_queries.known_id(conn, _keys(outlets, url))
        stored = article_queries.get(conn, [id_]).get(id_) if id_ else None
        if stored:
            found.append(article_history(conn, judge, stored, rules, span[1]))
        else:
            found.append(unknown_address(conn, url, span, id_))
    return found


def find(conn: Connection, config: Config, url: str) -> StoredArticle | None:
    """Return the stored article of an address, whichever outlet linked to it; None where there is none."""
    return article_queries.by_url_key(conn, _keys(_outlets(conn, config), url))


def _outlets(conn: Connection, config: Config) -> set[str]:
    """Return the names of outlets that keys of articles may carry."""
    return {feed.name_for_keys for feed in poll_records.states(conn, active=False)} | set(config.outlets)


def _keys(outlets: set[str], text: str) -> list[bytes]:
    url = address_of(text)
    return [key for outlet in sorted(outlets) for key in address_keys(outlet, url)] if url else []


def article_history(
    conn: Connection, judge: RuleJudge, stored: StoredArticle, rules: Sequence[str] | None, now: datetime
) -> ArticleHistory:
    """Return the history of a stored article, judged by these rules as they are now (None: all that concern it)."""
    config = judge.config
    says = story_records.alike(conn, [stored.id])[stored.id]
    about = story_mails.of_article(conn, stored.id, stored.story_id, same_as=says)
    mails = about.mails
    told = story_queries.by_id(conn, {item.article_id for mail in mails for item in mail.alert.items})
    matches = article_queries.matches_of(conn, stored.id)
    if rules is None:
        found = {match.rule for of_version in matches.values() for match in of_version}
        rules = sorted({*config.compiled, *found})
    verdicts = judge.verdicts(stored.article, rules, matches, now)
    read_until = fulltext_queue.of_article(conn, stored.id)
    kept = [one.silence for one in silence_records.of_article(conn, stored.id)]
    silences = {(one.recipient, one.rule): one.reason for one in kept}
    same = {id_ for id_, of in story_records.alike(conn, told.keys()).items() if of == says}
    past = MatchHistory(stored, mails, now, read_until is not None, silences, told, same)
    outcomes = [
        outcome
        for one in verdicts
        if one.match or one.matched_versions
        for outcome in match_outcomes(config, past, one.rule, found=bool(one.matched_versions))
    ]
    sightings = article_queries.sightings_of(conn, stored.id)
    judged, page = _judged_text(config, past, verdicts), page_outcome(conn, config, stored, sightings)
    if judged is JudgedText.SUMMARY and page.state in (PageState.REFUSED, PageState.GONE):
        judged = JudgedText.UNREAD
    if judged is JudgedText.TEXT and _is_stub(conn, stored):
        judged = JudgedText.STUB
    link = story_records.links_of(conn, [stored.id]).get(stored.id)
    story = _outline(conn, stored, link, about)
    answers = delivery_attempts.of_deliveries(conn, [mail.id for mail in mails])
    found_out = (verdicts, mails, now, page, outcomes, read_until, judged, link, answers)
    of_page = article_versions.first_of_page(conn, stored.id)
    return ArticleHistory(stored, sightings, story, *found_out, of_page)


def _is_stub(conn: Connection, stored: StoredArticle) -> bool:
    """Whether the page of an article was read that says no more than its feed, which gives a summary."""
    text = article_texts.page_texts(conn, [stored.id]).get(stored.id, "")
    said = article_texts.in_feed_words(conn, stored)
    return bool(text) and is_excerpt(said) and not adds_text(said.body, text)


def _outline(conn: Connection, stored: StoredArticle, link: StoryLink | None, about: StoryMails) -> StoryOutline:
    nearest = [link.of_article_id] if link else []
    size = story_queries.sizes(conn, [stored.story_id])[stored.story_id]
    shown = story_queries.ends_of(conn, stored.story_id, SHOWN, [stored.id, *nearest])
    is_update = link is not None and link.relation is Relation.UPDATE
    news = news_in_story(conn, stored.id, stored.story_id, stored.article) if is_update else StoryNews()
    return StoryOutline(size, shown, about.more, former_stories(conn, stored, about.mails), news.named)


def _judged_text(config: Config, past: MatchHistory, verdicts: Sequence[RuleVerdict]) -> JudgedText:
    stored = past.stored
    article, keep_text = stored.article, config.settings.keep_text
    if not article.body:
        return JudgedText.REMOVED if keep_text is not None and stored.seen < past.now - keep_text else JudgedText.TITLE
    if article.body != article.lead:
        return JudgedText.TEXT
    waiting = {name for name, rule in config.rules.items() if rule.wait_for_text}
    is_read = not past.waits and any(one.rule in waiting and stored.version in one.matched_versions for one in verdicts)
    return JudgedText.UNREAD if is_read else JudgedText.SUMMARY
