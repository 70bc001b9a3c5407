"""Factiva queries as people write them, and what they are here: its distances are one more than ours."""

from __future__ import annotations

import pytest

from tests.query.foreign.reading import lost, ours, told

KEPT = (
    ("bill clinton or gore and george bush", '"bill clinton" OR (gore AND "george bush")'),
    ("world cup adj5 rugby", '"world cup" PRE/4 rugby'),
    ("world cup adj rugby", '"world cup" PRE/0 rugby'),
    ("carrefour near5 retail sales", 'carrefour NEAR/4 "retail sales"'),
    ("boeing 747/N30/british airways", '"boeing 747" NEAR/29 "british airways"'),
    ("toyota/F50/ and recall", "first/50(toyota) AND recall"),
    ("atleast5 microsoft", "atleast5(microsoft)"),
    ("atleast3 (olympics or games) and london", "atleast3(olympics OR games) AND london"),
    ("vodafone same telecommunications", "vodafone SAME telecommunications"),
    ("president w/2 clinton", "president PRE/1 clinton"),
    ("software not spreadsheets", "software AND (NOT spreadsheets)"),
    ("wireless not cellular and phone or mobile", "(wireless AND (NOT cellular) AND phone) OR mobile"),
    ("engineer$2 and strike", "(engineer OR engineer? OR engineer??) AND strike"),
    ("cat$ and dog", "(cat OR cat?) AND dog"),
    ("wom?n and vote", "wom?n AND vote"),
    ("chariot* or horse", "chariot* OR horse"),
    ("hd=merger and talks", "title:merger AND talks"),
    ("hd=(merger or takeover) and lufthansa", "title:(merger OR takeover) AND lufthansa"),
    (
        "hlp=(airbus and (order or contract))",
        "(title:airbus OR lead:airbus) AND (title:(order OR contract) OR lead:(order OR contract))",
    ),
    ("hlp=strike near3 lufthansa", "title:(strike NEAR/2 lufthansa) OR lead:(strike NEAR/2 lufthansa)"),
    ("lp=sanctions and oil", "lead:sanctions AND oil"),
    ("by=smith and economy", "author:smith AND economy"),
    ("td=guidance and profit", "body:guidance AND profit"),
    ("la=en and ukraine", "lang:en AND ukraine"),
    ("la=(en or de) and ukraine", "lang:en AND ukraine"),
    ("sn=tass and gas", "outlet:tass AND gas"),
    ("fds=teslam or tesla", "tesla"),
    ("tesla and date after 20260101", "tesla"),
    ("tesla and date from 01/01/2026 to 31/12/2026", "tesla"),
    ("wc>500 and tesla", "words>500 AND tesla"),
    ('"peas and carrots"', '"peas and carrots"'),
    ("select releases and [university or instruction]", '"select releases" AND (university OR instruction)'),
    (
        "(merger or takeover) adj3 (bid and offer)",
        "((merger OR takeover) PRE/2 bid) AND ((merger OR takeover) PRE/2 offer)",
    ),
    ("renault n5 nissan", "renault NEAR/4 nissan"),
    ("n95 masks", '"n95 masks"'),
    ("c++ and java", 'exact("c++") AND java'),
    ("100% and sure", 'exact("100%") AND sure'),
    ("$TSLA and cars", 'exact("$TSLA") AND cars'),
    ("U.S. and sanctions", "U.S AND sanctions"),
    ("clinton's plan", '"clinton\'s plan"'),
)
LOST = (
    ("ab* and tesla", 1, "tesla"),
    ("rst=tdjw and tesla", 1, "tesla"),
    ("tesla not ns=gspo", 11, "tesla"),
    ("tesla and (berlin", 11, ""),
    ("oil % gas and price", 1, "price"),
    ("rst:tdjw and tesla", 1, "tesla"),
    ("tesla not near5 ford", 11, ""),
    ("tesla and or berlin", 11, ""),
)


@pytest.mark.parametrize(("theirs", "here"), KEPT)
def test_what_can_be_kept_is_kept(theirs: str, here: str) -> None:
    assert ours("factiva", theirs) == here


@pytest.mark.parametrize(("theirs", "column", "draft"), LOST)
def test_what_cannot_be_kept_is_told_at_its_place(theirs: str, column: int, draft: str) -> None:
    assert lost("factiva", theirs) == (column, draft)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_adjacent_is_one_there_and_nothing_between_here(count: int) -> None:
    assert ours("factiva", f"a1b adj{count} c2d") == f"a1b PRE/{count - 1} c2d"
    assert ours("factiva", f"bid near{count} offer") == f"bid NEAR/{count - 1} offer"
    assert ours("factiva", f"bid w/{count} offer") == f"bid PRE/{count - 1} offer"
    assert ours("factiva", f"bid/N{count}/offer") == f"bid NEAR/{count - 1} offer"


def test_a_range_of_dates_is_left_out_with_a_word() -> None:
    assert told("factiva", "tesla and date after -7") == ["left out: a range of dates (a rule finds what comes)"]
