"""The reader of words and a slow one, which knows no table and no expression, agree on texts of every script."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.text import tokenize
from tests.query.naive.tokens import tokens

LETTERS = [
    *("a", "B", "é", "e\u0301", "ß", "ﬁ", "ſ", "ı", "İ", "I", "i", "i\u0307", "ﷺ", "½", "①", "ａ", "Ω", "ς", "ά", "ǅ"),
    *("я", "Ё", "ё", "е\u0308", "й", "и\u0306", "Й", "ї", "і\u0308", "є", "ґ", "ў", "с", "c", "о", "o", "п", "Р", "P"),
    *(
        "م",
        "أ",
        "ا\u0654",
        "آ",
        "ى",
        "ـ",
        "\u0650",
        "٣",
        "ש",
        "\u05b0",
        "ก",
        "ำ",
        "า",
        "ั",
        "中",
        "会",
        "々",
        "あ",
        "が",
    ),
    *("ی", "ک", "ة", "ہ", "ڤ", "ٱ", "على", "وعلى", "مصطفى", "۴", "๒", "៣", "000", "12", "1,000", "١٬٠٠٠", "1\u202f000"),
    *("カ", "\u3099", "ﾊ", "ﾟ", "ー", "한", "\u1112\u1161\u11ab", "म", "ु", "्", "১", "က", "ា", "ລ", "7", "𝐚", "𠀀"),
]
SIGNS = [
    *(",", "٬", "\u202f", "\u2009"),
    *(" ", "\n", "\u00a0", "\u2028", ".", "-", "—", "_", "*", "?", "™", "©", "€", "😀", "\x00", "\ud800", "\U000e0001"),
    *("'", "’", "ʼ", "`", "´", "′", "＇", "՚", '"', "“", "„", "«", "\u00ad", "\u200b", "\u200d", "\u200e", "\u202e"),
    *("\u0301", "\u0306", "\u0308", "\u0327", "\u20dd", "\ufe0f", "\ufeff", "\u0378", "\ue000", "\U0001e900"),
]


def same(text: str) -> None:
    assert [(word, start, end) for word, start, end in tokenize(text)] == list(tokens(text)), ascii(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*LETTERS, *LETTERS, *SIGNS]), max_size=12).map("".join))
@example("об’єкт don’t Пеcков Peskоv")
@example("İstanbul'da ИСТАНБУЛ'ДА \u00adпере\u00adго\u0301во\u200bры")
def test_a_text_of_many_scripts_has_the_same_words(text: str) -> None:
    same(text)


@pytest.mark.parametrize("middle", SIGNS, ids=ascii)
def test_every_sign_between_two_letters_cuts_or_joins_alike(middle: str) -> None:
    for left in LETTERS:
        for right in "aў中م":
            same(f"{left}{middle}{right}")


def test_every_two_letters_side_by_side_are_cut_and_folded_alike() -> None:
    for left in LETTERS:
        for right in LETTERS:
            same(f"{left}{right}")
