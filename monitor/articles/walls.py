"""Tell the walls that stand in an article's place from its text: paywalls, consent, captchas, logins, error pages.

What decides is how much of the text is the article's own, beyond what was announced, and whether the rest speaks to the
reader in the words of a wall. Own heuristic, tried on the pages of `tests/data/walls`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from monitor.articles.wall_phrases import PHRASES
from monitor.model import Article
from monitor.text import to_text, tokenize

# Own words from which on a text is the article's whatever else stands there. A paywall shows a paragraph or two.
_FEW_OWN, _STUB = 25, 150
# Words of a paragraph that may be an appeal to the reader: a report that mentions one is longer, as are consent texts.
_APPEAL = 60
# Words that a page may have for each of its phrases: a real page with a banner has more.
_WORDS_A_PHRASE = 300
# The share of its words that a paragraph repeats of title and lead.
_ECHO = 0.8
# What is quoted is reported: “Accept all” is a button somebody writes about.
_QUOTED = re.compile(r"“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|(?<!\w)\"[^\"\n]{1,300}\"(?!\w)")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)
_NOSCRIPT = re.compile(r"<(/?)noscript\b[^<>]*>", re.I)
_LETTERS = str.maketrans({"’": "'", "\u0307": None, "\u00a0": " "})


def wall_before(text: str, html: str, article: Article) -> str:
    """Return the kind of wall that left only `text` of an article, a key of `PHRASES`; empty where it is the article.

    `text` is what was extracted from the page `html`.
    """
    own, found = _own_words(text, article)
    if own >= _STUB:
        return ""
    if found["paywall"] or (_NOT_FREE.search(html) and _kinds(_visible(html))["paywall"]):
        found["paywall"] += 1
        return _foremost(found) if own < _FEW_OWN else "paywall"
    if own == 0 and not found:
        return wall_instead(html)
    return _foremost(found) if own < _FEW_OWN else ""


def wall_instead(html: str) -> str:
    """Return the kind of wall that a page without its article is, a key of `PHRASES`; empty if it is none."""
    text = _visible(html)
    found = _kinds(text)
    return _foremost(found) if len(text.split()) <= _WORDS_A_PHRASE * found.total() else ""


def _own_words(text: str, article: Article) -> tuple[int, Counter[str]]:
    """Count the words, up to `_STUB`, of paragraphs that are neither an echo nor a wall's, and the wall's phrases."""
    announced = set(tokenize(f"{article.title}\n{article.lead}").words)
    own, found = 0, Counter[str]()
    for paragraph in text.split("\n"):
        kinds = _kinds(_QUOTED.sub(" ", paragraph))
        words = tokenize(paragraph).words
        if kinds and (len(words) <= _APPEAL or kinds["consent"]):
            found += kinds
        elif len(announced & set(words)) < _ECHO * len(set(words)):
            own += len(words)
        if own >= _STUB:
            break
    return own, found


def _kinds(text: str) -> Counter[str]:
    """Count the different phrases of each kind in a text."""
    folded = text.lower().translate(_LETTERS)
    counts = ((kind, len(set(pattern.findall(folded)))) for kind, pattern in _patterns())
    return Counter({kind: count for kind, count in counts if count})


def _foremost(found: Counter[str]) -> str:
    """Return the kind that a page is first of all: a captcha or error page, whatever else stands there."""
    for kind in ("captcha", "error page"):
        if found[kind]:
            return kind
    return max(PHRASES, key=lambda kind: found[kind]) if found else ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, _pattern(table)) for kind, table in PHRASES.items())


def _pattern(table: str) -> re.Pattern[str]:
    phrases = (phrase.strip() for line in table.strip().splitlines() for phrase in line.split("|"))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(one).replace(r"\ \~\ ", r"\b[^.!?\n]{0,60}?") for one in phrases) + ")"
    )


def _visible(html: str) -> str:
    """Return what a reader without JavaScript sees of a page."""
    return to_text(_NOSCRIPT.sub(r"<\1div>", html))
