"""Tell the versions of an article: when each was seen, by what, and what changed from the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from monitor.store import Connection, article_versions
from monitor.store.article_versions import PAGE, StoredVersion
from monitor.text import clean
from monitor.text.article_changes import FieldChange, field_changes, whole_text
from monitor.text.word_diff import Change


class VersionSource(StrEnum):
    """Where a version was seen; UNKNOWN where it was stored before that was recorded."""

    FEED = "feed"
    PAGE = "page"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One version of an article, of so many `words`; `feed` is the address of the feed that showed it, if one did.

    `changes` are those from the version before, in which `added` words of the text came and `removed` ones went.
    """

    version: int
    seen: datetime
    by: VersionSource
    feed: str
    title: str
    words: int
    changes: tuple[FieldChange, ...]
    added: int = 0
    removed: int = 0


def version_history(conn: Connection, article_id: int) -> tuple[ArticleVersion, ...]:
    """Return the versions of an article, the oldest first; none where it was deleted."""
    versions = article_versions.of_article(conn, article_id)
    changes = [(), *(field_changes(before.article, after.article) for before, after in pairwise(versions))]
    return tuple(_version(one, changed) for one, changed in zip(versions, changes, strict=False))


def _version(one: StoredVersion, changes: tuple[FieldChange, ...]) -> ArticleVersion:
    words = len(whole_text(one.article).split())
    version = ArticleVersion(one.number, one.at, _source(one), clean(one.feed), one.article.title, words, changes)
    return replace(version, added=_words(changes, Change.ADDED), removed=_words(changes, Change.REMOVED))


def _words(changes: tuple[FieldChange, ...], change: Change) -> int:
    """Return how many words of the text came or went."""
    parts = (part for one in changes if one.field == "text" for part in one.parts)
    return sum(len(part.text.split()) for part in parts if part.change is change)


def _source(one: StoredVersion) -> VersionSource:
    if one.feed_id is None:
        return VersionSource.UNKNOWN
    return VersionSource.PAGE if one.feed_id == PAGE else VersionSource.FEED
