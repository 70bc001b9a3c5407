"""Which form a text holds, which just missed and why: always the same as what the rule finds."""

from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import FormTracer, Scope, compile_query, document, nearest_forms, places_of, trace_forms
from monitor.text.forms import expand_name, expand_word
from tests.query.reading import NOW, OUTLET, article, found, named
from tests.text.test_forms_hard import shipped, tables

PESKOV = [
    Form("Peskov", capital=True),
    Form("Песков", "", "names.yaml", 1.0, True, True),
    Form("Pescovu", "tr", "transliteration, tr suffix", 0.7, True),
    Form("Peskof", "", "transliteration", 0.5, True),
    Form("Jack Peskov", "", "not", 0.0),
]
DMITRY = [Form("Dmitry Peskov", capital=True), Form("Peskov", "", "surname", 0.55, True)]
NEWSOM = [Form("Newsom", capital=True), Form("纽森", "", "transliteration", 0.57)]
COSTA = [Form("Costa", capital=True), Form("Коста", capital=True)]
MUSK = [Form("Маск", capital=True)]
VOLKER = [Form("Волкер", capital=True), Form("Волкерова", "", "query, ru case", 0.9, True)]
WEAK = " beside another sign of the name, such as a given name or title before it, or the full name elsewhere"
IT = [Form("It", "", "transliteration", 0.86, capital=True)]
SCOPE = named(Musk=MUSK, Volker=VOLKER, Peskov=PESKOV, Dmitry_Peskov=DMITRY, Newsom=NEWSOM, Costa=COSTA, Ит=IT)


def traced(query: str, text: str, scope: Scope = SCOPE) -> list[tuple[str, str, str]]:
    traces = trace_forms(query, scope, document(article(text), OUTLET), NOW)
    # What is found is what the rule finds, phrases word by word.
    texts = [trace.text for trace in traces if trace.outcome == "found"]
    assert " ".join(texts) == " ".join(found(query, text, scope) or [])
    return [(trace.outcome, trace.text, trace.form.text) for trace in traces]


@pytest.mark.parametrize(
    ("query", "text", "form"),
    [
        ("name(Peskov)", "Mr Peskov said", ("found", "Peskov", "Peskov")),
        ("name(Peskov)", "сказал Песков", ("found", "Песков", "Песков")),
        ("name(Peskov)", "Mr Peskof and Peskov", ("found", "Peskof", "Peskof")),
        ('name("Dmitry Peskov")', "Dmitry Peskov", ("found", "Dmitry Peskov", "Dmitry Peskov")),
        ('name("Dmitry Peskov")', "Dmitry A. Peskov", ("found", "Dmitry A. Peskov", "Peskov")),
        ("negotiat*", "they negotiated", ("found", "negotiated", "negotiat*")),
        ('exact("C++")', "in C++ here", ("found", "C++", "C++")),
        ('"peace talks"', "the peace talks", ("found", "talks", "talks")),
    ],
)
def test_a_found_form_is_named(query: str, text: str, form: tuple[str, str, str]) -> None:
    assert form in traced(query, text)


@pytest.mark.parametrize(("is_shipped", "language", "rule", "finds", "others"), tables()[::15])
def test_hard_cases_are_told_as_they_are_matched(
    is_shipped: bool, language: str, rule: str, finds: list[str], others: list[str]
) -> None:
    entries = shipped() if is_shipped else {}
    scope = Scope(words=expand_word, names=lambda name: expand_name(name, entries))
    compiled = compile_query("rule", rule, scope)
    for text in filter(None, (*finds, *others)):
        read = document(article(text, language=language), OUTLET)
        match = compiled.match(read, NOW)
        traces = trace_forms(rule, scope, read, NOW)
        told = " ".join(trace.text for trace in traces if trace.outcome == "found")
        assert told == " ".join(text[span.start : span.end] for span in (match.spans if match else ()))


