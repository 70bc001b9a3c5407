"""Tell the story of an article: its other articles, why the article is of it, and the mails about the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.reports.delivery_list import state_reason
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.delivery_attempts import DeliveryAttempt
from monitor.store.story_queries import StoryArticle, StorySize
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
class LeftStory:
    """A story that an article has left, in whose thread `mails` told it."""

    story: int
    mails: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FormerStories:
    """The former stories of an article: whether it `began_another`, which is part of its story now, and what it `left`.

    The mails `told_as_new` told it as new to who knew its story, before that was known to be the same.
    """

    began_another: bool = False
    told_as_new: tuple[int, ...] = ()
    left: tuple[LeftStory, ...] = ()


@dataclass(frozen=True, slots=True)
class NearestStory:
    """The earlier story that an article is most alike, compared now, by the `article` of it that is most alike.

    `lacks` says what is lacking for it to join that story, in words (empty: nothing now), `shared` what both say.
    """

    story: int
    article: RelatedArticle
    lacks: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryOutline:
    """The size of a story, the articles of it that are shown, in the order of ids, and how many mails are not.

    `new` is what the explained article says anew, where it is a development.
    """

    size: StorySize
    articles: Sequence[StoryArticle]
    more_mails: int = 0
    former: FormerStories = FormerStories()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleStory:
    """The story of an article: the ids of its articles, the others of them, and the mails that tell of these alone.

    Of a large story both hold the first and the last articles that came, and the one that the article resembles; it has
    `count` articles at `outlets`. Of its mails `more_mails` are left out, later ones to the same readers.
    `relation` is what the article is to the story (`first`: it began it), `resembles` the id of the article of which it
    is a copy or update, or of whose story its own became a part, `score` how much (0 to 1), and `why` in words; `new`
    are the names, places and numbers of an update that earlier articles of the story lack, as it writes them.
    `former` tells of its former stories; `nearest` is the story that it did not join where it began this one.
    """

    id: int
    articles: tuple[int, ...]
    others: tuple[RelatedArticle, ...]
    mails: tuple[MailOutcome, ...]
    relation: Relation = Relation.FIRST
    resembles: int | None = None
    score: float = 0.0
    why: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    count: int = 1
    outlets: int = 1
    more_mails: int = 0
    former: FormerStories = FormerStories()
    nearest: NearestStory | None = None


def article_story(
    stored: StoredArticle, outline: StoryOutline, link: StoryLink | None, about_others: Iterable[MailOutcome]
) -> ArticleStory:
    """Return the record of an article's story; the link says why it is of that, None where it began it."""
    told = ArticleStory(
        stored.story_id,
        tuple(one.id for one in outline.articles),
        tuple(related_article(one) for one in outline.articles if one.id != stored.id),
        tuple(about_others),
        count=outline.size.articles,
        outlets=outline.size.outlets,
        more_mails=outline.more_mails,
        former=outline.former,
        new=outline.new,
    )
    if link is None:
        return told
    return replace(told, relation=link.relation, resembles=link.of_article_id, score=round(link.score, 2), why=link.why)


def mail_outcome(mail: DeliveryRow, answers: tuple[DeliveryAttempt, ...]) -> MailOutcome:
    """Return the record of a delivery and its attempts."""
    to, channel = mail.alert.recipient, mail.alert.channel
    ended = mail.state.value, mail.finished_at, state_reason(mail)
    return MailOutcome(mail.id, to, *ended, channel, mail.attempts, answers)


def related_article(other: StoryArticle) -> RelatedArticle:
    """Return the record of another article of the story."""
    return RelatedArticle(other.id, other.outlet, other.url, other.seen)
