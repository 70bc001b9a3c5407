"""Let the text of a page follow what its feed has edited since it was read, until it is read again.

A page mostly repeats the feed's summary: without this, a sentence that an edit replaced would stand on below the new
one. What counts as an edit is our own heuristic. The end of an excerpt is none: where it breaks off says nothing of
what follows, so that only the sentences are compared which an excerpt has whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from monitor.articles.article_text import squeeze
from monitor.articles.excerpt_ends import without_end
from monitor.text import sentences, tokenize

_LIKE = 0.4
"""Words that two texts share, of those of both, from which on one is an edit of the other and no other excerpt."""
_HELD = 0.5
"""The share of its words from which on a sentence went into another."""


class FollowedEdit(NamedTuple):
    """A page's text with the edits of its feed, and the sentences of the feed that have no place there."""

    text: str
    unplaced: str = ""


def follow_edit(page_text: str, before: str, after: str) -> FollowedEdit:
    """Return a page's text in which the sentences that its feed said `before` are edited to what it says `after`.

    What the feed shortened, or took another excerpt for, stays, and so does all that the page alone says.
    """
    places = [(squeeze(page_text[start:end]), start, end) for start, end in sentences(page_text)]
    page, known = squeeze(page_text), {key for key, _, _ in places}
    old, new = _sentences(before), _sentences(after)
    if old and old[-1].key not in known:
        del old[-1]
    if new and squeeze(without_end(new[-1].text)) in page:
        del new[-1]
    edits: dict[bytes, str] = {}
    unplaced: list[str] = []
    for block_old, block_new, is_last in _changed(old, new):
        fresh = " ".join(one.text for one in block_new if one.key not in page)
        gone = _gone(block_old, block_new, is_last=is_last)
        place = next((one.key for one in gone if one.key in known), None)
        if place is not None:
            edits |= {one.key: "" for one in gone} | {place: fresh}
        elif fresh:
            unplaced.append(fresh)
    return FollowedEdit(_edited(page_text, places, edits), " ".join(unplaced))


class _FeedSentence(NamedTuple):
    text: str
    key: bytes


def _sentences(text: str) -> list[_FeedSentence]:
    """Return the sentences of a text that have letters or digits."""
    found = (text[start:end] for start, end in sentences(text))
    return [_FeedSentence(one, key) for one in found if (key := squeeze(one))]


def _changed(
    old: Sequence[_FeedSentence], new: Sequence[_FeedSentence]
) -> Iterable[tuple[Sequence[_FeedSentence], Sequence[_FeedSentence], bool]]:
    """Yield the sentences that stand in place of each other, and whether they are the last of both texts."""
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind != "equal":
            is_last = old_to == len(old) and new_to == len(new)
            yield old[old_from:old_to], new[new_from:new_to], is_last


def _gone(old: Sequence[_FeedSentence], new: Sequence[_FeedSentence], *, is_last: bool) -> Sequence[_FeedSentence]:
    """Return which of these sentences were edited to the new ones: none of another excerpt, nor its last ones."""
    words = _words(" ".join(one.text for one in new))
    kept = len(old)
    while is_last and kept and _share(_words(old[kept - 1].text), words) < _HELD:
        kept -= 1
    others = _words(" ".join(one.text for one in old[:kept]))
    is_like = 2 * len(words & others) >= _LIKE * (len(words) + len(others))
    return old[:kept] if new and is_like else ()


def _words(text: str) -> set[str]:
    return set(tokenize(text).words)


def _share(words: set[str], others: set[str]) -> float:
    return len(words & others) / len(words) if words else 1.0


def _edited(page_text: str, places: Iterable[tuple[bytes, int, int]], edits: Mapping[bytes, str]) -> str:
    parts, position = [], 0
    for key, start, end in places:
        if key in edits:
            parts += [page_text[position:start], edits[key]]
            position = end
    return "".join((*parts, page_text[position:]))
