"""Mark the texts of recent articles as they are read, so that they join the stories of what they copy or tell again."""

from __future__ import annotations

from datetime import datetime

from monitor.articles import LASTS, WITHIN, event_signs, text_signature
from monitor.query import Document
from monitor.story_values import TextMarks


def marks_of(read: Document, now: datetime, *, with_event: bool = True) -> TextMarks:
    """Return what tells of which story an article is that was read for rules; nothing where it is too old."""
    age = now - (read.article.published or now)
    return TextMarks(
        text_signature(read.title, read.body, read.language) if age <= WITHIN else None,
        event_signs(read.article) if with_event and age <= LASTS else None,
    )
