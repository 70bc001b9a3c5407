from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import Scope, compile_query, document
from monitor.text.forms import expand_word
from tests.query.reading import NOW, OUTLET, SCOPE, article, diagnostics, error, found


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("Straße", "STRASSE", ["STRASSE"]),
        ("стёкла", "Стекла", ["Стекла"]),
        ("ISTANBUL", "ıstanbul İstanbul", ["ıstanbul", "İstanbul"]),
        ("переговоры", "пере\u00adговоры", ["пере\u00adговоры"]),
        ("ﬁsh", "fish", ["fish"]),
        ("Песков", "Пеcков", ["Пеcков"]),
        ("or¼words", "see or¼words here", ["or¼words"]),
        ("or¼words", "see or1 or1 here", None),
        ("会谈", "北京会谈开始", ["会谈"]),
        ("ประเทศ", "ในประเทศไทย", ["ประเทศ"]),
        ("state-run", "State run media", ["State run"]),
        ("don't", "I don’t know", ["don’t"]),
        ('"a1 b1"', "a1, b1", ["a1, b1"]),
        ('"a1 b1"', "a1 x b1", None),
        ('"a1 b1"~1', "a1 x b1", ["a1 x b1"]),
        ('"a1 b1 c1"~1', "a1 x b1 x c1", None),
        ('"a1 b1 c1"~2', "a1 x b1 x c1", ["a1 x b1 x c1"]),
        ("“a1 b1”", "a1 b1", ["a1 b1"]),
        ("«a1 b1»", "a1 b1", ["a1 b1"]),
        ("„a1 b1“", "a1 b1", ["a1 b1"]),
        ('"talks?"', "talk", None),
        ('"talks?"', "talks", ["talks"]),
        ("talk?", "talks", ["talks"]),
        ("talk?", "talk", None),
        ("inter*al", "interval international intern", ["interval", "international"]),
        ("tal*", "talk", ["talk"]),
        ("tal*", "tal", ["tal"]),
        ('"tal* over"', "talks over", ["talks over"]),
        ("tal* NEAR/0 over", "talks over", ["talks", "over"]),
        ("переговор* встреч*", "переговоры встречей", ["переговоры встречей"]),
        ("exact(Ёлка)", "ёлка елка", ["ёлка"]),
        ("exact(Istanbul)", "İstanbul ISTANBUL", ["ISTANBUL"]),
        ("exact('C++')".replace("'", '"'), "C C++", ["C++"]),
        ('exact("it\'s")', "it’s", ["it’s"]),
        ("case(Who)", "who Who WHO", ["Who"]),
        ("case(The WHO)", "the WHO The  WHO", ["The  WHO"]),
        ("allcaps(us)", "us US", ["US"]),
        ("nocaps(US)", "us US Us", ["us"]),
        ("/p.skov/ AND x1", "peskov Peskov x1", ["peskov", "x1"]),
        ("/p.skov/i AND x1", "Peskov x1", ["Peskov", "x1"]),
        ("/Пес.ов/ NEAR/0 x1", "Песков x1", ["Песков", "x1"]),
        ("/, / AND x1", "a, x1", [", ", "x1"]),
        ("/x*/ AND x1", "y", None),
    ],
)
def test_a_term_finds_what_its_table_says(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, text) == wanted


def test_a_spelling_at_the_end_of_a_text_covers_nothing_behind_it() -> None:
    match = compile_query("rule", 'allcaps("US!")', SCOPE).match(document(article("the US"), OUTLET), NOW)
    assert match is not None
    assert [(span.start, span.end) for span in match.spans] == [(4, 6)]


def test_a_form_counts_in_articles_of_its_language() -> None:
    scope = Scope(words=lambda word: (Form(word), Form("talkar", "sv"), Form("talk'un", "tr"), Form("talked")))
    assert found("talk", article("talkar", language="sv"), scope) == ["talkar"]
    assert found("talk", article("talkar", language="sv-SE"), scope) == ["talkar"]
    assert found("talk", article("talkar", language="en"), scope) is None
    assert found("talk", article("talked talk", language="en"), scope) == ["talked", "talk"]
    assert found("talk", article("talk'un", language="tr"), scope) == ["talk'un"]
    assert found('"talk over"', article("talk'un over", language="tr"), scope) == ["talk'un over"]


