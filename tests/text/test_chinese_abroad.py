from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.chinese_abroad import chinese_person_abroad


@pytest.mark.parametrize(
    ("name", "korean", "hebrew"),
    [
        ("Zhang Youxia", "장유샤", "ג'אנג יואושיה"),
        ("Xi Jinping", "시진핑", "שי ג'ינפינג"),
        ("Hu Jintao", "후진타오", "חו ג'ינטאו"),
        ("Li Keqiang", "리커창", "לי קצ'יאנג"),
        ("Wang Wenbin", "왕원빈", "וואנג וונבין"),
        ("Jiang Zemin", "장쩌민", "ג'יאנג דזמין"),
        ("Dong Jun", "둥쥔", "דונג ג'ון"),
        ("Zhou Yaping", "저우야핑", "ג'ואו יאפינג"),
        ("Ding Xuexiang", "딩쉐샹", "דינג שואשיאנג"),
    ],
)
def test_a_name_in_pinyin_is_spelled_by_its_syllables(name: str, korean: str, hebrew: str) -> None:
    texts = [form.text for form in chinese_person_abroad(name.split())]
    assert texts[0] == korean
    assert hebrew in texts
    assert f"{korean}은" in texts or f"{korean}는" in texts


def test_two_syllables_are_no_proof() -> None:
    confidences = {form.text: form.confidence for name in ("Wang Yi", "Zhang Youxia") for form in expand_name(name, {})}
    assert confidences["왕이"] < 0.6 < confidences["장유샤"]


@pytest.mark.parametrize("name", ["Jack Ma", "Donald Trump", "Lee Jae-myung", "Zhang"])
def test_what_is_no_pinyin_is_not_spelled_so(name: str) -> None:
    assert chinese_person_abroad(name.split()) == []
