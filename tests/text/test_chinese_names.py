"""Chinese persons by their names in pinyin."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.model import Article, Outlet
from monitor.query import Scope, compile_query, document
from monitor.text.forms import expand_name, expand_word
from monitor.text.forms.chinese_names import chinese_person
from monitor.text.forms.readings import is_read

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def is_found(name: str, text: str) -> bool:
    compiled = compile_query(
        "rule", f'name("{name}")', Scope(words=expand_word, names=lambda one: expand_name(one, {}))
    )
    article = Article("outlet", "", "", body=text, language="zh")
    return compiled.match(document(article, Outlet("outlet", "", ())), NOW) is not None


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Zhang Youxia", "张 you xia"),
        ("Zhang You-xia", "張 you xia"),
        ("Li Qiang", "李 qiang"),
        ("Li Xi'an", "李 xi an"),
        ("Ouyang Xiu", "欧阳 xiu"),
    ],
)
def test_a_name_in_pinyin_is_divided_into_syllables(name: str, form: str) -> None:
    assert form in [each.text for each in chinese_person(name.split())]


@pytest.mark.parametrize("name", ["Gavin Newsom", "Li", "Li Smith", "Wang Xiaoxiaoxiao", "Li -", "Smith Li"])
def test_what_is_no_chinese_name_has_no_forms(name: str) -> None:
    assert chinese_person(name.split()) == []


def test_a_syllable_stands_for_each_character_of_names_that_is_read_so() -> None:
    assert is_read("侠", "xia")
    assert is_read("俠", "xia")
    assert not is_read("国", "xia")
    assert not is_read("", "xia")


@pytest.mark.parametrize("text", ["总理李强会见客人。", "周五李强表示欢迎。", "總理李強會見客人。"])
def test_one_syllable_is_found_beside_a_title_or_a_verb(text: str) -> None:
    assert is_found("Li Qiang", text)


@pytest.mark.parametrize("text", ["，李强，", "桃李强壮。", "总理李 强调合作。"])
def test_one_syllable_is_not_found_without_one(text: str) -> None:
    assert not is_found("Li Qiang", text)


def test_two_syllables_are_found_at_a_pause_and_not_within_other_words() -> None:
    assert is_found("Zhang Youxia", "周五，张又侠与何卫东到场。")
    assert is_found("Ouyang Xiu", "大使欧阳修到场。")
    assert not is_found("Gao Dejian", "全港最高的建筑。")
    assert is_found("Gao Dejian", "全港最高的建筑。——高德建（Gao Dejian）")
