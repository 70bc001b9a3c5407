"""Two articles in, out how much they say the same: enough to tell an edit from another piece."""

from __future__ import annotations

import re
from itertools import pairwise

from monitor.model import Article
from monitor.text import tokenize

# Characters of a body that are compared with another's.
_COMPARED = 2000
# Short words are the same in all texts of a language, unless there are no others; a pair of characters is about a word
# where none are set apart.
_LONGER, _FEW = 4, 3
# A headline of so many telling words that is edited keeps one of them.
_ENOUGH = 5
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2}")


def similarity(article: Article, other: Article) -> float:
    """How much of what tells the shorter of two texts from others is in the other one, too: 0 to 1; .5 for no text."""
    few, many = sorted((_telling(article), _telling(other)), key=len)
    return len(few & many) / len(few) if few else 0.5


def are_strangers(article: Article, other: Article) -> bool:
    """Whether each of two texts has five words that tell it from others, and none of the other's."""
    one, another = _telling(article), _telling(other)
    return min(len(one), len(another)) >= _ENOUGH and one.isdisjoint(another)


def _telling(article: Article) -> set[str]:
    words = tokenize(f"{article.title}\n{article.lead}\n{article.body[:_COMPARED]}").words
    telling = {word for word in words if len(word) >= _LONGER or word.isdecimal()}
    telling.update(pair for pair in map("".join, pairwise(words)) if _WITHOUT_SPACES.fullmatch(pair))
    return telling if len(telling) >= _FEW else set(words)
