"""Tell the story of an article: its other articles, why the article is of it, and the mails about the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.reports.delivery_list import state_reason
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.delivery_attempts import DeliveryAttempt
from monitor.story_values import Relation, StoryLink


@dataclass(frozen=True, slots=True)
class MailOutcome:
    """A delivery that tells of an article: by which channel, its state, when it ended, and why it is in that state.

    `why` is the server's last answer, or who ended or holds it; `attempts` were put off, and `answers` are all attempts
    that are kept, the first and the latest.
    """

    id: int
    to: str
    state: str
    ended: datetime | None
    why: str
    channel: str
    attempts: int
    answers: tuple[DeliveryAttempt, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedArticle:
    """Another article of the same story."""

    id: int
    outlet: str
    url: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class ArticleStory:
    """The story of an article: the ids of its articles, the others of them, and the mails that tell of these alone.

    `relation` is what the article is to the story (`first`: it began it), `resembles` the id of the article of which it
    is a copy or update, `score` how much (0 to 1), and `why` in words.
    """

    id: int
    articles: tuple[int, ...]
    others: tuple[RelatedArticle, ...]
    mails: tuple[MailOutcome, ...]
    relation: Relation = Relation.FIRST
    resembles: int | None = None
    score: float = 0.0
    why: tuple[str, ...] = ()


def article_story(
    stored: StoredArticle, story: Sequence[StoredArticle], link: StoryLink | None, about_others: Iterable[MailOutcome]
) -> ArticleStory:
    """Return the record of an article's story; the link says why it is of that, None where it began it."""
    told = ArticleStory(
        stored.story_id,
        tuple(one.id for one in story),
        tuple(related_article(one) for one in story if one.id != stored.id),
        tuple(about_others),
    )
    if link is None:
        return told
    return replace(told, relation=link.relation, resembles=link.of_article_id, score=round(link.score, 2), why=link.why)


def mail_outcome(mail: DeliveryRow, answers: tuple[DeliveryAttempt, ...]) -> MailOutcome:
    """Return the record of a delivery and its attempts."""
    to, channel = mail.alert.recipient, mail.alert.channel
    ended = mail.state.value, mail.finished_at, state_reason(mail)
    return MailOutcome(mail.id, to, *ended, channel, mail.attempts, answers)


def related_article(stored: StoredArticle) -> RelatedArticle:
    """Return the record of another article of the story."""
    return RelatedArticle(stored.id, stored.article.outlet, stored.article.url, stored.seen)
