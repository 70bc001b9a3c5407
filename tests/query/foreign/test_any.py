"""Whatever the text is: a translation that our own check takes, or a reason with its place, at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.query import format_query, parse
from monitor.query.foreign import DIALECTS
from tests.query.foreign.reading import lost, ours, translated

WORDS = """( ) [ ] " “ ” ' and OR not NOT AND - * ? ! $2 ^9 ~3 tesla berlin* ab* wom?n near/5 NEAR5 adj3 w/5 w/s pre/2
w/3 /N5/ /F9/ atleast3 atleast2( caps( hlead( term( AROUND(3) title: hd= la=en site: | site:tass.com intitle: same date
wc>9 length>9 1..2 when:7d U.S. AT&T # @talks words>3 /x/ name("""
PIECES = st.sampled_from([*WORDS.split(), '"central bank"', "not w/3", "and\u2028or", "\x00", "Песков", "北京"])
TEXTS = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60)


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
def test_any_text_is_translated_or_told(dialect: str, text: str) -> None:
    made = translated(dialect, text)
    if made.query:
        read = parse(made.query)
        assert read is not None
        assert format_query(read) == made.query


HUGE = {
    "brackets": "(" * 10_000 + "tesla" + ")" * 10_000,
    "open": "(" * 100_000,
    "a megabyte": "tesla or " * 120_000 + "berlin",
    "many": "tesla or " * 13_000 + "berlin",
    "quotes": '"' * 100_001,
    "not": "not " * 25_000 + "tesla",
    "minus": "-(" * 40_000,
    "fields": "title:" * 15_000 + "hd=" * 5_000,
    "near": "tesla near5 " * 9_000 + "tesla",
    "w/n": "".join(f"tesla w/{number} " for number in range(250, 0, -1)) + "tesla",
    "groups near": "(a1 and b2) w/5 " * 50 + "(a1 and b2)",
    "deep rows": "(" * 50 + "tesla" + " w/5 b2" * 50 + ") w/5 c3" * 50,
    "stars": "a*" * 50_000,
    "spaces": " " * 119_000,
    "words": "tesla " * 20_000,
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
@pytest.mark.timeout(100)
def test_a_hostile_text_is_answered_in_bounded_time(dialect: str, text: str) -> None:
    translated(dialect, text)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", ["", "  ", "\n", '""', "()", "*", ")", "("])
def test_nothing_is_told_as_such(dialect: str, text: str) -> None:
    assert not translated(dialect, text).query


@pytest.mark.parametrize("word", ["xor", "or-not", "and-or", "not-near/5", "xyz/5", "within:3"])
def test_what_looks_like_an_operator_is_told(word: str) -> None:
    for dialect in ("lexis", "factiva", "google"):
        assert lost(dialect, f"profit {word} warning")[0] == 8


@pytest.mark.parametrize("word", ["w5", "pre3", "NotNear"])
def test_a_distance_without_its_stroke_between_two_words_is_told(word: str) -> None:
    for dialect in ("lexis", "factiva"):
        assert lost(dialect, f"profit {word} warning")[0] == 8


@pytest.mark.parametrize("text", ["Andor series", "24/7 service", "9/11 attack", "AC/DC tour", "W12 club", "club W12"])
def test_what_only_resembles_an_operator_is_a_word(text: str) -> None:
    for dialect in ("lexis", "factiva", "google"):
        assert ours(dialect, text)
