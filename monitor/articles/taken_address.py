"""Tell whether an address shows another article now, and not an edit of the one that it had."""

from __future__ import annotations

from monitor.articles.mixed_pages import is_of_many_events
from monitor.model import Article
from monitor.text import tokenize

_SHINGLE = 3
"""Words in a row of which an edited text keeps some."""
_LEAST = 8
"""Shingles from which on it says something that two texts have none in common."""
_SHARED = 0.15
"""The share of them that two articles may have in common: a person with his office."""
_TITLE = 0.5
"""The share of a title's words that an edited title keeps."""


def is_taken(before: Article, after: Article) -> bool:
    """Whether two versions of one article have hardly a word of their titles in common, and hardly any of their texts.

    Some outlets give each breaking news one address. What tells of many events says something else each time, and what
    keeps its date was written anew.
    """
    is_newer = before.published and after.published and after.published > before.published
    if not is_newer or is_of_many_events(after.title, after.body or after.lead):
        return False
    titles = [set(tokenize(one.title).words) for one in (before, after)]
    if not all(titles) or len(titles[0] & titles[1]) > _TITLE * min(map(len, titles)):
        return False
    texts = [_shingles(one) for one in (before, after)]
    least = min(map(len, texts))
    return least >= _LEAST and len(texts[0] & texts[1]) <= _SHARED * least


def _shingles(article: Article) -> set[tuple[str, ...]]:
    words = tokenize(f"{article.title}\n{article.lead}\n{article.body}").words
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