@pytest.mark.parametrize(
    ("query", "text", "form", "reason"),
    [
        ("name(Peskov)", "a peskov", "Peskov", "without a capital"),
        ("name(Peskov)", "A Pescovu", "Pescovu", "counts in articles in tr only, and this one is in en"),
        ("name(Peskov)", "Jack Peskov", "Peskov", "inside “Jack Peskov”, which is another name (not:)"),
        ("name(Musk)", "видел маск", "Маск", "without a capital"),
        ("name(Volker)", "видел волкер", "Волкер", "too weak without a capital (0.50): it counts only beside another"),
        ("name(Volker)", "Мария Волкерова там", "Волкерова", "the nominative of another name or word here"),
        ("name(Costa)", "in Costa Rica", "Costa", "inside “Costa Rica”, which is another name"),
        ("name(Peskov)", "Peskof", "Peskof", f"too weak alone (0.50): it counts only{WEAK}"),
        ("name(Newsom)", "州长纽森特抵达北京", "纽森", "a letter of a longer name or word touches it"),
        ("name(Newsom)", "昨天纽森在北京", "纽森", "too weak alone (0.57): it counts only beside another sign"),
        ("name(Ит)", "It said nothing", "It", "a pronoun or another small word"),
        ("name(Peskov)", "Песков много", "Песков", "an ordinary word too: nothing here shows that it is the name"),
        ('name("Dmitry Peskov")', "Ivan Peskov", "Peskov", "too weak alone (0.55): it counts only beside its given"),
        ('name("Dmitry Peskov")', "Dmitry: Peskov", "Dmitry Peskov", "divided by a colon"),
        ('exact("C++")', "in C here", "C++", "it is there, but written otherwise"),
        ('"peace talks"', "peace in talks", "peace", "it is there, but not the rest of the term beside it"),
    ],
)  # fmt: skip
def test_a_form_that_just_missed_says_why(query: str, text: str, form: str, reason: str) -> None:
    traces = trace_forms(query, SCOPE, document(article(text), OUTLET), NOW)
    assert found(query, text, SCOPE) is None
    assert (traces[0].outcome, traces[0].form.text) == ("missed", form)
    assert traces[0].reason.startswith(reason)


def test_of_several_reasons_that_of_the_form_nearest_to_counting_is_told() -> None:
    """Лиман counts in a Ukrainian article, though surer in a Bulgarian one: it lacks only its capital."""
    forms = [Form("Лиман", tongue, "given names", sure, True, True) for tongue, sure in (("bg", 0.9), ("uk", 0.7))]
    scope = named(Lyman=forms)
    traces = trace_forms("name(Lyman)", scope, document(article("висох лиман", language="uk"), OUTLET), NOW)
    assert [trace.reason for trace in traces] == ["without a capital"]


@pytest.mark.parametrize(
    ("query", "text", "form", "sign"),
    [
        ("name(Peskov)", "Mr Peskov said", "Peskov", ""),
        ("name(Peskov)", "Peskof met Peskov", "Peskof", ", but counts by another sign: “Peskov” is there, too"),
        ("name(Volker)", "посол волкер", "Волкер", ", but counts by another sign: an office or given name before it"),
        ("name(Peskov)", "we met Peskof here", "Peskof", ", but counts by another sign: a capital within the sentence"),
        (
            "name(Newsom)",
            "昨天州长纽森在北京",
            "纽森",
            ", but counts by another sign: a title, a verb of people or a pause",
        ),
        ("name(Peskof)", "Сенатор Пескоф", "Пескоф", ", but counts by another sign: an office or given name before it"),
        ('name("Dmitry Peskov")', "Dmitry Peskov said", "Dmitry Peskov", ""),
        ('name("Dmitry Peskov")', "Dmitry A. Peskov", "Peskov", ", but “Dmitry A” beside it is of the full name"),
        ('name("Dmitry Peskov")', "Peskov A. Dmitry Peskov left", "Dmitry Peskov", ""),
        ('"Peskof talks"', "Peskof talks", "Peskof", ""),
    ],
)
def test_the_sign_that_makes_a_weak_form_count_is_named(query: str, text: str, form: str, sign: str) -> None:
    peskof = [Form("Пескоф", "", "", 0.5, True)]
    scope = named(Peskov=PESKOV, Dmitry_Peskov=DMITRY, Newsom=NEWSOM, Peskof=peskof, Volker=VOLKER)
    trace = trace_forms(query, scope, document(article(text), OUTLET), NOW)[0]
    assert (trace.outcome, trace.form.text) == ("found", form)
    assert trace.reason.removeprefix("too weak alone").startswith(sign)
    assert bool(trace.reason) == bool(sign)


