"""Chinese places that hold the characters of another place are not that one."""

from __future__ import annotations

import pytest

from monitor.text.forms.chinese_places import longer_chinese_places
from tests.bench.name_sets import is_matched


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rome", "罗马尼亚总统发表讲话。"),
        ("India", "印度尼西亚总统出访。"),
        ("Mali", "美国马里兰州一座大桥垮塌。"),
        ("Niger", "尼日利亚北部一所学校遭袭击。"),
        ("Guinea", "赤道几内亚发生地震。"),
        ("Lima", "货轮在塞浦路斯利马索尔港附近起火。"),
        ("Oman", "阿曼达出席会议。"),
    ],
)
def test_a_place_is_not_found_inside_another(name: str, text: str) -> None:
    assert not is_matched(f"name({name})", "zh", text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rome", "教皇在罗马发表讲话。"),
        ("India", "印度总理访问印度尼西亚。"),
        ("Taiwan", "台湾海峡局势紧张。"),
        ("Hormuz", "伊朗威胁关闭霍尔木兹海峡。"),
        ("Sudan", "南苏丹爆发冲突。"),
        ("China", "中国香港特别行政区政府宣布。"),
    ],
)
def test_a_place_is_found_alone_and_with_its_kind_or_a_direction(name: str, text: str) -> None:
    assert is_matched(f"name({name})", "zh", text)


def test_none_of_the_names_themselves_is_among_the_longer_places() -> None:
    assert "白俄罗斯" in longer_chinese_places(["俄罗斯"])
    assert longer_chinese_places(["俄罗斯", "白俄罗斯"]) == []
    assert longer_chinese_places(["Rome", "Рим"]) == []
