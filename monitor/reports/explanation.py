"""Explain an address: what became of its article, rule by rule and reader by reader, or why it is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from monitor.config import Config
from monitor.reports.absence_reasons import Span, absence_reasons, by_likelihood, date_in
from monitor.reports.article_history import ArticleHistory, JudgedText, look_up
from monitor.reports.article_story import (
    ArticleStory,
    MailOutcome,
    RelatedArticle,
    article_story,
    mail_outcome,
    related_article,
)
from monitor.reports.delivery_list import state_reason
from monitor.reports.feed_condition import FeedCondition, feed_condition
from monitor.reports.form_search import correction
from monitor.reports.match_outcomes import MatchOutcome
from monitor.reports.page_outcome import PageOutcome
from monitor.reports.rule_judge import RuleStanding, RuleVerdict
from monitor.reports.unknown_address import UnknownAddress
from monitor.reports.version_history import ArticleVersion, version_history
from monitor.store import Connection
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.delivery_attempts import Answers
from monitor.text import clean


@dataclass(frozen=True, slots=True)
class FeedSighting:
    """A feed that showed an article first and last changed, and when it is polled next (None: never) and why."""

    outlet: str
    feed: str
    first_seen: datetime
    changed: datetime
    due_at: datetime | None
    due_because: str


@dataclass(frozen=True, slots=True)
class FailedPart:
    """A part of a rule that an article fails, and the reason."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class GuessedForm:
    """A guessed form of a name that a rule found, as the article writes it, and the command that takes it away."""

    text: str
    form: str
    term: str
    source: str
    confidence: float
    correction: str


@dataclass(frozen=True, slots=True)
class ReaderOutcome:
    """What a match became for one reader (`to`, empty where the rule has none), told by `mail` or not.

    `state` is the mail's, or “not told”; `already_told_by` is the article of the story that the mail holds instead of
    this one, `already_told_for` are the rules that it names instead of this one. `pending`: there is no mail yet.
    `channel` and `is_edit` are of that mail; `silence` is why this article made none, if for another reason than that.
    """

    to: str
    mail: int | None
    state: str
    in_flight: bool
    due: datetime | None
    ended: datetime | None
    already_told_by: RelatedArticle | None
    already_told_for: tuple[str, ...]
    reason: str
    pending: bool
    channel: str
    is_edit: bool
    silence: str


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule says of an article now, the versions that it found when they came, and what that became.

    `told` holds an outcome for each reader, and one more for each further mail that tells that reader of an edit.
    """

    rule: str
    standing: RuleStanding
    matches: bool
    terms: tuple[str, ...]
    matched_in_versions: tuple[int, ...]
    failed: tuple[FailedPart, ...]
    told: tuple[ReaderOutcome, ...]
    guessed: tuple[GuessedForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """All that became of an article up to `asked_at`.

    `published_text` is the date as given, of which `published` was read; `claimed` is the moment that it says, where
    that is another one. `authors` are those of its feed, else of its page, and `first_of_page` is the first version
    with what that says, if any. `words` counts those of the text that was judged; `read_until` is when rules that wait
    for the text of its page are asked at the latest, `page` what became of it. `mails` are about the article itself.
    `fetched` is what stands there now, where that was asked for.
    """

    url: str
    known: Literal[True] = True
    id: int
    outlet: str
    language: str
    title: str
    authors: tuple[str, ...]
    seen: datetime
    published: datetime | None
    published_text: str
    claimed: datetime | None
    version: int
    first_of_page: int | None
    judged: JudgedText
    words: int
    read_until: datetime | None
    page: PageOutcome
    story: ArticleStory
    sightings: tuple[FeedSighting, ...]
    rules: tuple[RuleOutcome, ...]
    mails: tuple[MailOutcome, ...]
    asked_at: datetime
    versions: tuple[ArticleVersion, ...] = ()
    fetched: FetchedArticle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedArticle:
    """What a page holds now, and what each rule says of that; `error` is why it gave no text.

    `url` is where redirects led, `words` counts those of the text, and `note` warns of a front page. `selected` and
    `missed` are as in `PageOutcome`. Of a known article `differences` say what is stored otherwise.
    """

    url: str
    error: str = ""
    title: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    words: int = 0
    picture: str = ""
    selected: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    note: str = ""
    rules: tuple[RuleOutcome, ...] = ()
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownArticle:
    """An address of which nothing is known, and `why` that may be, the likeliest reason first.

    `why_when` says of each reason when its article was published if that is it (None: whenever), and `decides` what
    tells which of several reasons it is.

    `watched` are the feeds of its site, of which some are `broken` or were `odd`; `gaps` are (outlet, from, to),
    `outages` of the monitor itself (from, to). Where its article was `removed`, `mails` told of it. `page` is what
    stands there now, where that was asked for.
    """

    url: str
    known: Literal[False] = False
    feeds: tuple[str, ...]
    watched: tuple[FeedCondition, ...]
    broken: tuple[FeedCondition, ...]
    odd: tuple[FeedCondition, ...]
    gaps: tuple[tuple[str, datetime, datetime], ...]
    outages: tuple[tuple[datetime, datetime], ...]
    first_run: datetime | None
    removed: bool
    mails: tuple[MailOutcome, ...]
    why: tuple[str, ...]
    why_when: tuple[Span | None, ...]
    decides: str = ""
    page: FetchedArticle | None = None


def explain(
    conn: Connection, config: Config, urls: Sequence[str], rules: Sequence[str] | None, span: tuple[datetime, datetime]
) -> list[KnownArticle | UnknownArticle]:
    """Explain each address, in order; `span` is the time in which to look for why one is unknown.

    Without `rules`, those are judged that are active or ever found the article.
    """
    return [
        known_article(found)
        if isinstance(found, ArticleHistory)
        else unknown_article(url, found, config.files_of("outlets"))
        for url, found in zip(urls, look_up(conn, config, urls, rules, span), strict=True)
    ]


def with_versions(
    conn: Connection, found: Sequence[KnownArticle | UnknownArticle]
) -> list[KnownArticle | UnknownArticle]:
    """Return the records with the versions of the articles, and what changed from each to the next."""
    return [
        replace(one, versions=version_history(conn, one.id)) if isinstance(one, KnownArticle) else one for one in found
    ]


def known_article(history: ArticleHistory) -> KnownArticle:
    """Return the record of an article's history."""
    stored, article = history.stored, history.stored.article
    own = [mail for mail in history.deliveries if any(item.article_id == stored.id for item in mail.alert.items)]
    about_others = [_mail(mail, history.answers) for mail in history.deliveries if mail not in own]
    return KnownArticle(
        url=article.url,
        id=stored.id,
        outlet=article.outlet,
        language=article.language,
        title=article.title,
        authors=tuple(map(clean, article.authors)),
        seen=stored.seen,
        published=article.published,
        published_text=clean(article.published_text),
        claimed=article.claimed,
        version=stored.version,
        first_of_page=history.first_of_page,
        judged=history.judged,
        words=len(article.body.split()),
        read_until=history.read_until,
        page=history.page,
        story=article_story(stored, history.story, history.link, about_others),
        sightings=tuple(
            FeedSighting(
                one.outlet, clean(one.url), one.first_seen_at, one.last_changed_at, one.due_at, one.due_because
            )
            for one in history.sightings
        ),
        rules=tuple(rule_outcome(one, history.outcomes) for one in history.verdicts),
        mails=tuple(_mail(mail, history.answers) for mail in own),
        asked_at=history.now,
    )


