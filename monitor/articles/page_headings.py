"""Know a page's heading again that counts something, as its readers or comments: that is another at every request.

What counts is our own heuristic: a few words with a number beside the title. An article whose news is such a number
says it in its text, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text import tokenize

_MOST = 6
"""Words beside the title of a heading; it also has fewer of them than of the title's."""


def keep_heading(text: str, before: str, title: str) -> str:
    """Return a page's text with the heading that it had `before`, where the new one differs by a count.

    Each is the first line: the title of the article, and a few words before or after it. The former one stays, since
    rules have found what it says.
    """
    heading, former = (one.partition("\n")[0] for one in (text, before))
    beside = _beside(heading, title)
    counts = beside is not None and (not beside or any(map(_has_digit, beside)))
    return former + text[len(heading) :] if counts and _beside(former, title) is not None else text


def _beside(heading: str, title: str) -> Sequence[str] | None:
    """Return the words beside the title in a heading; None where it is none."""
    words, of_title = tokenize(heading).words, tokenize(title).words
    size = len(of_title)
    if not len(words) - size <= _MOST or not len(words) < 2 * size:
        return None
    if words[:size] == of_title:
        return words[size:]
    return words[:-size] if words[-size:] == of_title else None


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
