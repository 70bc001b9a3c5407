"""Broken plurals and feminines of Arabic words."""

from __future__ import annotations

import pytest

from monitor.text.forms import expand_word
from monitor.text.tokens import canonical


def forms(word: str) -> set[str]:
    return {canonical(form.text) for form in expand_word(word)}


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("كتاب", "كتب والكتب بالكتب"),
        ("الكتاب", "الكتب"),
        ("وزير", "وزراء الوزراء للوزراء وزيرة الوزيرة وزيرات"),
        ("رئيس", "رؤساء الرؤساء رئيسة"),
        ("مدرسة", "مدارس المدارس"),
        ("منطقة", "مناطق"),
        ("مشروع", "مشاريع"),
        ("صاروخ", "صواريخ"),
        ("شارع", "شوارع"),
        ("عاصمة", "عواصم"),
        ("سلاح", "أسلحة"),
        ("وثيقة", "وثائق"),
        ("حزب", "أحزاب"),
        ("أسبوع", "أسابيع"),
        ("قنبلة", "قنابل"),
        ("تقرير", "تقارير"),
        ("نائب", "نواب"),
        ("عدو", "أعداء"),
        ("مبنى", "المباني"),
        ("قرية", "القرى"),
        ("ميناء", "موانئ"),
        ("قناة", "قنوات"),
        ("لواء", "ألوية"),
    ],
)
def test_a_word_is_found_in_its_broken_plural(word: str, others: str) -> None:
    assert {canonical(other) for other in others.split()} <= forms(word)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("قرار", "قرر"),
        ("دفاع", "دفع"),
        ("حساب", "حسب"),
        ("سلام", "سلم"),
        ("خلاف", "خلف"),
        ("مطار", "مطر"),
        ("حقيقة", "حقق"),
        ("نقل", "نقول"),
        ("كلمة", "كلم"),
    ],
)
def test_a_pattern_that_makes_other_words_is_no_rule(word: str, others: str) -> None:
    assert forms(word).isdisjoint(canonical(other) for other in others.split())
