"""Every operator of the language inside every other: the rules that a table makes, none left to chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from monitor.query import BINARY, Scope
from monitor.query.functions import QUERY_FUNCTIONS, QueryFunction
from tests.query.world import LISTS, QUERIES, SCOPE

LEAVES: Mapping[str, str] = {
    "word": "talk",
    "phrase": '"Istanbul talks"',
    "slop": '"Peskov talks"~4',
    "slop in all": '"Peskov Istanbul talks"~2',
    "too much slop": '"Peskov Istanbul more"~2',
    "star": "talk*",
    "letter": "t?lks",
    "letter at the end": "talk?",
    "star in phrase": '"the talk*"',
    "name": "name(Peskov)",
    "full name": 'name("Dmitry Peskov")',
    "exact": "exact(Istanbul)",
    "exact edges": 'exact("talks.")',
    "case": 'case("talks")',
    "allcaps": "allcaps(us)",
    "nocaps": "nocaps(US)",
    "no capital inside": "nocaps(iphone)",
    "regex between words": "/[,.] ?/",
    "regex": "/tal[kc]s/",
    "loose regex": "/ПЕСКОВ/i",
    "list": "@talks",
    "saved query": '@"my rule"',
    "outlet": "outlet:tass",
    "group": "group:state-media",
    "country": "country:ru",
    "lang": "lang:tr",
    "longer": "words>12",
    "shorter": "words<20",
    "duration": "published:P2D",
    "interval": "published:2026-10-01/2026-10-05",
}
"""What has no query inside."""

Around = Callable[[str], str]
PLACED = tuple(
    name if one.default is None else f"{name}/{2 if one.excludes_partner else 3}"
    for name, one in BINARY.items()
    if one.is_in_reach is not None
)
FIELDS = ("title", "lead", "body", "url", "author", "tag")


def _between(word: str) -> tuple[Around, Around]:
    return (lambda query: f"({query}) {word} Peskov", lambda query: f"Istanbul {word} ({query})")


def _field(name: str) -> tuple[Around]:
    return (lambda query: f"{name}:({query})",)


def _function(function: QueryFunction) -> tuple[Around, ...]:
    """A query in a function, with small numbers, at which it changes what is found."""
    counts = (2, 1) if function.counts_hits else (4,)
    return tuple(partial("{}({})".format, function.written(count)) for count in counts)


COMPOUND: Mapping[str, tuple[Around, ...]] = {
    **{word: _between(word) for word in (*PLACED, "AND", "OR", "NOT")},
    "only NOT": (lambda query: f"NOT ({query})",),
    "minus": (lambda query: f"talks -({query})",),
    **{name: _function(function) for name, function in QUERY_FUNCTIONS.items()},
    **{name: _field(name) for name in FIELDS},
}
"""What has a query inside: how it is written around one, once for each side."""

_WHOLE = ("outlet", "group", "country", "lang", "longer", "shorter", "duration", "interval")
_COUNTING = tuple(name for name, function in QUERY_FUNCTIONS.items() if function.counts_hits)
_JOINED = ("AND", "NOT", "only NOT", "minus")

QUERIES_OF: Mapping[str, str] = LEAVES | {
    name: sides[0]("talk* OR Istanbul" if name in PLACED else "talks") for name, sides in COMPOUND.items()
}
"""A query of each operator."""

NESTING = Scope(
    outlets=SCOPE.outlets,
    groups=SCOPE.groups,
    countries=SCOPE.countries,
    languages=SCOPE.languages,
    lists={**LISTS, **{f"list of {name}": [query] for name, query in QUERIES_OF.items()}},
    queries={**QUERIES, **{f"rule of {name}": query for name, query in QUERIES_OF.items()}},
    words=SCOPE.words,
    names=SCOPE.names,
)
"""The small world, where each operator also stands in a list and in a saved rule."""


def refused(outer: str, inner: str) -> bool:
    """Whether the language has no such nesting: places beside what has none, a field in a field, NOT counted."""
    if outer in PLACED:
        return inner in (*_WHOLE, *_JOINED, *_COUNTING)
    if outer in FIELDS:
        return inner in FIELDS
    return outer in _COUNTING and inner in (*_WHOLE, "only NOT")


def nested() -> Iterator[tuple[str, str, str]]:
    """The outer and the inner operator and the rule, for each side: inside as such, by a list, by a saved rule."""
    for outer, sides in COMPOUND.items():
        for inner, query in QUERIES_OF.items():
            for side in sides:
                yield outer, inner, side(query)
                yield outer, inner, side(f'@"list of {inner}"')
                yield outer, inner, side(f'@"rule of {inner}"')
