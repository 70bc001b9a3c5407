"""Decide when the page of an article is read again, and whether it then still gives its whole text."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.articles.article_text import squeeze

RECHECKED_AFTER = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""How long after it was first seen the page of an article that a rule found is read again."""
# Own measures: half of a text can be an edit; a teaser is mostly less, and ends in words of its own.
_TEASER, _OWN_WORDS = 0.5, 0.2


def next_recheck(seen: datetime, published: datetime | None, now: datetime) -> datetime | None:
    """Return when the page of an article first seen then is read next; None after the last time, or if it was old."""
    if published is not None and published < seen - RECHECKED_AFTER[-1]:
        return None
    return next((moment for after in RECHECKED_AFTER if (moment := seen + after) > now), None)


def breaks_off(text: str, before: str) -> bool:
    """Whether a page that gave its text before gives only a little of that now, as to who has read enough."""
    squeezed = squeeze(text)
    begin = squeezed[: round(len(squeezed) * (1 - _OWN_WORDS))]
    return len(text) < _TEASER * len(before) and begin in squeeze(before)
