"""Lexis queries as people write them, and what they are here: OR binds first, the smaller n before the larger."""

from __future__ import annotations

import pytest

from tests.query.foreign.reading import lost, ours, told

KEPT = (
    ("doctor or physician and malpractice", "(doctor OR physician) AND malpractice"),
    ("doctor w/5 malpractice", "doctor NEAR/5 malpractice"),
    ("southwest pre/2 air or airline", "southwest PRE/2 (air OR airline)"),
    ("rico not w/5 puerto", "rico NOT NEAR/5 puerto"),
    (
        "bankrupt! w/25 discharg! and not student or college",
        "(bankrupt* NEAR/25 discharg*) AND (NOT (student OR college))",
    ),
    ("land trust and ohio", '"land trust" AND ohio'),
    ("cat w/3 dog w/10 mouse", "(cat NEAR/3 dog) NEAR/10 mouse"),
    ("cat w/10 dog w/3 mouse", "cat NEAR/10 (dog NEAR/3 mouse)"),
    ("profit w/s warning", "profit SENT warning"),
    ("profit w/p warning", "profit SAME warning"),
    ("profit w/sent warning", "profit SENT warning"),
    ("marvin w/seg marvin", "marvin AND marvin"),
    ("profit pre/s warning", "profit SENT warning"),
    ("wom*n and vote", "wom?n AND vote"),
    ("bank** and run", "(bank OR bank? OR bank??) AND run"),
    ("negotiat! and istanbul", "negotiat* AND istanbul"),
    ("atleast5(tesla)", "atleast5(tesla)"),
    ("atleast10(caps(apple computer))", 'atleast10(case("Apple Computer") OR allcaps("apple computer"))'),
    ("allcaps(us) and sanctions", "allcaps(us) AND sanctions"),
    ("nocaps(apple) and juice", "nocaps(apple) AND juice"),
    ("caps(apple) and phone", "(case(Apple) OR allcaps(apple)) AND phone"),
    ("singular(bank) and plural(banks)", "exact(bank) AND exact(banks)"),
    ("headline(merger) and talks", "title:merger AND talks"),
    ("hlead(airbus and order)", "(title:airbus OR lead:airbus) AND (title:order OR lead:order)"),
    ("hlead (tesla) and berlin", "(title:tesla OR lead:tesla) AND berlin"),
    ("lead(sanctions) and oil", "lead:sanctions AND oil"),
    ("body(guidance) and profit", "body:guidance AND profit"),
    ("byline(smith) and economy", "author:smith AND economy"),
    ("publication(tass) and gas", "outlet:tass AND gas"),
    ("language(english) and ukraine", "lang:en AND ukraine"),
    ("term(new products) or tesla", "tesla"),
    ("length > 1200 and tesla", "words>1200 AND tesla"),
    ("tesla and date > 1/1/2026", "tesla"),
    ("tesla and date aft 2026", "tesla"),
    (
        "a merger or takeover w/10 (bid and offer)",
        '(("a merger" OR takeover) NEAR/10 bid) AND (("a merger" OR takeover) NEAR/10 offer)',
    ),
    ("tesla and not (ford or gm)", "tesla AND (NOT (ford OR gm))"),
    ("tesla and-not ford", "tesla AND (NOT ford)"),
    ("tesla & ford", "tesla AND ford"),
    ("tesla notw/5 ford", "tesla NOT NEAR/5 ford"),
    ("atl5(tesla)", "atleast5(tesla)"),
    ("tesla and date(geq (1/1/2026) and leq (2/2/2026))", "tesla"),
    ("c++ and java", 'exact("c++") AND java'),
    ("money /5 launder!", "money NEAR/5 launder*"),
    ("ford +3 motor", "ford PRE/3 motor"),
)
LOST = (
    ("ne! and tesla", 1, "tesla"),
    ("language(klingon) and ukraine", 10, "ukraine"),
    ("company(tesla) and berlin", 1, "berlin"),
    ("tesla and (berlin", 11, ""),
    ("plural(bank) and run", 1, "run"),
    ("singular(banks) and run", 1, "run"),
    ("tesla w/foo berlin and run", 7, "run"),
    ("title:tesla and run", 1, "run"),
    ("tesla near5 berlin", 7, ""),
    ("tesla and or berlin", 11, ""),
)


@pytest.mark.parametrize(("theirs", "here"), KEPT)
def test_what_can_be_kept_is_kept(theirs: str, here: str) -> None:
    assert ours("lexis", theirs) == here


@pytest.mark.parametrize(("theirs", "column", "draft"), LOST)
def test_what_cannot_be_kept_is_told_at_its_place(theirs: str, column: int, draft: str) -> None:
    assert lost("lexis", theirs) == (column, draft)


def test_how_words_are_counted_there_is_told_once() -> None:
    said = told("lexis", "a1 w/5 b2 and c3 w/7 d4", "hint")
    assert sum("counts" in message for message in said) == 1


def test_not_beside_a_distance_is_lost_with_its_place() -> None:
    assert lost("lexis", "profit not w/s warning")[0] == 1
