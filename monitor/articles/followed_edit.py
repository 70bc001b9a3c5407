"""Let the text of a page follow what its feed has edited since it was read, until it is read again.

A page mostly repeats the feed's summary: without this, a sentence that an edit replaced would stand on below the new
one. What counts as an edit is our own heuristic.
"""

from __future__ import annotations

from monitor.articles.article_text import squeeze
from monitor.text import sentences, tokenize

_LIKE = 0.4
"""Words that two texts share, of those of both, from which on one is an edit of the other and no other excerpt."""


def follow_edit(page_text: str, before: str, after: str) -> str:
    """Return a page's text in which the sentences that its feed said `before` are edited to what it says `after`.

    What the feed shortened, or took another excerpt for, stays, and so does all that the page alone says.
    """
    old, new = _changed(_whole_sentences(before), _whole_sentences(after))
    if not old or not new or not _is_like(" ".join(old), " ".join(new)):
        return page_text
    replaced = {squeeze(sentence): "" for sentence in old} | {squeeze(old[0]): " ".join(new)}
    parts, position = [], 0
    for start, end in sentences(page_text):
        edited = replaced.get(squeeze(page_text[start:end]))
        if edited is not None:
            parts += [page_text[position:start], edited]
            position = end
    return "".join((*parts, page_text[position:]))


def _whole_sentences(text: str) -> list[str]:
    """Return the sentences of a feed's text that have letters or digits, without a last one that breaks off."""
    found = [text[start:end] for start, end in sentences(text)]
    if text.rstrip(" ])").endswith(("…", "...")):
        found = found[:-1]
    return [sentence for sentence in found if squeeze(sentence)]


def _changed(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return the sentences of both texts between those in which they begin and end alike."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    return old[head : len(old) - tail], new[head : len(new) - tail]


def _common(one: list[str], other: list[str]) -> int:
    differs = (at for at, pair in enumerate(zip(one, other, strict=False)) if squeeze(pair[0]) != squeeze(pair[1]))
    return next(differs, min(len(one), len(other)))


def _is_like(one: str, other: str) -> bool:
    words, others = set(tokenize(one).words), set(tokenize(other).words)
    return 2 * len(words & others) >= _LIKE * (len(words) + len(others))