def test_after_the_full_name_the_surname_alone_says_that_this_stands_before_it() -> None:
    text = "Dmitry Peskov spoke. Peskov left."
    traces = trace_forms('name("Dmitry Peskov")', SCOPE, document(article(text), OUTLET), NOW)
    assert [trace.reason for trace in traces] == ["", "too weak alone, but the full name stands before it"]


def test_where_one_form_counts_and_another_does_not_both_are_told() -> None:
    assert traced("name(Peskov)", "Peskov met a peskov") == [
        ("found", "Peskov", "Peskov"),
        ("missed", "peskov", "Peskov"),
    ]


def test_of_forms_with_the_same_letters_the_one_that_counts_is_named() -> None:
    spelled = [("tr", 0.9), ("", 0.7), ("de", 0.6)]
    scope = named(Peskov=[Form("Peskov", language, f"from {language}", sure, True) for language, sure in spelled])
    (trace,) = trace_forms("name(Peskov)", scope, document(article("said Peskov"), OUTLET), NOW)
    assert (trace.outcome, trace.form.source) == ("found", "from ")
    spelled = [("tr", 0.9), ("", 0.5), ("de", 0.5)]
    scope = named(Peskov=[Form("Peskov", language, f"from {language}", sure, True) for language, sure in spelled])
    (trace,) = trace_forms("name(Peskov)", scope, document(article("Peskov"), OUTLET), NOW)
    assert (trace.outcome, trace.form.source) == ("missed", "from ")


def test_neither_capital_nor_confidence_count_for_a_plain_word() -> None:
    scope = Scope(words=lambda word: (Form(word), Form("talked", "en", "en dictionary", 0.3, True)))
    assert traced("talk", "they talked", scope) == [("found", "talked", "talked")]


def test_a_plain_word_is_not_explained_as_a_name() -> None:
    read = document(article("Kırk yıl geçti.", language="tr"), OUTLET)
    trace, *_ = trace_forms('"kırk gece"', Scope(), read, NOW)
    assert (trace.text, trace.reason) == ("Kırk", "it is there, but not the rest of the term beside it")


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("said Peskow", ("Peskow", "Peskov", "differs by 1 letter")),
        ("said Dmitri Peshkow", ("Peshkow", "Peskov", "differs by 2 letters")),
        ("said Peskovsky", ("Peskovsky", "Peskov", "inside a longer word")),
        ("said Lavrov", None),
        ("", None),
    ],
)
def test_the_nearest_form_is_told_by_its_letters(text: str, near: tuple[str, str, str] | None) -> None:
    traces = nearest_forms("name(Peskov)", named(Peskov=PESKOV[:2]), document(article(text), OUTLET))
    assert [(trace.text, trace.form.text, trace.reason) for trace in traces] == ([near] if near else [])


@pytest.mark.parametrize(
    ("form", "text", "near"),
    [
        ("鲁比奥", "国务卿卢比奥访问", "卢比奥"),
        ("勒科尔努", "总理勒科努辞职", "勒科努"),
        ("林赛·格雷厄姆", "共和党议员林赛格雷汉姆表示", "林赛格雷汉姆"),
        ("马可·鲁比奥", "国务卿卢比奥访问", ""),
        ("鲁比奥", "会员比奥克访问", ""),
        ("スターマー", "スターマ首相は", "スターマ"),
        ("スターマー", "プラスターマンは", ""),
    ],
)
def test_what_is_near_in_chinese_and_japanese_does_not_run_into_other_words(form: str, text: str, near: str) -> None:
    forms = named(Rubio=[Form(form, "", "transliteration", 0.57)])
    traces = nearest_forms("name(Rubio)", forms, document(article(text), OUTLET))
    assert [trace.text for trace in traces] == ([near] if near else [])


def test_words_are_placed_as_the_text_writes_them() -> None:
    text = document(article("Руді Джуліані, РУДІ; Руда"), OUTLET)
    assert places_of("Руді", text) == ["Руді", "РУДІ"]
    assert places_of("…", text) == []


def test_a_query_made_ready_once_is_traced_in_many_documents() -> None:
    query = 'name("Dmitry Peskov")'
    tracer = FormTracer(query, SCOPE)
    for text in ("Dmitry Peskov said", "Nobody", "Песков сказал, сказал Дмитрий Песков"):
        read = document(article(text), OUTLET)
        assert tracer.trace(read, NOW) == trace_forms(query, SCOPE, read, NOW)
