"""Tell whether one text is the beginning of another: feeds show the first words of what pages say whole.

Of an excerpt and its page the shares of words are small, so that neither says whether they are one text; that one
begins with the other, word for word, does.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from math import ceil

from monitor.articles.openings import WordKind, spelling, spellings

_LEAST, _SHARE = 12, 0.8
"""So many words in a row are in both texts, and so much of the shorter one, whose last word may be cut off."""
_DATELINE = 8
"""Before them stand at most so many words: where and by whom it is told."""
_TITLE_CASE = 0.6
"""Where more of a title's words have capitals, a capital there tells no name."""


def is_beginning(one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether the shorter of two openings is the beginning of the longer one, but for a dateline."""
    short, long = sorted((spellings(one), spellings(other)), key=len)
    least = max(_LEAST, ceil(_SHARE * (len(short) - 1)))
    if len(short) < least or not _may_begin(short[_DATELINE:least], long):
        return False
    in_short, in_long, size = SequenceMatcher(None, short, long, autojunk=False).find_longest_match()
    return size >= least and max(in_short, in_long) <= _DATELINE


def _may_begin(said: tuple[int, ...], long: tuple[int, ...]) -> bool:
    """Tell quickly whether a text has these words, which follow any dateline of another, where it would have them."""
    return any(long[at : at + len(said)] == said for at in range(2 * _DATELINE + 1))


def names_in(title: Sequence[int], text: Sequence[int]) -> bool:
    """Tell whether a text says a name or number of a title, with its capital: what it is about."""
    said = set(text)
    return any(WordKind(coded & WordKind.UNCASED) != WordKind.PLAIN and coded in said for coded in title)


def names_beyond(title: Sequence[int], *texts: Sequence[int]) -> bool:
    """Tell whether a title has a number, or surely a name, that none of these texts or titles has.

    The first word has a capital anyway; so has each word of some titles, as of many nouns in German.
    """
    said = {one for text in texts for one in spellings(text)}
    kinds = [WordKind(coded & WordKind.UNCASED) for coded in title]
    tells_names = kinds.count(WordKind.NAME) <= _TITLE_CASE * len(kinds)
    return any(
        spelling(coded) not in said and (kind is WordKind.NUMBER or (kind is WordKind.NAME and tells_names and at > 0))
        for at, (coded, kind) in enumerate(zip(title, kinds, strict=True))
    )
