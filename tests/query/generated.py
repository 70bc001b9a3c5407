"""Generated articles and rules, for properties that must hold of any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from monitor.model import Article
from monitor.query import BINARY, Node
from monitor.query.ast import Call, Filter, Join, Not, Pair, Phrase, QueryCall, Reference, Regex, Within, Word
from tests.query.world import ALL_WORDS, COMMON_WORDS, LISTS, MARKS, NOW, OUTLETS

_PAIRING = [name for name, operator in BINARY.items() if operator.is_in_reach is not None]
_SPELLED = [*ALL_WORDS, *COMMON_WORDS, *COMMON_WORDS]
TEXT_FIELDS = ["title", "lead", "body", "url", "author", "tag"]
_MOMENTS = [
    *(None, NOW, NOW - timedelta(days=2), NOW - timedelta(days=2, seconds=1), NOW + timedelta(hours=1)),
    *(datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 6, tzinfo=UTC), datetime(2026, 10, 31, 23, 59, tzinfo=UTC)),
    datetime(2026, 10, 5, 1, tzinfo=timezone(timedelta(hours=3))),
]


@st.composite
def texts(draw: st.DrawFn, most: int = 25) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(_SPELLED), st.sampled_from(MARKS)), max_size=most))
    return "".join(word + mark for word, mark in pieces)


articles = st.builds(
    Article,
    outlet=st.sampled_from(["tass", "bbc"]),
    url=st.sampled_from(["https://tass.com/talks/peskov-us", ""]),
    title=texts(6),
    lead=st.one_of(st.just(""), texts(8), st.just(" \n")),
    body=st.one_of(st.just(""), texts(30), texts(90)),
    language=st.sampled_from(["", "en", "ru", "tr", "uk-UA", "zh_CN"]),
    authors=st.lists(st.sampled_from(["Peskov Talks", "Ali US", ""]), max_size=2).map(tuple),
    tags=st.lists(st.sampled_from(["talks", "Стамбул", "peskov us"]), max_size=2).map(tuple),
    published=st.sampled_from(_MOMENTS),
    seen=st.sampled_from([None, NOW]),
    claimed=st.sampled_from(_MOMENTS),
)
outlets = st.sampled_from(list(OUTLETS.values()))

_wild = ["talk*", "перег*", "Песков?", "t?lks", "gör?şme*", "会谈*", "pes*v", "συν*"]
words = st.sampled_from([*_SPELLED, *_wild]).filter(lambda word: word.isalnum() or word in _wild).map(Word)
phrases = st.builds(
    Phrase,
    st.lists(st.sampled_from([*_SPELLED, "talk*", "t?lk", "talks?", "the?!"]), min_size=1, max_size=3).map(tuple),
    st.integers(0, 3),
)
_ARGUMENTS = [*ALL_WORDS, "the US", "C++", "Istanbul, talks", "Песков и"]
calls = st.one_of(
    st.builds(Call, st.sampled_from(["exact", "case", "allcaps", "nocaps"]), st.sampled_from(_ARGUMENTS)),
    st.builds(Call, st.just("name"), st.sampled_from(["Peskov", "Dmitry Peskov", "the US", "会谈"])),
)
terms = st.one_of(
    words,
    words,
    phrases,
    calls,
    st.builds(Reference, st.sampled_from([*filter("places".__ne__, LISTS), "my rule"])),
    st.builds(
        Regex, st.sampled_from(["pesk.v", "[а-я]+ы", "s, ", "会", "[.!] *[A-ZА-Я]", "s|S"]), st.sampled_from(["", "i"])
    ),
)


def _pair(operator: str, count: int, left: Node, right: Node) -> Pair:
    return Pair(operator, None if BINARY[operator].default is None else count, left, right)


def _placed(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.builds(_pair, st.sampled_from(_PAIRING), st.integers(0, 6), inner, inner)
    firsts = st.builds(QueryCall, st.just("first"), st.integers(1, 20), inner)
    return st.one_of(pairs, pairs, st.lists(inner, min_size=2, max_size=3).map(lambda p: Join("OR", tuple(p))), firsts)


placed: st.SearchStrategy[Node] = st.recursive(terms, _placed, max_leaves=5)
_FACTS = [
    *(("outlet", "tass"), ("outlet", "bbc"), ("group", "state-media"), ("group", "agencies"), ("country", "ru")),
    *(("lang", "ru"), ("lang", "tr"), ("words", ">12"), ("words", "<9"), ("published", "P2D"), ("published", "PT6H")),
    *(("published", "2026-10-05"), ("published", "2026-10-05/2026-10-31"), ("published", "2026-10-05/P1M")),
    *(("published", "P1W/2026-10-31"), ("published", "../2026-10-06"), ("published", "2026-10-31T23:59Z/..")),
]
facts = st.sampled_from([Filter(*fact) for fact in _FACTS])


def _combined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Join, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(QueryCall, st.just("first"), st.integers(1, 20), inner),
    )


def _counted(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    can_be_counted = inner.filter(lambda node: not isinstance(node, Not | Filter))
    return st.builds(QueryCall, st.just("atleast"), st.integers(1, 3), can_be_counted)


unfielded: st.SearchStrategy[Node] = st.recursive(
    st.one_of(placed, placed, facts, _counted(placed)),
    lambda inner: st.one_of(_combined(inner), _counted(inner)),
    max_leaves=4,
)
fielded = st.builds(Within, st.sampled_from(TEXT_FIELDS), unfielded)
placed_in_fields = st.builds(
    _pair,
    st.sampled_from(_PAIRING),
    st.integers(0, 6),
    st.builds(Within, st.sampled_from(TEXT_FIELDS), placed),
    st.one_of(placed, st.builds(Within, st.sampled_from(TEXT_FIELDS), placed)),
)
whole = st.sampled_from([Reference("both"), Reference("places")])
queries: st.SearchStrategy[Node] = st.recursive(
    st.one_of(unfielded, fielded, fielded, placed_in_fields, whole), _combined, max_leaves=4
)
