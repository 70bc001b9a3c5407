"""Mark the texts of recent articles as they are read, so that they join the stories of what they copy or tell again."""

from __future__ import annotations

from datetime import datetime

from monitor.articles import LASTS, WITHIN, event_signs, text_signature
from monitor.query import Document
from monitor.story_values import TextMarks
from monitor.text import tokenize
from monitor.text.link_lines import without_link_lines


def marks_of(read: Document, now: datetime, *, with_event: bool = True) -> TextMarks:
    """Return what tells of which story an article is that was read for rules; nothing where it is too old."""
    age = now - (read.article.published or now)
    article, body = read.article, read.body
    if (said := without_link_lines(article.body)) != article.body:
        # Copies lead to other addresses, or to none.
        article, body = article._replace(body=said), tokenize(said)
    return TextMarks(
        text_signature(read.title, body) if age <= WITHIN else None,
        event_signs(article) if with_event and age <= LASTS else None,
    )
