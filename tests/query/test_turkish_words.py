"""In Turkish articles a word that is ordinary, such as Kırk (forty), is a name only where something marks it as one."""

from __future__ import annotations

import pytest

from monitor.model import Form
from monitor.query import compile_query, document, explain_failure, trace_forms
from tests.query.reading import NOW, OUTLET, article, found, named

NAMES = named(
    Kirk=[Form("Kirk", capital=True)],
    Gul=[Form("Gul", capital=True)],
    Fidan=[Form("Fidan", capital=True, common=True)],
)


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("name(Kirk)", "Saldırıda ölen Kirk için tören düzenlendi.", ["Kirk"]),
        ("name(Kirk)", "Kirk yarın geliyor.", ["Kirk"]),
        ("name(Kirk)", "Kırk yıl geçti.", None),
        ("name(Kirk)", "Bu gece Kırk Haramiler sahnede olacak.", None),
        ("name(Kirk)", "KIRK YIL GEÇTİ", None),
        ("name(Kirk)", "KIRK'ÜN KATİLİ", ["KIRK"]),
        ("name(Gul)", "Bugün konuşan Bakan Gül umutlu.", ["Gül"]),
        ("name(Gul)", "Bugün konuşan Mehmet Gül umutlu.", ["Gül"]),
        ("name(Gul)", "Yağmurla beraber Gül açtı.", None),
        ("name(Gul)", "Gül’ün açıklaması", ["Gül"]),
        ("name(Fidan)", "Fidan dikimi sürüyor.", None),
        ("name(Fidan)", "Bugün Fidan Toprakla Buluştu", None),
        ("name(Fidan)", "Fidan Moskova yolunda uyudu.", ["Fidan"]),
        ("name(Fidan)", "Fidan Dikimi Sürüyor", None),
        ("name(Fidan)", "Fidan dün açıkladı.", ["Fidan"]),
        ("name(Fidan)", "Dün akşam saatlerinde Fidan gitti.", ["Fidan"]),
        ("name(Fidan)", "YENİ FİDAN. ANKARA KONUŞTU", None),
        ("name(Fidan)", "Fidan dikimi sürüyor. Fidan’dan mesaj", ["Fidan", "Fidan"]),
    ],
)
def test_an_ordinary_word_needs_a_sign(query: str, text: str, wanted: list[str] | None) -> None:
    assert found(query, article(text, language="tr"), NAMES) == wanted


@pytest.mark.parametrize("language", ["en", "de", ""])
def test_other_languages_do_not_ask_for_one(language: str) -> None:
    assert found("name(Fidan)", article("Fidan said nothing.", language=language), NAMES) == ["Fidan"]
    assert found("name(Kirk)", article("Kırk Haramiler is a play.", language=language), NAMES) == ["Kırk"]


def test_an_ordinary_word_is_said_to_be_no_proof() -> None:
    read = document(article("Kırk yıl geçti.", language="tr"), OUTLET)
    (trace,) = trace_forms("name(Kirk)", NAMES, read, NOW)
    assert (trace.outcome, trace.text) == ("missed", "Kırk")
    assert trace.reason == "an ordinary word too: nothing here shows that it is the name"
    (failure,) = explain_failure(compile_query("rule", "name(Kirk)", NAMES), read, NOW)
    assert failure.reason == "only “Kırk” is there, which proves too little by itself"
