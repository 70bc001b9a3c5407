"""The whole life of one article, read from the store: where it was seen, what each rule says, who was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.articles import address_keys
from monitor.config import Config
from monitor.model import Match
from monitor.query import Failure, document, explain_failure
from monitor.steps.match_outcomes import MatchHistory, MatchOutcome, match_outcomes
from monitor.steps.past_matches import outlet_of
from monitor.steps.unknown_address import UnknownAddress, address_of, unknown_address
from monitor.store import Connection, article_queries, delivery_admin, fulltext_queue, poll_records
from monitor.store.article_queries import Sighting, StoredArticle
from monitor.store.delivery_admin import DeliveryRow


class RuleStanding(StrEnum):
    """Whether a rule is asked: it is active, switched off, or in the files no more."""

    ACTIVE = "active"
    INACTIVE = "not active"
    GONE = "gone"


class JudgedText(StrEnum):
    """What of an article rules can read.

    Its title alone, the feed's summary, the same although its page was asked for, a text that says more; or its title
    alone by now, since its text is older than is kept.
    """

    TITLE = "title"
    SUMMARY = "summary"
    UNREAD = "unread"
    TEXT = "text"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What a rule says of an article: its match, or the smallest parts that failed; `told`: versions that matched.

    A rule that is not active says nothing now.
    """

    rule: str
    match: Match | None
    failures: tuple[Failure, ...]
    told: tuple[int, ...]
    standing: RuleStanding = RuleStanding.ACTIVE


@dataclass(frozen=True, slots=True)
class ArticleHistory:
    """What became of an article up to `now`; `deliveries` tell its story, `outcomes` say what each match came to.

    `read_until` is when rules that wait for its full text will have judged.
    """

    stored: StoredArticle
    sightings: Sequence[Sighting]
    story: Sequence[StoredArticle]
    verdicts: Sequence[RuleVerdict]
    deliveries: Sequence[DeliveryRow]
    now: datetime
    outcomes: Sequence[MatchOutcome] = ()
    read_until: datetime | None = None
    judged: JudgedText = JudgedText.TEXT

    @property
    def others(self) -> list[StoredArticle]:
        """The other pieces of its story."""
        return [one for one in self.story if one.id != self.stored.id]


Found = tuple[str, ArticleHistory | None, UnknownAddress | None]
"""An address, and what became of its article or what may explain that there is none."""


def look_up(
    conn: Connection,
    config: Config,
    urls: Sequence[str],
    rules: Sequence[str] | None,
    span: tuple[datetime, datetime],
) -> list[Found]:
    """What is known of each address, in order; `span` is where to look for what explains an unknown one.

    Without `rules` those count that are active or ever found the piece.
    """
    outlets = _outlets(conn, config)
    found: list[Found] = []
    for url in urls:
        met = article_queries.met(conn, _keys(outlets, url))
        stored = article_queries.get(conn, [met]).get(met) if met else None
        known = article_history(conn, config, stored, rules, span[1]) if stored else None
        found.append((url, known, unknown_address(conn, url, span, met) if known is None else None))
    return found


def find(conn: Connection, config: Config, url: str) -> StoredArticle | None:
    """The stored article that an address leads to, whichever outlet linked to it."""
    return article_queries.by_url_key(conn, _keys(_outlets(conn, config), url))


def _outlets(conn: Connection, config: Config) -> set[str]:
    return {feed.outlet for feed in poll_records.states(conn, active=False)} | set(config.outlets)


def _keys(outlets: set[str], text: str) -> list[bytes]:
    url = address_of(text)
    return [key for outlet in sorted(outlets) for key in address_keys(outlet, url)] if url else []


def article_history(
    conn: Connection, config: Config, stored: StoredArticle, rules: Sequence[str] | None, now: datetime
) -> ArticleHistory:
    """All that is known of a stored article, judged by these rules (all that concern it) as they are now."""
    story = article_queries.of_stories(conn, [stored.story_id])[stored.story_id]
    mails = delivery_admin.of_articles(conn, [one.id for one in story])
    matches = article_queries.matches_of(conn, stored.id)
    if rules is None:
        ever = {match.rule for met in matches.values() for match in met}
        rules = sorted({*config.compiled, *ever})
    verdicts = _verdicts(config, stored, rules, matches, now)
    read_until = fulltext_queue.of_article(conn, stored.id)
    past = MatchHistory(stored, story, mails, now, waits=read_until is not None)
    told = [
        outcome
        for one in verdicts
        if one.match or one.told
        for outcome in match_outcomes(config, past, one.rule, found=bool(one.told))
    ]
    sightings = article_queries.sightings_of(conn, stored.id)
    return ArticleHistory(
        stored, sightings, story, verdicts, mails, now, told, read_until, _judged(config, past, verdicts)
    )


def _judged(config: Config, past: MatchHistory, verdicts: Sequence[RuleVerdict]) -> JudgedText:
    stored = past.stored
    article, kept = stored.article, config.settings.keep_text
    if not article.body:
        return JudgedText.REMOVED if kept is not None and stored.seen < past.now - kept else JudgedText.TITLE
    if article.body != article.lead:
        return JudgedText.TEXT
    waited = {name for name, rule in config.rules.items() if rule.wait_for_text}
    judged = not past.waits and any(one.rule in waited and stored.version in one.told for one in verdicts)
    return JudgedText.UNREAD if judged else JudgedText.SUMMARY


def _verdicts(
    config: Config, stored: StoredArticle, rules: Sequence[str], told: Mapping[int, Sequence[Match]], now: datetime
) -> list[RuleVerdict]:
    read = document(stored.article, outlet_of(config, stored.article))
    verdicts = []
    for name in rules:
        compiled = config.compiled.get(name)
        match = compiled.match(read, now) if compiled else None
        failures = explain_failure(compiled, read, now) if compiled and not match else ()
        versions = (version for version, met in told.items() if any(one.rule == name for one in met))
        verdicts.append(RuleVerdict(name, match, failures, tuple(versions), _standing(config, name)))
    # Those that it satisfies first, and those that are no longer asked last.
    return sorted(verdicts, key=lambda verdict: (verdict.match is None, verdict.standing != RuleStanding.ACTIVE))


def _standing(config: Config, name: str) -> RuleStanding:
    if name in config.compiled:
        return RuleStanding.ACTIVE
    return RuleStanding.INACTIVE if name in config.rules else RuleStanding.GONE
