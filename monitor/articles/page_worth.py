"""Decide how many pages behind a feed's new articles are worth reading, by what its latest pages gave.

Own heuristics: lengths are in characters, since Chinese and Thai have no spaces to count words by.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.articles.article_text import without_truncation
from monitor.model import Article

FRUITLESS = 5
"""So many pages in a row that gave nothing are no accident: where they were refused, its outlet refuses all of them."""
_GIVEN_UP = 20
"""So many in a row end the reading of a feed's pages, unless enough of the latest gave more than the feed."""
_ENOUGH = 20
"""Enough is one page in so many: where most of an outlet's articles are for subscribers, others are free."""
TRIED_EVERY = timedelta(days=1)
"""How often one page of such a feed is read all the same."""
_WHOLE = 1_000
"""Characters from which on the text of a feed counts as a whole article, if it does not break off."""
_MORE = 1.25
"""A page that gives less than so many times the feed's text adds nothing: it repeats titles and captions."""
_OTHER_SHAPE = 2.0
_TITLE = 50
"""Characters that are added to both lengths which are compared, so that feeds of titles alone are all alike."""


def is_excerpt(article: Article) -> bool:
    """Whether the text that the feed gives of an article is a part of it: it is short, or breaks off in an ellipsis."""
    return is_part(len(article.body), article.body)


def is_part(length: int, ending: str) -> bool:
    """Whether a text of so many characters with this ending is a part of an article, as an excerpt is."""
    return length < _WHOLE or without_truncation(ending) != ending


def adds_text(feed_text: str, page_text: str) -> bool:
    """Whether a page says notably more of its article than the feed."""
    return len(page_text) >= _MORE * len(feed_text)


def has_changed_shape(length: int, before: int) -> bool:
    """Whether a feed gives at least twice or at most half as much of an article as before, by median lengths."""
    longer, shorter = max(length, before) + _TITLE, min(length, before) + _TITLE
    return longer >= _OTHER_SHAPE * shorter


def are_pages_given_up(fruitless: int, given: int, known: int) -> bool:
    """Whether a feed's pages are read no more of which so many in a row were fruitless.

    Of as many latest ones as are `known`, so many were `given` with more than the feed says.
    """
    return fruitless >= _GIVEN_UP and given * _ENOUGH < max(known, 1)


def pages_worth_reading(requested_at: datetime | None, now: datetime, most: int, *, given_up: bool) -> int:
    """Return how many pages are requested of a feed, one of which was requested last then: `most`, 1 or none."""
    if not given_up:
        return most
    # A request of the future was made before the clock was set back.
    is_recent = requested_at is not None and now - TRIED_EVERY < requested_at <= now
    return 0 if is_recent else 1
