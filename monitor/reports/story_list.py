"""List the stories that move, and show one: its articles in order, what each is to the story, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts import burst_text
from monitor.config import Config
from monitor.reports.article_history import find
from monitor.steps.burst_notes import story_bursts
from monitor.store import Connection, story_queries, story_records
from monitor.store.story_queries import StoryArticle, StoryFilter, StoryMovement, StorySize
from monitor.story_values import Relation, StoryLink
from monitor.text import clean

_ID_DIGITS = 18
"""Of an id: both databases refuse a larger number as a parameter."""


@dataclass(frozen=True, slots=True)
class MovingStory:
    """A story of a span: what it gained in that, how large it is in all, and who had it `first`.

    `new` articles at `new_outlets` appeared in the span, `last_hour` in its last hour. `languages` are ISO codes, those
    of most articles first. `burst` says that it spreads far faster than usual; it is empty where it does not.
    """

    id: int
    new: int
    new_outlets: int
    last_hour: int
    articles: int
    outlets: int
    languages: tuple[str, ...]
    first: StoryArticle
    burst: str = ""


@dataclass(frozen=True, slots=True)
class MovingStories:
    """The stories of [since, until), those first that most outlets told in it; `asked_since` was asked for.

    `since` is later where the span has more than 100,000 articles: only the newest are looked at. `single_articles`
    counts the stories that were left out since each has one article in all.
    """

    asked_since: datetime
    since: datetime
    until: datetime
    stories: tuple[MovingStory, ...]
    single_articles: int = 0


@dataclass(frozen=True, slots=True)
class StoryPiece:
    """An article of a story, what it is to that (`first`: it began it), and why.

    `resembles` is the id of the article that it resembles most, `resembles_outlet` that one's outlet if it is shown
    too, `score` how much (0 to 1).
    """

    article: StoryArticle
    relation: Relation
    resembles: int | None
    resembles_outlet: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story: its size, when it began and last went on, and its first `pieces` in the order of their appearance."""

    id: int
    articles: int
    outlets: int
    languages: tuple[str, ...]
    began: datetime
    last: datetime
    pieces: tuple[StoryPiece, ...]


def moving_stories(conn: Connection, asked: StoryFilter) -> MovingStories:
    """Return the stories that a filter lets through."""
    which = replace(asked, since=story_queries.start_of_newest(conn, asked))
    found = story_queries.moving(conn, which)
    ids = [one.story_id for one in found]
    sizes, firsts = story_queries.sizes(conn, ids), story_queries.firsts(conn, ids)
    bursts = {burst.target: burst_text(burst) for burst in story_bursts(conn, ids, which.until)}
    stories = (
        _moving(one, sizes[one.story_id], firsts[one.story_id], bursts.get(str(one.story_id), "")) for one in found
    )
    single_articles = 0 if which.singles else story_queries.singles(conn, which)
    return MovingStories(asked.since, which.since, which.until, tuple(stories), single_articles)


def _moving(gain: StoryMovement, size: StorySize, first: StoryArticle, burst: str) -> MovingStory:
    gained = gain.story_id, gain.articles, gain.outlets, gain.last_hour
    return MovingStory(*gained, size.articles, size.outlets, size.languages, _cleaned(first), burst)


def story_meant(conn: Connection, config: Config, word: str) -> int | None:
    """Return the story that a word means: its id, or the address of one of its articles; None where there is none.

    A story that was merged means the one that it is part of now.
    """
    if word.isascii() and word.isdigit():
        id_ = int(word[:_ID_DIGITS])
        return story_queries.current(conn, id_) if str(id_) == word else None
    stored = find(conn, config, word) if "." in word else None
    return stored.story_id if stored else None


def show_story(conn: Connection, story: int, limit: int) -> ShownStory | None:
    """Return a story with the first `limit` of its articles; None where none of them is stored any more."""
    size, last = story_queries.sizes(conn, [story]).get(story), story_queries.last_appeared(conn, story)
    if size is None or last is None:
        return None
    shown = story_queries.articles_of(conn, story, limit)
    links = story_records.links_of(conn, [one.id for one in shown])
    outlets = {one.id: one.outlet for one in shown}
    pieces = tuple(_piece(one, links.get(one.id), outlets) for one in shown)
    return ShownStory(story, size.articles, size.outlets, size.languages, shown[0].at, last, pieces)


def _piece(article: StoryArticle, link: StoryLink | None, outlets: dict[int, str]) -> StoryPiece:
    if link is None:
        return StoryPiece(_cleaned(article), Relation.FIRST, None, "", 0.0, ())
    of_id, why = link.of_article_id, tuple(map(clean, link.why))
    return StoryPiece(_cleaned(article), link.relation, of_id, outlets.get(of_id, ""), round(link.score, 2), why)


def _cleaned(article: StoryArticle) -> StoryArticle:
    return replace(article, title=clean(article.title), url=clean(article.url))