def test_a_form_of_several_words_hides_no_other_form_in_a_phrase() -> None:
    several = {"Istanbul": (Form("Istanbul"), Form("Istanbul'da", "tr"))}
    scope = Scope(words=lambda word: several.get(word, (Form(word),)))
    assert found('"Istanbul da"', article("Istanbul da x", language="tr"), scope) == ["Istanbul da"]
    assert found('"x Istanbul"', article("x Istanbul'da", language="tr"), scope) == ["x Istanbul'da"]


@pytest.mark.parametrize("word", ["don't", "can't", "couldn't", "we're", "l'accord", "aujourd'hui", "O'Brien"])
@pytest.mark.parametrize("language", ["", "en", "fr"])
def test_a_word_with_an_apostrophe_is_found_as_it_is_written(word: str, language: str) -> None:
    scope = Scope(words=expand_word)
    assert found(word, article(f"he said {word} now", language=language), scope) == [word]
    assert found(f'"{word} now"', article(f"he said {word.replace(chr(39), '’')} now", language=language), scope)


def test_where_the_language_is_unknown_every_form_counts() -> None:
    scope = Scope(words=lambda word: (Form(word), Form("talkar", "sv")))
    from monitor.model import Outlet
    from monitor.query import compile_query, document
    from tests.query.reading import NOW

    nowhere = document(article("talkar"), Outlet("x", "X", ()))
    assert compile_query("rule", "talk", scope).match(nowhere, NOW) is not None


def test_each_span_names_its_term() -> None:
    from monitor.query import compile_query, document
    from tests.query.reading import NOW, OUTLET

    scope = Scope(lists={"talks": ["talk*", "summit"]})
    rule = compile_query("rule", "@talks AND NOT football OR Peskov".replace("AND NOT football OR", "OR"), scope)
    match = rule.match(document(article("Peskov talks", title="Summit"), OUTLET), NOW)
    assert match is not None
    assert [(s.field, s.start, s.end, s.term) for s in match.spans] == [
        ("title", 0, 6, "summit"),
        ("body", 0, 6, "Peskov"),
        ("body", 7, 12, "talk*"),
    ]


@pytest.mark.parametrize("query", ["ab*", "*", "a?b*", '"direct * talks"', "???", "?"])
def test_a_wildcard_wants_letters(query: str) -> None:
    assert error(query).column == 1
    assert error(query).hint


@pytest.mark.parametrize("query", ["/(a/", "/(?=a)b/", r"/(a)\1/", "/((a{100}){100}){100}/", "/a{1001}/", "/a/x"])
def test_what_the_engine_lacks_is_an_error(query: str) -> None:
    refused = error(f"{query} AND b1")
    assert refused.column == 1
    assert refused.end == len(query) + 1


def test_a_letter_of_another_alphabet_is_pointed_out() -> None:
    (diagnostic,) = diagnostics("Пеcков")
    assert (diagnostic.severity, diagnostic.column, diagnostic.hint) == ("warning", 1, "it is read as песков")


def test_a_known_name_is_hinted_at() -> None:
    scope = Scope(known=lambda word: word == "Peskov")
    (diagnostic,) = diagnostics("Peskov", scope)
    assert diagnostic.severity == "hint"
    assert "name(Peskov)" in diagnostic.hint
    assert not diagnostics("Lavrov", scope)
    assert not diagnostics("name(Peskov)", scope)


def test_letters_that_look_alike_are_pointed_out_in_every_rule_of_a_configuration() -> None:
    scope = Scope()
    first, second = diagnostics("Пеcков", scope), diagnostics("Пеcков", scope)
    assert [diagnostic.severity for diagnostic in first] == ["warning"]
    assert first == second
