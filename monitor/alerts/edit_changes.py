"""Select what a mail shows of an edit: the words that went and came, with a few around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.alert_view import ChangePart, TextChange
from monitor.alerts.quotes import language_tag
from monitor.model import Article
from monitor.text.article_changes import FieldChange, field_changes
from monitor.text.safe_text import direction, shorten, visible
from monitor.text.word_diff import Change, DiffPart, excerpts


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of an edit is shown: so many changes of a field, `words` of each, and `context` words around it.

    No part has more than `length` characters, since a word may have any number of them.
    """

    changes: int
    words: int
    context: int
    length: int


IN_ALERT = Measure(changes=12, words=60, context=8, length=500)
IN_LIST = Measure(changes=3, words=25, context=5, length=200)
"""What one story of a digest shows."""


def changes_of(before: Article, after: Article, measure: Measure) -> tuple[TextChange, ...]:
    """Return what changed from one version of an article to another, in its title and its text, safe for messages."""
    return tuple(_shown(change, after, measure) for change in field_changes(before, after))


def _shown(change: FieldChange, article: Article, measure: Measure) -> TextChange:
    shown, more = _first_changes(change.parts, measure.changes)
    parts = [
        ChangePart(shorten(visible(part.text), measure.length), part.change.value)
        for part in excerpts(shown, measure.context, measure.words)
    ]
    language = language_tag(article)
    words = "".join(part.text for part in parts)
    return TextChange(change.field, tuple(parts), language, direction(words, language), more)


def _first_changes(parts: Sequence[DiffPart], most: int) -> tuple[Sequence[DiffPart], int]:
    """Return the parts up to the words after the last change that is shown, and how many changes come later.

    What went and what came in its place is one change.
    """
    begins = [
        number
        for number, part in enumerate(parts)
        if part.change is not Change.SAME and (number == 0 or parts[number - 1].change is Change.SAME)
    ]
    more = max(0, len(begins) - most)
    return (parts[: begins[most]] if more else parts), more
