"""Tell what changed from one version of an article to the next: in its title, and in its text."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Article
from monitor.text.word_diff import DiffPart, word_diff


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed in the `title` or `text` of an article: all parts of both versions of it, in order."""

    field: str
    parts: tuple[DiffPart, ...]


def field_changes(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """Return what changed from one version of an article to the next, field by field, where anything did."""
    texts = {"title": (before.title, after.title), "text": (whole_text(before), whole_text(after))}
    found = ((field, word_diff(old, new)) for field, (old, new) in texts.items())
    return tuple(FieldChange(field, parts) for field, parts in found if parts)


def whole_text(article: Article) -> str:
    """Return the body of an article, after its lead where that is no part of it."""
    return article.body if article.lead in article.body else f"{article.lead}\n\n{article.body}"
