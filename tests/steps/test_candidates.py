"""What matches live is among the candidates that either database gives: rules of every nesting, and generated ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model import Article
from monitor.query import Compiled, Node, RuleIndex, check, document, format_query
from monitor.steps.index_articles import words
from monitor.store import Store, article_queries, word_index
from tests.query.generated import queries
from tests.query.nesting import NESTING, nested
from tests.query.world import ALL_WORDS, COMMON_WORDS, EDITION, MARKS, NOW, OUTLETS, SCOPE
from tests.store import make

ODD = [
    *("मुझे हिन्दी talks", "Peskov\u20dd talks", "x" * 300 + " talks", "tal" + "k" * 300, "ﷺ talks", "½ Istanbul"),
    *(
        "talks\x00Peskov",
        "\ud800talks",
        "o'neil's \"talks\" \\ talks",
        "テーブル talks が",
        "talks \U0001e900\U0001e922",
    ),
    *(
        "Ąłę talks Ørsted",
        "ꔀtalk ꔁ",
        "talk\u0378s Istanbul",
        "ภาษาไทย talks",
        "ᲀᲁ talks",
        "\U00010a0f talks",
        "\u19b0 talks",
    ),
]
KINDS = ["sqlite", "postgresql"]


def generated(count: int) -> list[Article]:
    """Articles of words in many scripts, the same each time."""
    chance = random.Random(11)

    def text(most: int) -> str:
        some = range(chance.randrange(most))
        return "".join(chance.choice(ALL_WORDS + COMMON_WORDS * 3) + chance.choice(MARKS) for _ in some)

    return [
        Article(chance.choice(list(OUTLETS)), f"https://example.org/{n}", text(7), text(9), text(30), published=NOW)
        for n in range(count)
    ]


def filled(store: Store) -> dict[int, Article]:
    """Every article of this test as the store gives it back, by id; all of them are in the index."""
    every = [*EDITION, *(Article("tass", "", odd, body=odd) for odd in ODD), *generated(60)]
    with store.begin() as conn:
        keyed = [
            Article(*(one.outlet, one.url, one.title, one.lead, one.body, one.language, one.authors, one.tags),
                    one.published, None, NOW, (make.key(f"{n}"),), (make.key(f"story {n}"),), make.key(f"text {n}"))
            for n, one in enumerate(every)
        ]  # fmt: skip
        make.show(conn, 1, keyed, NOW)
        while make.index_pending(conn, 100, words):
            pass
    with store.reading() as conn:
        return {id_: stored.article for id_, stored in article_queries.get(conn, range(1, len(every) + 1)).items()}


def misses(store: Store, rules: Iterable[Compiled], stored: dict[int, Article]) -> list[tuple[str, int]]:
    """The rules with the articles that match live and are no candidates."""
    by_name = {rule.name: rule for rule in rules}
    index = RuleIndex.build(by_name.values())
    live: dict[str, list[int]] = {}
    for id_, article in stored.items():
        for match in index.match(document(article, OUTLETS[article.outlet]), NOW):
            live.setdefault(match.rule, []).append(id_)
    with store.reading() as conn:
        found = {name: set(word_index.search_candidates(conn, by_name[name].candidates)) for name in live}
    return [(by_name[name].text, id_) for name, ids in live.items() for id_ in ids if id_ not in found[name]]


def test_the_stored_articles_are_all_there(store: Store) -> None:
    assert len(filled(store)) == len(EDITION) + len(ODD) + 60


def test_candidates_hold_what_rules_of_every_nesting_match(store: Store) -> None:
    stored = filled(store)
    texts = list(dict.fromkeys(query for _, _, query in nested()))[::5]
    rules = [rule for text in texts if (rule := check(text, NESTING, text)[0]) is not None]
    assert len(rules) > 200
    assert misses(store, rules, stored) == []


ODD_RULES = [
    *("हिन्दी", "मुझे", "हिन्*", '"मुझे हिन्दी"', "テーブル", "テーブル*", "ภาษาไทย", "ภาษา*", "が", "ﷺ", "½", '"1 2"'),
    *(
        "x" * 300,
        "x" * 250 + "*",
        "tal" + "k" * 300,
        "tal" + "k" * 299 + "?",
        '"talks peskov"',
        "talkspeskov",
        "orsted",
    ),
    *(
        "Ąłę",
        "\U0001e922\U0001e922",
        "ꔀtalk",
        "ᲀᲁ",
        'exact("\\ talks")',
        '"neil s talks"',
        "talk\u0378s",
        *("\U00010a0f*", "\u19b0"),
    ),
]


def test_candidates_hold_what_odd_words_match(store: Store) -> None:
    stored = filled(store)
    rules = [rule for text in ODD_RULES if (rule := check(text, SCOPE, text)[0]) is not None]
    assert len(rules) > 20
    assert misses(store, rules, stored) == []


@pytest.mark.parametrize("kind", KINDS)
def test_candidates_hold_what_generated_rules_match(kind: str, make_store: Callable[[str], Store]) -> None:
    store = make_store(kind)
    stored = filled(store)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(queries, min_size=10, max_size=20))
    def holds(several: list[Node]) -> None:
        made = [check(format_query(query), SCOPE, f"rule {number}")[0] for number, query in enumerate(several)]
        assert misses(store, filter(None, made), stored) == []

    holds()
