"""Measure how many of their characteristic words two articles share, to tell an edit from another article."""

from __future__ import annotations

import re
from itertools import pairwise

from monitor.articles.article_text import UNSPACED
from monitor.model import Article
from monitor.text import tokenize

# Characters of a body that are compared with another's.
_COMPARED = 2000
# Words of fewer letters are the same in all texts of a language, and do not count if there are enough longer ones.
_LONG_WORD, _FEW = 4, 3
# An edited headline with so many characteristic words keeps at least one of them.
_ENOUGH = 5
# Where words have no spaces between them, two characters are about one word.
_UNSPACED_PAIR = re.compile(f"[{UNSPACED}]{{2}}")


def similarity(article: Article, other: Article) -> float:
    """Return the share of the shorter article's characteristic words that the other has: 0 to 1, .5 if one has none.

    This is the overlap coefficient (Szymkiewicz-Simpson) of the two sets of words.
    """
    few, many = sorted((_characteristic_words(article), _characteristic_words(other)), key=len)
    return len(few & many) / len(few) if few else 0.5


def are_strangers(article: Article, other: Article) -> bool:
    """Tell whether two articles have five characteristic words or more each, and none in common."""
    one, another = _characteristic_words(article), _characteristic_words(other)
    return min(len(one), len(another)) >= _ENOUGH and one.isdisjoint(another)


def _characteristic_words(article: Article) -> set[str]:
    words = tokenize(f"{article.title}\n{article.lead}\n{article.body[:_COMPARED]}").words
    characteristic = {word for word in words if len(word) >= _LONG_WORD or word.isdecimal()}
    characteristic.update(pair for pair in map("".join, pairwise(words)) if _UNSPACED_PAIR.fullmatch(pair))
    return characteristic if len(characteristic) >= _FEW else set(words)
