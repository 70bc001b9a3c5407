"""Google queries as people write them, and what they are here: OR binds before the AND that goes without saying."""

from __future__ import annotations

import pytest

from tests.query.foreign.reading import lost, ours, told, translated

KEPT = (
    ("tesla berlin", "tesla AND berlin"),
    ('"central bank" rate', '"central bank" AND rate'),
    ("ski OR snowboard alps", "(ski OR snowboard) AND alps"),
    ("ski | snowboard", "ski OR snowboard"),
    ("tesla -motors", "tesla AND (NOT motors)"),
    ('tesla -"nikola tesla"', 'tesla AND (NOT "nikola tesla")'),
    ("tesla -(model OR cyber)", "tesla AND (NOT (model OR cyber))"),
    ("tesla site:tass.com", "tesla AND outlet:tass"),
    ("tesla -site:tass.com", "tesla AND (NOT outlet:tass)"),
    ("tesla site:example.net", 'tesla AND url:"example.net"'),
    ("tesla site:bbc.com/news", 'tesla AND url:"bbc.com/news"'),
    ("intitle:merger lufthansa", "title:merger AND lufthansa"),
    ('intitle:"central bank" lira', 'title:"central bank" AND lira'),
    ("allintitle:rate cut turkey", "title:(rate AND cut AND turkey)"),
    ("inurl:economy lira", "url:economy AND lira"),
    ("intext:lira crisis", "body:lira AND crisis"),
    ('"three * mice"', '"three mice"~3'),
    ('"Steve Jobs" AROUND(9) "Bill Gates"', '"Steve Jobs" NEAR/9 "Bill Gates"'),
    ("tesla when:7d", "tesla"),
    ("tesla after:2026-01-01 before:2026-12-31", "tesla"),
    ("source:tass gas", "outlet:tass AND gas"),
    ("location:russia gas", "country:ru AND gas"),
    ("* tesla", "tesla"),
    ("+tesla berlin", "tesla AND berlin"),
    ("~car berlin", "car AND berlin"),
    ("tesla AND berlin OR paris", "tesla AND (berlin OR paris)"),
    (
        '("climate change" OR "global warming") (policy OR law) -usa',
        '("climate change" OR "global warming") AND (policy OR law) AND (NOT usa)',
    ),
    ("war and peace", 'war AND "and" AND peace'),
    ('Песков OR "Дмитрий Песков"', 'Песков OR "Дмитрий Песков"'),
    ("AT&T merger", "AT&T AND merger"),
    ("micro* soft", "micro AND soft"),
    ("c++ language", 'exact("c++") AND language'),
    ("#war news", 'exact("#war") AND news'),
    ("intitle: merger", "title:merger"),
)
LOST = (
    ("tesla site:ru", 12, "tesla"),
    ("source:reuters gas", 8, "gas"),
    ("election 2024..2026", 10, "election"),
    ("filetype:pdf tesla", 1, "tesla"),
    ("tesla (berlin", 7, ""),
    ('"oil gas"~3 price', 10, '"oil gas" AND price'),
    ("tesla NOT motors", 7, "tesla AND motors"),
    ("tesla NEAR/5 berlin", 7, "tesla AND berlin"),
    ("tesla OR", 9, ""),
)


@pytest.mark.parametrize(("theirs", "here"), KEPT)
def test_what_can_be_kept_is_kept(theirs: str, here: str) -> None:
    assert ours("google", theirs) == here


@pytest.mark.parametrize(("theirs", "column", "draft"), LOST)
def test_what_cannot_be_kept_is_told_at_its_place(theirs: str, column: int, draft: str) -> None:
    assert lost("google", theirs) == (column, draft)


def test_words_find_other_forms_on_both_sides() -> None:
    assert told("google", "tesla berlin", "hint") == []


def test_a_site_is_the_outlets_at_it_and_below_it() -> None:
    assert ours("google", "gas site:example.org") == "gas AND outlet:wire"
    assert ours("google", "gas site:https://www.tass.com") == "gas AND outlet:tass"
    assert told("google", "gas site:ru", "error") == ["cannot be kept: a whole top-level domain (ru)"]


@pytest.mark.parametrize("site", ["example.net", "https://www.example.net/world"])
def test_a_site_that_nobody_watches_is_pointed_out(site: str) -> None:
    (said,) = told("google", f"gas site:{site}")
    assert "no outlet is at example.net" in said
    (diagnostic,) = translated("google", f"gas (site:tass.com OR site:{site})").diagnostics
    assert diagnostic.column == len("gas (site:tass.com OR site:") + 1
    assert "outlets/*.yaml has a feed of example.net" in diagnostic.hint
    assert told("google", "gas site:tass.com/world") == []


def test_an_address_that_was_asked_for_is_no_site() -> None:
    assert told("google", "gas inurl:example.net") == []
