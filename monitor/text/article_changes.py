"""Tell what changed from one version of an article to the next: in its title, and in its text."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import Article
from monitor.text.word_diff import DiffPart, word_diff

_BEFORE = 100
"""Characters, such as signs, that may stand before and between the letters of a title with which a text begins."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed in the `title` or `text` of an article: all parts of both versions of it, in order."""

    field: str
    parts: tuple[DiffPart, ...]


def field_changes(before: Article, after: Article) -> tuple[FieldChange, ...]:
    """Return what changed from one version of an article to the next, field by field, where anything did.

    A title with which the text begins, as that of a post does, is part of the text: the change is one.
    """
    texts = {"title": (before.title, after.title), "text": (whole_text(before), whole_text(after))}
    found = {field: word_diff(old, new) for field, (old, new) in texts.items()}
    if found["text"] and _begins_with_title(before) and _begins_with_title(after):
        del found["title"]
    return tuple(FieldChange(field, parts) for field, parts in found.items() if parts)


def _begins_with_title(article: Article) -> bool:
    title = _letters(article.title)
    return bool(title) and _letters(whole_text(article)[: 2 * len(article.title) + _BEFORE]).startswith(title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def whole_text(article: Article) -> str:
    """Return the body of an article, after its lead where that is no part of it."""
    return article.body if article.lead in article.body else f"{article.lead}\n\n{article.body}"
