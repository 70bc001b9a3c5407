from __future__ import annotations

import pytest

from monitor.errors import QueryError
from monitor.query import compile_query
from monitor.search_values import Candidates
from tests.query.reading import SCOPE


@pytest.mark.parametrize(
    ("query", "groups", "outlets"),
    [
        ("Peskov", (("peskov",),), ()),
        ("Peskov AND negotiat*", (("peskov",), ("negotiat*",)), ()),
        ("Peskov OR Lavrov", (("peskov", "lavrov"),), ()),
        ("Peskov NOT Lavrov", (("peskov",),), ()),
        ('"Istanbul talks" NEAR/3 x1', (("istanbul talks",), ("x1",)), ()),
        ("Peskov NOT NEAR/3 Lavrov", (("peskov",),), ()),
        ('"direct talks"~3', (("direct",), ("talks",)), ()),
        ("(a1 AND Peskov) OR Lavrov", (("peskov", "lavrov"),), ()),
        ("url:world AND Peskov", (("peskov",),), ()),
        ("title:Peskov", (("peskov",),), ()),
        ("outlet:tass AND Peskov", (("peskov",),), ("tass",)),
        ("outlet:(tass OR bbc)", (), ("bbc", "tass")),
        ("group:state-media", (), ("rt", "tass")),
        ("group:state-media AND group:agencies", (), ("tass",)),
        ("outlet:tass OR Peskov", (), ()),
        ("x1 AND (NOT outlet:tass)", (("x1",),), ()),
        ("/x/ AND Peskov", (("peskov",),), ()),
        ("北京", (("北 京",),), ()),
        ("exact(Who)", (("who",),), ()),
    ],
)
def test_candidates_miss_nothing_that_matches(
    query: str, groups: tuple[tuple[str, ...], ...], outlets: tuple[str, ...]
) -> None:
    assert compile_query("rule", query, SCOPE).candidates == Candidates(groups, outlets)


def test_a_rule_that_cannot_be_used_raises_the_first_error() -> None:
    with pytest.raises(QueryError) as caught:
        compile_query("rule", "Peskov AND (a", SCOPE)
    assert caught.value.column == 12
    assert caught.value.hint
