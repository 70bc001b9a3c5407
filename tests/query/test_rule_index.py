from __future__ import annotations

import random

from monitor.query import Compiled, RuleIndex, Scope, compile_query, document
from tests.query.reading import NOW, OUTLET, SCOPE, article


def rules(*queries: str, scope: Scope = SCOPE) -> list[Compiled]:
    return [compile_query(query, query, scope) for query in queries]


def matched(index: RuleIndex, body: str, **fields: object) -> list[str]:
    return [match.rule for match in index.match(document(article(body, **fields), OUTLET), NOW)]


def test_every_kind_of_trigger_finds_its_rule() -> None:
    queries = [
        "Peskov",
        '"direct talks"',
        "negotiat*",
        "outlet:tass AND (words>1)",
        "group:state-media",
        "country:ru",
        "lang:en",
        "title:headline",
        "lead:summary",
        "lead:summ*",
        "url:world",
        "url:wor*",
        "author:black",
        "tag:war",
        "first/2(peskov)",
        "w?r",
        "/x/ AND Peskov",
    ]
    index = RuleIndex.build(rules(*queries))
    found = matched(
        index,
        "Peskov on direct talks: they negotiate x war",
        title="headline",
        lead="a summary",
        url="https://example.org/world",
        authors=("Jo Black",),
        tags=("war",),
    )
    assert found == sorted(queries)
    elsewhere = document(article("nothing"), type(OUTLET)("bbc", "BBC", ()))
    assert index.match(elsewhere, NOW) == ()


def test_a_rule_is_triggered_by_its_rarest_part() -> None:
    (rule,) = rules("said AND the AND Bezmertna AND country:ru")
    assert rule.triggers == ("bezmertna",)
    assert rules("lang:en AND Peskov")[0].triggers == ("peskov",)
    assert rules("(a1 OR b1) NEAR/3 Verhandlungsrunde")[0].triggers == ("verhandlungsrunde",)


def test_an_edit_gives_what_a_new_index_gives() -> None:
    chance = random.Random(5)
    words = [f"word{number}" for number in range(30)] + ["wor*", "word1*", "url:wor*", "title:word3", "outlet:tass"]
    current = rules(*(f"{chance.choice(words)} OR {chance.choice(words)}" for _ in range(60)))
    index = RuleIndex.build(current)
    for _ in range(60):
        place = chance.randrange(len(current))
        new = rules(f"{chance.choice(words)} AND {chance.choice(words)}")
        current[place : place + chance.randrange(3)] = new if chance.random() < 0.8 else []
        index = RuleIndex.build(current, index)
        fresh = RuleIndex.build(current)
        read = document(article(" ".join(chance.sample(words[:30], 5)), url="https://example.org/word1"), OUTLET)
        assert index.match(read, NOW) == fresh.match(read, NOW)
        assert index.rules == tuple(current)


def test_an_edit_leaves_the_index_before_it_alone() -> None:
    before = RuleIndex.build(rules("Peskov", "Lav*"))
    after = RuleIndex.build(rules("Putin"), before)
    assert matched(before, "Peskov Lavrov Putin") == ["Lav*", "Peskov"]
    assert matched(after, "Peskov Lavrov Putin") == ["Putin"]


def test_unchanged_rules_share_everything() -> None:
    kept = rules("Peskov", "Lav*")
    first = RuleIndex.build(kept)
    assert matched(RuleIndex.build(kept, first), "Peskov Lavrov") == ["Lav*", "Peskov"]
    assert RuleIndex.build([], first).rules == ()
    assert RuleIndex.build([]).match(document(article("x"), OUTLET), NOW) == ()
