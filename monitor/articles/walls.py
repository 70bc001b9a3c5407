"""Tell the walls that stand in an article's place from its text: paywalls, consent, captchas, logins, error pages.

What decides is how much of the text is the article's own, beyond what was announced, and whether the rest speaks to the
reader in the words of a wall. Own heuristic, tried on the pages of `tests/data/walls`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from monitor.articles.wall_phrases import PHRASES, phrases_of
from monitor.articles.wall_words import (
    ADDRESS,
    APPS,
    ELSEWHERE,
    OTHERS,
    PAIRS,
    READ,
    SLIGHT,
    THIS_PAGE,
    TOPICS,
    VIDEO,
)
from monitor.model import Article
from monitor.text import to_text, tokenize

# Own words from which on a text is the article's: beside slight signs, whatever else stands there, unless it is a
# paywall's few paragraphs, unless two signs of a paywall stand there, and in any case.
_NEXT_TO_NONE, _FEW_OWN, _BRIEF, _STUB = 12, 25, 60, 150
# Words of a line that may be an appeal whoever it speaks to, and of one that speaks to the reader: reports are longer.
# A consent text, which speaks to the reader, has any length.
_SHORT, _APPEAL = 25, 60
# Signs of which one kind is sure: a phrase counts as two, and so does a pair of words in a line that speaks.
_SURE = 2
# Words that a page may have for each sign: a real page with a banner has more.
_WORDS_A_SIGN = 75
# The share of its words that a paragraph repeats of title and lead.
_ECHO = 0.8
# What is quoted is reported: “Accept all” is a button somebody writes about.
_QUOTED = re.compile(r"“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|(?<!\w)\"[^\"\n]{1,300}\"(?!\w)")
_QUESTION = re.compile(r"[?؟]")
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.I)
_NOSCRIPT = re.compile(r"<(/?)noscript\b[^<>]*>", re.I)
_Pair = tuple[str, re.Pattern[str], re.Pattern[str]]
_LETTERS = str.maketrans({"’": "'", "\u0307": None, "\u00a0": " "})


def wall_before(text: str, html: str, article: Article) -> str:
    """Return the kind of wall that left only `text` of an article, a key of `PHRASES`; empty where it is the article.

    `text` is what was extracted from the page `html`.
    """
    own, found = _own_words(text, article)
    if own >= _STUB:
        return ""
    if _NOT_FREE.search(html):
        found["paywall"] += _signs_of(_visible(html))["paywall"]
    if own >= _FEW_OWN:
        return "paywall" if found["paywall"] >= (1 if own < _BRIEF else _SURE) else ""
    return _foremost(found) if found.total() or own else wall_instead(html)


def wall_instead(html: str) -> str:
    """Return the kind of wall that a page without its article is, a key of `PHRASES`; empty if it is none."""
    text = _visible(html)
    found = _signs_of(text)
    return _foremost(found) if len(text.split()) <= _WORDS_A_SIGN * found.total() else ""


def _own_words(text: str, article: Article) -> tuple[int, Counter[str]]:
    """Count the words, up to `_STUB`, of lines that are neither an echo nor a wall's, and the signs of walls.

    Slight signs only count where next to nothing is the article's own.
    """
    announced = set(tokenize(f"{article.title}\n{article.lead}").words)
    own, found, slight = 0, Counter[str](), Counter[str]()
    for line in text.split("\n"):
        words = tokenize(line).words
        if len(announced & set(words)) >= _ECHO * len(set(words)):
            continue
        signs = _signs(line)
        found += signs
        slight += Counter({kind: signs[kind] for kind in _slight_kinds(line)})
        own += 0 if signs else len(words)
        if own >= _STUB:
            break
    return own, found if own < _NEXT_TO_NONE else found - slight


def _slight_kinds(line: str) -> set[str]:
    folded = _fold(line)
    return {kind for kind, left, right in _tables().slight if left.search(folded) and right.search(folded)}


def _signs_of(text: str) -> Counter[str]:
    return sum(map(_signs, text.split("\n")), Counter())


def _signs(line: str) -> Counter[str]:
    """Count the signs that a line is of a wall, by its kind: two for a phrase, one each for its topic and a pair."""
    folded = _fold(line)
    length = len(folded.split())
    tables = _tables()
    speaks = bool(_QUESTION.search(folded) or tables.page.search(folded) or tables.address.search(folded))
    if length > _SHORT and not speaks:
        return Counter()
    counts = Counter({kind: 2 * len(set(phrases.findall(folded))) for kind, phrases in tables.phrases})
    if speaks:
        counts.update(kind for kind, topic in tables.topics if topic.search(folded))
        counts.update(kind for kind, left, right in tables.pairs if left.search(folded) and right.search(folded))
    is_consent = counts["consent"] >= _SURE
    if is_consent:
        counts["paywall"] = 0  # a subscription without cookies
    if tables.elsewhere.search(folded):
        counts = Counter({kind: count for kind, count in counts.items() if count > _SURE and kind != "login"})
    for kind in _kinds_aside(folded):
        counts[kind] = 0
    return +counts if length <= _APPEAL else Counter({"consent": counts["consent"]} if is_consent else {})


def _fold(line: str) -> str:
    return _QUOTED.sub(" ", line).lower().translate(_LETTERS)


def _kinds_aside(folded: str) -> tuple[str, ...]:
    """Return the kinds of wall that a line cannot be of: it speaks of a video, or of other articles in an app."""
    tables = _tables()
    if tables.video.search(folded) and not tables.read.search(folded):
        return "captcha", "error page", "login", "javascript"
    is_offer = tables.apps.search(folded) and tables.others.search(folded) and not tables.page.search(folded)
    return ("login",) if is_offer else ()


def _foremost(found: Counter[str]) -> str:
    """Return the kind that a page is first of all: surely a captcha or error page, whatever else stands there."""
    for kind in ("captcha", "error page"):
        if found[kind] >= _SURE:
            return kind
    return max(found, key=lambda kind: found[kind], default="") if found.total() else ""


class _Tables(NamedTuple):
    """The tables of phrases as patterns, by kind where they have one."""

    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    topics: tuple[tuple[str, re.Pattern[str]], ...]
    pairs: tuple[_Pair, ...]
    slight: tuple[_Pair, ...]
    address: re.Pattern[str]
    page: re.Pattern[str]
    elsewhere: re.Pattern[str]
    video: re.Pattern[str]
    read: re.Pattern[str]
    apps: re.Pattern[str]
    others: re.Pattern[str]


@cache
def _tables() -> _Tables:
    return _Tables(
        phrases=tuple((kind, _any_of(table)) for kind, table in PHRASES.items()),
        topics=tuple((kind, _any_of(table)) for kind, table in TOPICS.items()),
        pairs=_pairs_of(PAIRS),
        slight=_pairs_of(SLIGHT),
        address=_any_of(ADDRESS, r"(?!\w)"),
        page=_any_of(THIS_PAGE),
        elsewhere=_any_of(ELSEWHERE),
        video=_any_of(VIDEO),
        read=_any_of(READ),
        apps=_any_of(APPS),
        others=_any_of(OTHERS),
    )


def _pairs_of(table: Mapping[str, tuple[tuple[str, str], ...]]) -> tuple[_Pair, ...]:
    return tuple((kind, _any_of(left), _any_of(right)) for kind, pairs in table.items() for left, right in pairs)


def _any_of(table: str, end: str = "") -> re.Pattern[str]:
    """Return a pattern of what stands in a table, from the beginning of a word."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases_of(table))}){end}".replace(r"\ \~\ ", r"\b[^.!?\n]{0,60}?"))


def _visible(html: str) -> str:
    """Return what a reader without JavaScript sees of a page."""
    return to_text(_NOSCRIPT.sub(r"<\1div>", html))
