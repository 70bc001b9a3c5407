"""Know an edit again that was told already, by the words that it exchanges and those around them; own heuristic.

A feed and a page state one edit at different times, each in its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from monitor.articles.article_text import squeeze
from monitor.model import Article
from monitor.text import tokenize
from monitor.text.article_changes import field_changes
from monitor.text.word_diff import Change, DiffPart

_AROUND, _ALIKE = 2, 2
"""Words on each side of a change that are compared, and how many of them are the same around one that was told."""
_NEAR = 200
"""Characters in which such words are looked for."""
_PASSAGE = 5
"""Words from which on a passage is known by itself."""


def adds_nothing(former: Iterable[Article], before: Article, after: Article) -> bool:
    """Whether an edit changes only what was changed in the same words between a former version and the one `before`.

    Nor does it where the page says now what the feed says: that passage of the lead is then no longer apart.
    """
    changes = list(_changes(before, after))
    told = list(chain.from_iterable(_changes(one, before) for one in former))
    takes_up = _takes_up(before, after)
    return bool(changes) and all(
        any(_is_same(one, other) for other in told) or (takes_up and _moves(one, before, after)) for one in changes
    )


def goes_back(former: Iterable[Article], before: Article, after: Article) -> bool:
    """Whether an edit of the version `before` changes only what it takes back to the words of former versions."""
    undone = list(chain.from_iterable(_changes(before, one) for one in former))
    return _are_among(list(_changes(before, after)), undone)


def is_same_change(told: tuple[Article, Article], edit: tuple[Article, Article]) -> bool:
    """Whether an edit changes only what another edit changed that was told, each as the article before and after it."""
    return _are_among(list(_changes(*edit)), list(_changes(*told)))


class _Exchange(NamedTuple):
    """Words that went and came, squeezed, and those before them, from the nearest one on, and after them."""

    field: str
    removed: str
    added: str
    before: Sequence[str]
    after: Sequence[str]


def _changes(before: Article, after: Article) -> Iterator[_Exchange]:
    for field, parts in ((change.field, change.parts) for change in field_changes(before, after)):
        position = 0
        while position < len(parts):
            end = position
            while end < len(parts) and parts[end].change is not Change.SAME:
                end += 1
            if end > position:
                yield _exchange(field, parts, position, end)
            position = end + 1


def _exchange(field: str, parts: tuple[DiffPart, ...], start: int, end: int) -> _Exchange:
    removed, added = (
        "".join(part.text for part in parts[start:end] if part.change is change)
        for change in (Change.REMOVED, Change.ADDED)
    )
    before = tokenize(parts[start - 1].text[-_NEAR:]).words if start else ()
    after = tokenize(parts[end].text[:_NEAR]).words if end < len(parts) else ()
    return _Exchange(field, removed, added, before[-_AROUND:][::-1], after[:_AROUND])


def _are_among(changes: Sequence[_Exchange], known: Sequence[_Exchange]) -> bool:
    return bool(changes) and all(any(_is_same(one, other) for other in known) for one in changes)


def _is_same(one: _Exchange, other: _Exchange) -> bool:
    words = (*zip(one.before, other.before, strict=False), *zip(one.after, other.after, strict=False))
    return (
        one.field == other.field
        and squeeze(one.removed) == squeeze(other.removed)
        and squeeze(one.added) == squeeze(other.added)
        and sum(word == of_other for word, of_other in words) >= min(_ALIKE, len(words))
    )


def _takes_up(before: Article, after: Article) -> bool:
    """Whether the lead, which stood apart before the page's text, is a part of that now."""
    apart = f"{before.lead}\n\n"
    return before.body.startswith(apart) and not after.body.startswith(apart) and before.lead in after.body


def _moves(one: _Exchange, before: Article, after: Article) -> bool:
    """Whether a passage went or came that the article says before and after all the same."""
    return all(
        len(tokenize(passage).words) >= _PASSAGE and squeeze(passage) in squeeze(text)
        for passage, text in ((one.removed, after.body), (one.added, before.body))
        if squeeze(passage)
    )
