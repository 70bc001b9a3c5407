"""Any text whatever can be matched; any string whatever is compiled, or refused with a place, within a second."""

from __future__ import annotations

import sys
import time
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model import Article
from monitor.query import Compiled, RuleIndex, check, document, format_query, parse
from tests.bench.yardstick import at_reference as spent
from tests.query.world import NOW, SCOPE, TASS

SECOND = 1.0
MEGABYTE = 1_000_000
slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
anything = st.text(st.characters(exclude_categories=()), max_size=60)
"""Text of any code points, halves of surrogate pairs and unassigned ones among them."""

QUERIES = [
    'outlet:tass AND (aaa* OR name(a) OR "a b"~3 OR title:a OR t?lks OR @talks OR @"my rule")',
    "outlet:tass AND ((a NEAR/3 b) OR (a PRE b) OR (a SENT b) OR (a SAME b) OR (a NOT NEAR b))",
    "outlet:tass AND ((/./ NEAR/3 /\\s/) OR (/./ PRE /./) OR (/./ SENT /./) OR (/./ SAME /./) OR (/./ NOT NEAR b))",
    "outlet:tass AND (/./ OR url:a OR author:/./ OR tag:/./ OR lead:/./ OR first/2(/./) OR atleast2(/./))",
    "outlet:tass AND (exact(a) OR case(b) OR allcaps(c) OR nocaps(d) OR words>3 OR published:P2D OR (NOT a))",
    'outlet:tass AND (name("Dmitry Peskov") OR name(Peskov) OR /[a-z]+/i OR "Istanbul da")',
]


def rules() -> list[Compiled]:
    made = [check(query, SCOPE, query) for query in QUERIES]
    assert all(rule is not None for rule, _ in made), made
    return [rule for rule, _ in made if rule is not None]


INDEX = RuleIndex.build(rules())


def matched(article: Article) -> None:
    """Every span lies in the text of its field."""
    values = {"author": "\n".join(article.authors), "tag": "\n".join(article.tags)}
    for match in INDEX.match(document(article, TASS), NOW):
        for span in match.spans:
            text = values.get(span.field) or getattr(article, span.field)
            assert 0 <= span.start < span.end <= len(text), (match.rule, span)


def answered(text: str) -> None:
    """A query compiles and is printed as it is read, or there is an error with its column and what to do."""
    compiled, diagnostics = check(text, SCOPE)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    assert (compiled is None) == bool(errors)
    assert all(
        1 <= diagnostic.column <= len(text) + 1 and diagnostic.column < diagnostic.end for diagnostic in diagnostics
    )
    assert all(diagnostic.message and diagnostic.message.isprintable() for diagnostic in errors if text.isprintable())
    if compiled is not None:
        node = parse(text)
        assert node is not None
        printed = format_query(node)
        assert parse(printed) == node
        assert format_query(parse(printed) or node) == printed


@slow
@given(anything, anything, anything)
def test_any_text_can_be_matched(title: str, body: str, name: str) -> None:
    matched(Article("tass", name, title, lead=name, body=body, authors=(name, title), tags=(body,)))


@slow
@given(anything)
def test_any_string_is_a_query_or_refused(text: str) -> None:
    answered(text)


_PIECES = [
    *("a", "talks", "Песков", "(", ")", '"', "“", "”", "«", "~3", "-", "/", "/a/", "/i", ":", "@", "*", "?", "#", "\n"),
    *(" ", " ", " ", " AND ", " OR ", " NOT ", " NEAR/3 ", " NOT NEAR ", " SENT ", "atleast2(", "first/3(", "name("),
    *(
        "exact(",
        "case(",
        "title:",
        "outlet:tass",
        "words>3",
        "published:P2D",
        "lang:",
        "@talks",
        "\x00",
        "\u200b",
        "ab*",
    ),
    *("\ud800", "\u0301", "\u202e", "\u2028", "＂", "ı", "½", "ﷺ", "talk\u00ads", "c\u043e", "9", "--", "://", "\\"),
]


@slow
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_any_pieces_of_the_language_are_a_query_or_refused(text: str) -> None:
    answered(text)


