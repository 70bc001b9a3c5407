"""Guessed spellings in scripts without capitals count beside a title, behind a dot, or by themselves when long."""

from __future__ import annotations

import pytest

from monitor.model import Form
from tests.query.reading import article, found, named

NAMES = named(
    Newsom=[
        Form("Newsom", capital=True),
        Form("纽森", confidence=0.57),
        Form("ニューサム", confidence=0.57),
        Form("뉴섬", confidence=0.57),
        Form("ניוסם", confidence=0.57),
    ],
    Peskov=[Form("Peskov", capital=True), Form("佩斯科夫", confidence=0.57)],
    Brown=[Form("Brown", capital=True), Form("ブラウン", confidence=0.57), Form("브라운", confidence=0.57)],
    Gavin_Newsom=[
        Form("Gavin Newsom", capital=True),
        Form("加文·纽森", confidence=0.7),
        Form("纽森", source="surname", confidence=0.37),
    ],
)

SHORT = named(
    Short=[Form("Short", capital=True)]
    + [Form(text, confidence=0.57) for text in ("纽森", "メルツ", "ベース", "サッカー", "밴스", "조사")]
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("州长纽森抵达北京。", ["纽森"]),
        ("纽森州长抵达北京。", ["纽森"]),
        ("纽森表示欢迎。", ["纽森"]),
        ("加文·纽森在北京。", ["纽森"]),
        ("巴西总统纽森希望访华。", ["纽森"]),
        ("与巴西纽森总统会谈。", ["纽森"]),
        ("纽森（Newsom）在北京。", ["纽森", "Newsom"]),
        ("昨天纽森在北京。", None),
        ("州长纽森特抵达北京。", None),
        ("阿纽森州长抵达北京。", None),
        ("州长纽、森抵达北京。", None),
        ("ニューサム氏は否定した。", ["ニューサム"]),
        ("昨日ニューサムが述べた。", ["ニューサム"]),
        ("ギャビン・ニューサムが述べた。", ["ニューサム"]),
        ("ニューサムズ社が発表した。", None),
        ("アニューサムが述べた。", None),
        ("뉴섬 주지사는 서명했다.", ["뉴섬"]),
        ("뉴섬 캘리포니아 주지사는 서명했다.", ["뉴섬"]),
        ("뉴섬 거리가 붐빈다.", None),
        ("거리는 뉴섬. 주지사는 서명했다.", None),
        ("הנשיא ניוסם חתם.", ["ניוסם"]),
        ("מושל קליפורניה ניוסם חתם.", ["ניוסם"]),
        ("ניוסם אמר דבר.", ["ניוסם"]),
        ("ראיתי ניוסם ברחוב.", None),
    ],
)
def test_a_guess_counts_beside_a_title_a_dot_or_a_verb(text: str, wanted: list[str] | None) -> None:
    assert found("name(Newsom)", text, NAMES) == wanted


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        ("name(Peskov)", "昨天佩斯科夫在北京。", ["佩斯科夫"]),
        ("name(Peskov)", "昨天佩斯科夫娜在北京。", None),
        ("name(Brown)", "ブラウンの靴を買った。", None),
        ("name(Brown)", "ブラウン氏の靴を買った。", ["ブラウン"]),
        ("name(Brown)", "브라운 총리의 구두.", None),
    ],
)
def test_a_long_guess_counts_by_itself_unless_it_is_a_word(rule: str, text: str, wanted: list[str] | None) -> None:
    assert found(rule, text, NAMES) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("昨天，国务卿纽森在柏林。", "纽森"),
        ("昨天，最高执行官（CEO）纽森在柏林。", "纽森"),
        ("昨天，亿万富翁纽森在柏林。", "纽森"),
        ("昨天纽森参议员在柏林。", "纽森"),
        ("昨天纽森政府拒绝评论。", "纽森"),
        ("纽森29日表示欢迎。", "纽森"),
        ("纽森周二则表示欢迎。", "纽森"),
        ("昨天纽森与他在柏林。", None),
        ("昨日、メルツ独首相は着いた。", "メルツ"),
        ("昨日、メルツ・ドイツ首相は着いた。", "メルツ"),
        ("昨日、メルツ次期大統領は着いた。", "メルツ"),
        ("昨日、メルツ最高経営責任者は着いた。", "メルツ"),
        ("昨日、首相メルツは着いた。", "メルツ"),
        ("俳優のメルツが着いた。", "メルツ"),
        ("最高経営責任者（CEO）のメルツが着いた。", "メルツ"),
        ("昨日、メルツは雨だった。", None),
        ("首相官邸のメルツが壊れた。", None),
        ("ベース監督が着いた。", "ベース"),
        ("監督のベースが壊れた。", None),
        ("サッカー選手が着いた。", None),
        ("어제 밴스 부총리는 도착했다.", "밴스"),
        ("어제 밴스 행정부는 발표했다.", "밴스"),
        ("어제 밴스 왕은 도착했다.", "밴스"),
        ("어제 밴스 전 장관이 도착했다.", "밴스"),
        ("어제 밴스 CEO가 도착했다.", "밴스"),
        ("어제 배우 밴스, 도쿄에 도착했다.", "밴스"),
        ("어제 밴스 왕복 항공권을 샀다.", None),
        ("어제 밴스 거리 정부 청사.", None),
        ("조사 위원장은 말했다.", None),
    ],
)
def test_a_title_or_role_on_either_side_marks_a_short_guess(text: str, wanted: str | None) -> None:
    assert found("name(Short)", text, SHORT) == ([wanted] if wanted else None)


def test_a_surname_alone_needs_the_whole_name_in_the_article() -> None:
    assert found("name(Gavin_Newsom)", "州长纽森表示欢迎。", NAMES) is None
    assert found("name(Gavin_Newsom)", "加文·纽森是州长。纽森表示欢迎。", NAMES) == ["加文·纽森", "纽森"]


SCOTT = named(Scott=[Form("سكت", confidence=0.55)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("قال مارك سكت إن القانون جاهز", ["سكت"]),
        ("سكت الوزير ولم يجب", None),
        ("انتهى كلام مارك. سكت الناس", None),
    ],
)
def test_a_doubtful_arabic_spelling_counts_behind_a_given_name(text: str, wanted: list[str] | None) -> None:
    assert found("name(Scott)", article(text, language="ar"), SCOTT) == wanted