_BY_DATE = "when it was published: --fetch reads that from its page"


def unknown_article(url: str, missing: UnknownAddress, outlet_files: str) -> UnknownArticle:
    """Return the record of an unknown address; `outlet_files` is where the outlets are configured."""
    reasons = by_likelihood(absence_reasons(missing, outlet_files), date_in(url))
    several = sum(reason.span is not None for reason in reasons) > 1
    return UnknownArticle(
        url=url,
        feeds=tuple(clean(feed.url) for feed in missing.feeds),
        watched=tuple(feed_condition(feed) for feed in missing.feeds),
        broken=tuple(feed_condition(feed) for feed in missing.broken),
        odd=tuple(feed_condition(feed) for feed in missing.odd),
        gaps=tuple((gap.outlet, gap.from_at, gap.to_at) for gap in missing.gaps),
        outages=tuple(missing.outages),
        first_run=missing.first_run,
        removed=missing.removed,
        mails=tuple(_mail(mail, missing.answers) for mail in missing.mails),
        why=tuple(clean(reason.text) for reason in reasons),
        why_when=tuple(reason.span for reason in reasons),
        decides=_BY_DATE if several else "",
    )


def _mail(mail: DeliveryRow, answers: Answers) -> MailOutcome:
    return mail_outcome(mail, answers.get(mail.id, ()))


def rule_outcome(verdict: RuleVerdict, outcomes: Sequence[MatchOutcome] = ()) -> RuleOutcome:
    """Return the record of a rule's verdict, and of what its matches became."""
    spans = verdict.match.spans if verdict.match else ()
    return RuleOutcome(
        verdict.rule,
        verdict.standing,
        matches=verdict.match is not None,
        terms=tuple(dict.fromkeys(span.term for span in spans)),
        matched_in_versions=verdict.matched_versions,
        failed=tuple(FailedPart(failure.part, failure.reason) for failure in verdict.failures),
        told=tuple(_reader(outcome) for outcome in outcomes if outcome.rule == verdict.rule),
        guessed=tuple(_guessed_forms(verdict)),
    )


def _guessed_forms(verdict: RuleVerdict) -> Iterator[GuessedForm]:
    """Yield each guessed form of the match once."""
    for command, trace in {correction(trace): trace for trace in verdict.forms}.items():
        if command:
            form = trace.form
            yield GuessedForm(trace.text, form.text, trace.of_word.term, form.source, form.confidence, command)


def _reader(outcome: MatchOutcome) -> ReaderOutcome:
    mail = outcome.mail
    return ReaderOutcome(
        outcome.recipient,
        mail.id if mail else None,
        mail.state.value if mail else "not told",
        in_flight=bool(mail and mail.in_flight),
        due=mail.alert.due if mail else None,
        ended=mail.finished_at if mail else None,
        already_told_by=related_article(outcome.instead) if outcome.instead else None,
        already_told_for=tuple(outcome.other_rules),
        reason=outcome.reason or (state_reason(mail) if mail else ""),
        pending=outcome.pending,
        channel=mail.alert.channel if mail else "",
        is_edit=outcome.is_edit,
        silence=outcome.silence,
    )
