"""The matcher and a naive evaluator find the same spans: generated rules on generated texts in mixed scripts."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.model import Article, Form, Outlet
from monitor.query import Index, Node, Scope, check, document, parse, show
from monitor.query.nodes import AtLeast, Call, Filter, First, Join, Not, Pair, Phrase, Reference, Regex, Within, Word
from tests.query import naive

NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = {
    "en": ["talks", "Peskov", "Istanbul", "the", "US", "us", "talk", "naïve", "state-run", "Peskov's"],
    "ru": ["переговоры", "Песков", "Пескова", "ёлка", "елка", "песков", "й", "Стамбул", "и"],
    "uk": ["Пєсков", "об'єкт", "об’єкт", "їжа", "перемовини", "Стамбулі"],
    "tr": ["İstanbul'da", "ISTANBUL", "görüşme", "ısı", "görüşmeler", "Peskov'un"],
    "ar": ["محادثات", "بيسكوف", "إسطنبول", "وبيسكوف"],
    "zh": ["北京", "会谈", "佩斯科夫", "iPhone手机"],
}
ALL_WORDS = [word for words in WORDS.values() for word in words]
MARKS = [" ", " ", " ", " ", ", ", ". ", "! ", "\n", " - ", "。", "\u00ad", " «", "» ", "? "]


def forms(word: str) -> tuple[Form, ...]:
    """A small inflection: some endings in some languages."""
    endings = {"talk": "talks", "Песков": "Пескова", "görüşme": "görüşmeler"}
    language = {"talk": "en", "Песков": "ru", "görüşme": "tr"}
    return (Form(word), Form(endings[word], language[word])) if word in endings else (Form(word),)


def names(name: str) -> tuple[Form, ...]:
    """A small book of names."""
    known = [
        Form("Peskov", capital=True),
        Form("Песков", capital=True),
        Form("Пескова", language="ru", capital=True),
        Form("Peskov'un", language="tr", confidence=0.9, capital=True),
        Form("بيسكوف", confidence=0.8),
        Form("佩斯科夫"),
    ]
    return tuple(known) if name == "Peskov" else (Form(name),)


SCOPE = Scope(
    outlets=("tass", "bbc"),
    groups=("state-media",),
    countries=("ru", "tr"),
    languages=tuple(WORDS),
    lists={"talks": ["talk*", "переговор*", "görüşme", "会谈", "@more"], "more": ["محادثات", "перемовини"]},
    queries={"both": "name(Peskov) AND @talks"},
    words=forms,
    names=names,
)


@st.composite
def texts(draw: st.DrawFn, most: int = 25) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(ALL_WORDS), st.sampled_from(MARKS)), max_size=most))
    return "".join(word + mark for word, mark in pieces)


articles = st.builds(
    Article,
    outlet=st.just("tass"),
    url=st.sampled_from(["https://tass.com/talks/peskov-us", ""]),
    title=texts(6),
    lead=st.one_of(st.just(""), texts(8)),
    body=st.one_of(st.just(""), texts(30), texts(90)),
    language=st.sampled_from(["", "en", "ru", "tr", "uk-UA"]),
    authors=st.lists(st.sampled_from(["Peskov Talks", "Ali US"]), max_size=2).map(tuple),
    tags=st.lists(st.sampled_from(["talks", "Стамбул"]), max_size=2).map(tuple),
)
outlets = st.builds(
    Outlet,
    name=st.just("tass"),
    title=st.just("TASS"),
    feeds=st.just(()),
    language=st.sampled_from(["", "ru"]),
    country=st.sampled_from(["ru", ""]),
    groups=st.sampled_from([frozenset(), frozenset({"state-media"})]),
)

words = st.sampled_from([*ALL_WORDS, "talk*", "перег*", "Песков?", "t?lks", "gör?şme*"]).map(Word)
terms = st.one_of(
    words,
    st.builds(
        Phrase,
        st.lists(st.sampled_from([*ALL_WORDS, "talk*", "talks?"]), min_size=1, max_size=3).map(tuple),
        st.integers(0, 3),
    ),
    st.builds(Call, st.sampled_from(["exact", "case", "allcaps", "nocaps"]), st.sampled_from(ALL_WORDS)),
    st.just(Call("name", "Peskov")),
    st.builds(Reference, st.sampled_from(["talks", "more"])),
    st.builds(Regex, st.sampled_from(["pesk.v", "[а-я]+ы", "s, ", "会"]), st.sampled_from(["", "i"])),
)
placed = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds(
            lambda operator, count, left, right: Pair(
                operator, None if operator in ("SENT", "SAME") else count, left, right
            ),
            st.sampled_from(["NEAR", "PRE", "NOT NEAR", "SENT", "SAME"]),
            st.integers(0, 6),
            inner,
            inner,
        ),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Join("OR", tuple(parts))),
    ),
    max_leaves=5,
)
counted = st.one_of(placed, st.builds(AtLeast, st.integers(1, 3), placed), st.builds(First, st.integers(1, 20), placed))
fielded = st.one_of(
    counted,
    st.builds(Within, st.sampled_from(["title", "lead", "body", "url", "author", "tag"]), counted),
    st.builds(First, st.integers(1, 9), st.builds(Within, st.sampled_from(["title", "lead", "body"]), placed)),
    st.sampled_from(
        [
            Filter("outlet", "tass"),
            Filter("outlet", "bbc"),
            Filter("group", "state-media"),
            Filter("country", "ru"),
            Filter("lang", "ru"),
            Filter("words", ">12"),
            Filter("words", "<9"),
            Reference("both"),
        ]
    ),
)
queries = st.recursive(
    fielded,
    lambda inner: st.one_of(
        st.builds(Join, st.sampled_from(["AND", "OR"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)

slow = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(queries, articles, outlets)
def test_same_spans_as_the_naive_evaluator(query: Node, article: Article, outlet: Outlet) -> None:
    anchored = Join("AND", (Filter("outlet", "tass"), query))
    compiled, remarks = check(show(anchored), SCOPE, "rule")
    assert compiled is not None, (show(anchored), remarks)
    match = compiled.match(document(article, outlet), NOW)
    assert (None if match is None else match.spans) == naive.spans(query, SCOPE, article, outlet), show(query)


@slow
@given(st.lists(queries, max_size=12), articles, outlets)
def test_the_index_misses_nothing_and_adds_nothing(several: list[Node], article: Article, outlet: Outlet) -> None:
    made = [check(show(query), SCOPE, f"rule {number}")[0] for number, query in enumerate(several)]
    rules = [rule for rule in made if rule is not None]
    read = document(article, outlet)
    wanted = [match for rule in rules if (match := rule.match(read, NOW)) is not None]
    found = Index.build(rules).match(document(article, outlet), NOW)
    assert found == tuple(sorted(wanted, key=lambda match: match.rule))


@slow
@given(queries)
def test_what_the_formatter_prints_reads_the_same(query: Node) -> None:
    read = parse(show(query))
    assert read == query
    assert show(read) == show(query)


@slow
@given(st.text(), st.text(), st.text())
def test_any_text_can_be_matched(title: str, body: str, name: str) -> None:
    article = Article("tass", name, title, lead=name, body=body, authors=(name, title), tags=(body,))
    read = document(article, Outlet("tass", "TASS", ()))
    for query in EVERY_OPERATOR:
        compiled, remarks = check(query, SCOPE, "rule")
        assert compiled is not None, remarks
        match = compiled.match(read, NOW)
        for span in match.spans if match else ():
            values = {"author": "\n".join(article.authors), "tag": "\n".join(article.tags)}
            text = values.get(span.field) or getattr(article, span.field)
            assert 0 <= span.start < span.end <= len(text)


EVERY_OPERATOR = [
    'outlet:tass AND (a* OR name(a) OR "a b"~3 OR title:a)'.replace("a*", "aaa*"),
    "outlet:tass AND (a NEAR/3 b OR (a PRE b) OR (a SENT b) OR (a SAME b) OR (a NOT NEAR b))".replace(
        "a NEAR/3 b OR", "(a NEAR/3 b) OR"
    ),
    "outlet:tass AND (/./ OR url:a OR author:b OR tag:c OR lead:d OR first/2(a) OR atleast2(/./))",
    "outlet:tass AND (exact(a) OR case(b) OR allcaps(c) OR nocaps(d) OR /./ SENT /./ OR words>3)".replace(
        "/./ SENT /./", "(/./ SENT /./)"
    ),
]


@slow
@given(st.text(alphabet='ab()"-/~:@*?#OR AND NOTEAR/3 \n', max_size=60))
def test_any_query_gets_an_answer(text: str) -> None:
    compiled, remarks = check(text, SCOPE)
    assert (compiled is None) == any(remark.severity == "error" for remark in remarks)
    for remark in remarks:
        assert 1 <= remark.column <= len(text) + 1
    if compiled is not None:
        node = parse(text)
        assert node is not None
        assert parse(show(node)) == node
