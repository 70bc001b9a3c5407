"""Chinese and Korean persons as Czech and Slovak newsrooms spell them."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_name
from monitor.text.forms.czech_transcriptions import chinese_in_czech, korean_in_czech
from monitor.text.forms.korean_names import korean_person


@pytest.mark.parametrize(
    ("pinyin", "czech"),
    [
        ("Xi Jinping", "Si Ťin-pching"),
        ("Zhang Youxia", "Čang Jou-sia"),
        ("He Lifeng", "Che Li-feng"),
        ("Cai Qi", "Cchaj Čchi"),
        ("Ding Xuexiang", "Ting Süe-siang"),
        ("Zhou Enlai", "Čou En-laj"),
        ("Ren Zhengfei", "Žen Čeng-fej"),
        ("Chen Ruiqin", "Čchen Žuej-čchin"),
        ("Wang Yi", "Wang I"),
        ("Li Shizhi", "Li Š'-č'"),
    ],
)
def test_pinyin_is_transcribed_by_syllables(pinyin: str, czech: str) -> None:
    assert czech in {form.text for form in chinese_in_czech(pinyin.split())}


@pytest.mark.parametrize(
    ("romanised", "czech"),
    [
        ("Kim Yo-jong", "Kim Jo-čong"),
        ("Lee Jae-myung", "I Če-mjong"),
        ("Han Duck-soo", "Han Tok-su"),
        ("Choe Son-hui", "Čche Son-hui"),
    ],
)
def test_korean_is_transcribed_by_the_letters_of_hangul(romanised: str, czech: str) -> None:
    assert czech in {form.text for form in korean_in_czech(korean_person(romanised.split()))}


def test_the_given_name_declines_in_czech_and_slovak() -> None:
    forms = {(form.language, form.text) for form in expand_name("He Lifeng", {}) if form.confidence >= 0.6}
    assert {("cs", "Che Li-fengem"), ("sk", "Che Li-fengom")} <= forms


def test_a_western_name_is_neither() -> None:
    assert chinese_in_czech(["Donald", "Trump"]) == []
    assert korean_in_czech(korean_person(["Donald", "Trump"])) == []
