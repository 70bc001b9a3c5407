"""Meltwater queries as people write them, and what they are here: NEAR counts as ours does."""

from __future__ import annotations

import pytest

from tests.query.foreign.reading import lost, ours, told

KEPT = (
    ('"climate change" AND (Germany OR France)', '"climate change" AND (Germany OR France)'),
    ('tesla NOT "nikola tesla"', 'tesla AND (NOT "nikola tesla")'),
    ("tesla AND NOT motors", "tesla AND (NOT motors)"),
    ("tesla not motors and berlin or paris", "(tesla AND (NOT motors) AND berlin) OR paris"),
    ('(apple OR "apple inc") NEAR/5 (lawsuit OR sued)', '(apple OR "apple inc") NEAR/5 (lawsuit OR sued)'),
    ("president ONEAR/3 resign*", "president PRE/3 resign*"),
    ("president ONEAR resigns", "president PRE/4 resigns"),
    ("merger near talks", "merger NEAR/4 talks"),
    ('title:"central bank"', 'title:"central bank"'),
    ("title:(inflation OR prices) AND lira", "title:(inflation OR prices) AND lira"),
    ("ingress:sanctions AND oil", "lead:sanctions AND oil"),
    ('author:"John Smith" AND economy', 'author:"John Smith" AND economy'),
    ("url:sports NOT football", "url:sports AND (NOT football)"),
    ('"supply chain"~4', "supply NEAR/4 chain"),
    ('"bank central turkey"~6', '"bank central turkey"~6'),
    ("colo?r AND paint", "colo?r AND paint"),
    ("negotiat* AND istanbul", "negotiat* AND istanbul"),
    ("language:en AND ukraine", "lang:en AND ukraine"),
    ("country:russia AND gas", "country:ru AND gas"),
    ("source:tass AND gas", "outlet:tass AND gas"),
    ("tesla OR category:automotive", "tesla"),
    ("tesla^9 AND berlin", "tesla AND berlin"),
    ("“smart quotes” AND test", '"smart quotes" AND test'),
    ('AT&T OR "e-mail"', "AT&T OR e-mail"),
    ('Зеленський OR "Володимир Зеленський"', 'Зеленський OR "Володимир Зеленський"'),
    ("(tesla AND (model OR cyber*)) NEAR/10 recall", "(tesla NEAR/10 recall) AND ((model OR cyber*) NEAR/10 recall)"),
    ("-football AND goal", "(NOT football) AND goal"),
    ("tesla berlin", "tesla AND berlin"),
    ("apple NOT NEAR/5 juice", "apple NOT NEAR/5 juice"),
    ("#war AND tesla", 'exact("#war") AND tesla'),
    ('"c++ developer"', 'exact("c++ developer")'),
    ("C# OR .NET", 'exact("C#") OR exact(".NET")'),
    ("$TSLA OR @tesla", 'exact("$TSLA") OR exact("@tesla")'),
    ("site:tass.com AND moscow", "outlet:tass AND moscow"),
)
LOST = (
    ("de* AND tesla", 1, "tesla"),
    ("*bank AND tesla", 1, "tesla"),
    ("language:xx AND ukraine", 10, "ukraine"),
    ("tesla AND sourcereach:100000", 11, "tesla"),
    ("tesla AND (berlin", 11, ""),
    ("reach>1000 AND tesla", 1, "tesla"),
    ("tesla AND reach > 1,000", 11, "tesla"),
    ("a=b AND tesla", 1, "tesla"),
    ("tesla AND [berlin paris]", 11, "tesla"),
    ("tesla AND W/5", 11, "tesla"),
    ('"unclosed AND tesla', 1, ""),
    ("tesla AND OR berlin", 11, ""),
)


@pytest.mark.parametrize(("theirs", "here"), KEPT)
def test_what_can_be_kept_is_kept(theirs: str, here: str) -> None:
    assert ours("meltwater", theirs) == here


@pytest.mark.parametrize(("theirs", "column", "draft"), LOST)
def test_what_cannot_be_kept_is_told_at_its_place(theirs: str, column: int, draft: str) -> None:
    assert lost("meltwater", theirs) == (column, draft)


def test_words_that_find_more_here_are_told_once() -> None:
    assert len(told("meltwater", "tesla AND berlin AND strike", "hint")) == 1


def test_an_alternative_may_go_and_a_condition_may_not() -> None:
    assert told("meltwater", "tesla OR category:cars") == ["left out: category: has no counterpart"]
    assert ours("meltwater", "(tesla AND category:cars) OR berlin") == "berlin"
    assert lost("meltwater", "berlin NOT (tesla OR category:cars)")[0] == 22
