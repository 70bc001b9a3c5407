"""The maker of the foreign names in katakana: which spellings it takes."""

from __future__ import annotations

from tests.packaging.kana_names import chosen, names_of


def test_names_are_collected_with_their_kinds_and_surnames_of_full_names() -> None:
    rows = [
        ("ウォレス", "Wallace", "unclass"),
        ("ウォリス", "Wallace (rare)", "surname"),
        ("ベン・ウォレス", "Ben Wallace", "person"),
        ("ロス・アンジェルス", "Los Angeles", "place"),
        ("うぉれす", "Wallace", "surname"),
        ("リー", "Lee", "surname"),
    ]
    assert names_of(rows) == {"wallace": {"ウォレス": {"unclass", "person"}, "ウォリス": {"surname"}}}


def test_what_rules_make_is_left_out_and_only_frequent_ones_stand_beside_it() -> None:
    shares = {"ウォレス": 4e-7, "ウォリス": 1e-7}
    assert chosen(["ウォリス", "ウォレス", "ワレス"], ["ワラス"], shares) == ["ウォレス", "ウォリス"]
    assert chosen(["ウォリス", "ウォレス"], ["ウォレス"], shares) == []