NASTY = {
    "lone surrogates": "\ud800" * 5_000 + " \udfff a \udc00b",
    "one word": "a" * MEGABYTE,
    "one Cyrillic word": "я" * MEGABYTE,
    "one mixed word": "cя" * (MEGABYTE // 2),
    "combining marks": "\u0301" * MEGABYTE,
    "marks on a letter": "a" + "\u0301" * MEGABYTE,
    "marks of two classes": "я" + "\u0301\u0327" * (MEGABYTE // 2),
    "joiners": "a" + "\u200d" * MEGABYTE + "b",
    "apostrophes": "а" + "'" * MEGABYTE + "б",
    "apostrophes between": "а'" * (MEGABYTE // 2),
    "NULs": "a\x00b " * 3_000,
    "bidi controls": "\u202ea\u202db\u2066\u2069" * (MEGABYTE // 6),
    "question marks": "?" * 20_000 + "a" + "?" * 20_000 + ".",
    "edges": "a" + "'" * 20_000 + "b" + "…" * 20_000 + "*",
    "guillemets": "«" * 100_000,
    "curly quotes": "“" * 100_000,
    "spaces at the end": "a\n" + " " * MEGABYTE,
    "mixed marks": "a" + "?." * 200_000 + "b",
    "quotes": '"' * 100_000,
    "quoted letters": '"a" ' * 10_000,
    "Cyrillic quotes": 'а"' * 100_000,
    "unassigned": "\u0378\U000e0fff" * 100_000,
    "private": "\ue000\U0010ffff" * 100_000,
    "ligatures": "ﷺ" * 8_000,
    "full stops": "." * 300_000,
    "sentences": "a. B! " * 4_000,
    "abbreviations": "u.s. e.g. " * 50_000,
    "closing brackets": "a." + ")" * 300_000 + " B",
    "line breaks": "a\n\r\u2028" * 10_000,
    "spaces": " " * MEGABYTE + "a",
    "ideographs": "会" * 100_000,
    "Thai": "ก\u0e31\u0e33" * 60_000,
    "Hangul jamo": "\u1112\u1161\u11ab" * 60_000,
    "emoji": "👩\u200d👩\u200d👧\ufe0f" * 60_000,
}


@pytest.mark.parametrize("what", NASTY)
def test_a_nasty_text_is_matched_at_once(what: str) -> None:
    text = NASTY[what]
    article = Article("tass", text[:5_000], text[:5_000], body=text)
    begun = time.process_time()
    matched(article)
    if time.process_time() - begun > SECOND:
        assert spent(lambda: matched(article)) < 2 * SECOND


AROUND = ("{}", '"{}"', "name({})", 'exact("{}")', "/{}/ AND a", "outlet:{}", "@{}", "{}*", "title:({})", "x~{}")
"""Where in a query a nasty text may stand."""


@pytest.mark.parametrize("what", NASTY)
def test_a_nasty_query_is_answered_at_once(what: str) -> None:
    text = NASTY[what]
    whole = [text, *(around.format(text[:20_000]) for around in AROUND)]
    took = [_timed(query) for query in whole]
    # A machine may be slow: only then is what took long measured against its speed.
    slow_ones = [query for query, seconds in zip(whole, took, strict=True) if seconds > SECOND]
    assert all(spent(lambda query=query: check(query, SCOPE)) < SECOND for query in slow_ones)


def _timed(query: str) -> float:
    answered(query)
    begun = time.process_time()
    check(query, SCOPE)
    return time.process_time() - begun


def _of_every_category() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number in (*range(0x3000), *range(0x3000, sys.maxunicode + 1, 101)):
        found.setdefault(category(chr(number)), []).append(chr(number))
    return {kind: chars[:: -(-len(chars) // 25)] for kind, chars in found.items()}


def test_characters_of_every_category_are_matched_and_read_as_queries() -> None:
    every = _of_every_category()
    assert len(every) >= 29
    for chars in every.values():
        text = "".join(f"{char}a{char} {char}" for char in chars)
        matched(Article("tass", text, text, body=text, authors=tuple(chars), tags=tuple(chars)))
        for char in chars:
            for query in (char, f"a{char}b", f'"{char} a{char}b"', f"tal{char}*", f"name({char}b)", f"exact(a{char})"):
                answered(query)
