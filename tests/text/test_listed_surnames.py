"""A full name whose surname alone is in names.yaml: the given name before it in every script, read by the matcher."""

from __future__ import annotations

import pytest

from monitor.model import Article, NameEntry, Outlet
from monitor.query import Scope, compile_query, document
from monitor.text.forms import expand_name
from monitor.text.forms.script import script_of
from tests.text.test_forms_hard import NOW, compiled

CARRIERS = {"ar": "قال {} إن الاجتماع كان جيدا", "zh": "周五，{}出席会议", "ko": "{} 대통령은 말했다"}
TRUMP = {
    "Trump": NameEntry("Trump", ("Трамп", "трамповский", "ترامب", "特朗普", "트럼프"), ("Трумп",)),
}


def is_found(name: str, text: str, language: str) -> bool:
    body = CARRIERS.get(language, "said {} then went").format(text)
    read = document(Article("outlet", "", "", body=body, language=language), Outlet("outlet", "", ()))
    return compiled(f'name("{name}")', is_shipped=True).match(read, NOW) is not None


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("Donald Trump", "دونالد ترامب", "ar"),
        ("Donald Trump", "唐纳德·特朗普", "zh"),
        ("Vladimir Putin", "فلاديمير بوتين", "ar"),
        ("Vladimir Putin", "弗拉基米尔·普京", "zh"),
        ("Vladimir Putin", "Владимиром Путиным", "ru"),
        ("Marco Rubio", "ماركو روبيو", "ar"),
        ("Marco Rubio", "马尔科·鲁比奥", "zh"),
        ("Sergey Lavrov", "سيرغي لافروف", "ar"),
        ("Sergei Shoigu", "سيرغي شويغو", "ar"),
        ("Dmitry Peskov", "دميتري بيسكوف", "ar"),
        ("Мария Захарова", "ماريا زاخاروفا", "ar"),
        ("Keir Starmer", "كير ستارمر", "ar"),
        ("Сергей Собянин", "سيرغي سوبيانين", "ar"),
        ("Сергей Лавров", "谢尔盖·拉夫罗夫", "zh"),
        ("Мария Захарова", "玛丽亚·扎哈罗娃", "zh"),
        ("Сергей Собянин", "谢尔盖·索比亚宁", "zh"),
        ("Владимир Путин", "블라디미르 푸틴", "ko"),
        ("Сергей Собянин", "Siergieja Sobianina", "pl"),
        ("Сергей Собянин", "Sergueï Sobianine", "fr"),
        ("Сергей Собянин", "Serguei Sobianin", "es"),
        ("Сергей Лавров", "Siergiejem Ławrowem", "pl"),
        ("Сергей Лавров", "Sergueï Lavrov", "fr"),
    ],
)
def test_a_full_name_is_found_in_every_script_of_its_listed_surname(name: str, text: str, language: str) -> None:
    assert is_found(name, text, language)
    assert not is_found(name, text.replace("·", " ").split()[-1], language)


@pytest.mark.parametrize("name", ["Donald Trump", "Сергей Лавров", "D. Trump"])
def test_nothing_is_found_less_than_without_the_file(name: str) -> None:
    languages = {"arabic": "ar", "han": "zh", "kana": "ja", "hangul": "ko", "hebrew": "he", "greek": "el"}
    bare = compile_query("bare", f'name("{name}")', Scope(names=lambda text: expand_name(text, {})))
    lost = []
    for form in expand_name(name, {}):
        language = form.language or languages.get(script_of(form.text), "en")
        article = Article("outlet", "", "", body=f"1 {form.text} 2", language=language)
        read = document(article, Outlet("outlet", "", ()))
        if bare.match(read, NOW) and not compiled(f'name("{name}")', is_shipped=True).match(read, NOW):
            lost.append(form.text)
    assert lost == []


def test_the_surname_alone_is_weak_in_every_script_and_a_word_or_what_not_takes_away_is_no_surname() -> None:
    forms = expand_name("Donald Trump", TRUMP)
    weak = {form.text for form in forms if form.source == "surname" and form.confidence < 0.6}
    assert {"Трамп", "Трампом", "ترامب", "特朗普", "트럼프", "트럼프는"} <= weak
    assert not any(form.text.endswith(("Трумп", "трамповский")) for form in forms)
    assert not any(form.text in ("Трамп", "ترامب", "特朗普") and form.confidence >= 0.6 for form in forms)


def test_the_likeliest_given_name_is_shown_in_its_cases_and_others_once() -> None:
    texts = [form.text for form in expand_name("Donald Trump", TRUMP)]
    assert {"Дональдом Трампом", "Donaldem Trumpem", "唐纳德·特朗普", "ودونالد ترامب"} <= set(texts)
    assert "Donaldem Trumpowi" not in texts
    assert len(texts) < 800


@pytest.mark.parametrize("also", ["Radek Sikorski", "Радек Сикорский"])
def test_a_nickname_takes_no_form_away_whether_the_surname_is_listed_or_not(also: str) -> None:
    name = "Radosław Sikorski"
    for listed in ({}, {"Sikorski": NameEntry("Sikorski", ("Сикорский", "سيكورسكي"))}):
        texts = {form.text for form in expand_name(name, {**listed, name: NameEntry(name, (also,))})}
        assert {form.text for form in expand_name(name, listed)} <= texts
        assert also in texts
