"""Tell where the excerpt that a feed gives breaks off, and that it breaks off elsewhere from an edit; own heuristic."""

from __future__ import annotations

from monitor.articles.article_text import squeeze, without_truncation
from monitor.model import Article

_ELLIPSES = ("…", "...")
_CLOSING = " \n\t])}»”\"'’"
_SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "۔", ":")
_LONG = 80
"""Characters from which on a text without an end is taken for one that was cut: shorter ones are headlines."""


def breaks_in_sentence(text: str) -> bool:
    """Whether a text ends in an ellipsis, or long after its beginning within a sentence."""
    ending = text.rstrip(_CLOSING)
    return ending.endswith(_ELLIPSES) or (len(text) >= _LONG and not ending.endswith(_SENTENCE_ENDS))


def without_end(text: str) -> str:
    """Return a text without the ellipsis at its end and the word before it, of which a part may be missing."""
    return without_truncation(text) if text.rstrip(_CLOSING).endswith(_ELLIPSES) else text


def is_shortened(before: Article, after: Article) -> bool:
    """Whether an article says what it said before, but breaks off earlier."""
    return before.title == after.title and _begins(after.body, before.body)


def is_continued(before: Article, after: Article) -> bool:
    """Whether an article says what it said before, and more where that broke off.

    A first line without a full stop that becomes a report did not break off: what comes is said behind it.
    """
    return before.title == after.title and _begins(before.body, after.body) and not _was_whole(before.body, after.body)


def _was_whole(said: str, text: str) -> bool:
    """Whether what a text began with was a sentence or paragraph of it, though no full stop ended it."""
    line = said.rstrip()
    rest = text.removeprefix(line) if text.startswith(line) else ""
    if line.endswith(_ELLIPSES) or not any(map(str.isalnum, rest)):
        return False
    return rest.lstrip(" \t").startswith("\n") or rest.lstrip(_CLOSING)[:1] in _SENTENCE_ENDS[:-1]


def _begins(excerpt: str, text: str) -> bool:
    """Whether an excerpt that breaks off is the beginning of a text."""
    said = squeeze(without_end(excerpt)) if breaks_in_sentence(excerpt) else b""
    return bool(said) and squeeze(text).startswith(said)
