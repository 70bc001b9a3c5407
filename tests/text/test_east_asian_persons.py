"""East Asian persons typed in Cyrillic letters, and Chinese ones in the romanisation of Taiwan."""

from __future__ import annotations

import pytest

from monitor.model import NameEntry
from monitor.text.forms import expand_name
from monitor.text.forms.east_asian_persons import persons_typed_abroad


def texts(name: str, *known: str) -> set[str]:
    return {form.text for form in persons_typed_abroad(name.split(), known)}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Хань Гоюй", {"韩 guo yu", "韓 guo yu"}),
        ("Хань Го-юй", {"韩 guo yu"}),
        ("Ван И", {"王 yi", "汪 yi"}),
        ("Си Цзиньпин", {"习 jin ping"}),
        ("Сі Цзіньпін", {"习 jin ping"}),
        ("Ли Цян", {"李 qiang"}),
        ("Cheng Li-wun", {"鄭 li wen", "成 li wen"}),
        ("Tsai Ing-wen", {"蔡 ying wen"}),
        ("Cho Jung-tai", {"卓 rong tai"}),
        ("Ko Wen-je", {"柯 wen zhe"}),
        ("Ким Мин Сок", {"김민석", "김민석은"}),
        ("Ким Минсок", {"김민석"}),
        ("Ли Чжэ Мён", {"이재명"}),
        ("Ким Чен Ын", {"김정은"}),
        ("Мотэги", {"茂木"}),
        ("Исіба", {"石破"}),
        ("Синдзиро Коидзуми", {"小泉 shin ji ro"}),
        ("Коидзуми Синдзиро", {"小泉 shin ji ro"}),
    ],
)
def test_a_person_is_read_back_to_characters_and_hangul(name: str, forms: set[str]) -> None:
    assert forms <= texts(name)
    assert forms <= {form.text for form in expand_name(name, {})}


@pytest.mark.parametrize(
    "name", ["Песков", "Иван Иванов", "Ли", "Хань Гоюй Хань", "Jean-Luc Picard", "Mary-Ann Lee", "Jean-Luc", "王 毅"]
)
def test_others_have_no_such_forms(name: str) -> None:
    assert texts(name) == set()


def test_scripts_that_a_spelling_is_listed_in_are_left_out() -> None:
    assert texts("Ли Чжэ Мён", "hangul", "han") == set()
    entries = {"хань гоюй": NameEntry("Хань Гоюй", ("韓國瑜",))}
    assert not {form.text for form in expand_name("Хань Гоюй", entries)} & {"韩 guo yu", "韓 guo yu"}
