"""Form the broken plurals and feminines of Arabic words, whose vowels change around the root: وزير, وزراء.

The most frequent patterns of K. Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapter 7. A pattern
stands here only if what it makes of other words is hardly ever a word.
"""

from __future__ import annotations

import re

from monitor.text.forms.script import fold

CONFIDENCE = 0.75
_ROOT = "[^اوىيةء ]"
_WEAK = "[^اىةء ]"
# Frequent nouns whose plural no pattern tells, as the same pattern makes other words: كتاب, كتب, but قرار is not قرر.
_NOUNS = """
كتاب كتب
مدينة مدن
سفينة سفن
صحيفة صحف
طريق طرق
جزيرة جزر
رجل رجال
جبل جبال
بلد بلاد بلدان
طالب طلاب طلبة
عامل عمال
ضابط ضباط
حاكم حكام
نائب نواب
قائد قادة
مريض مرضى
قتيل قتلى
جريح جرحى
أسير أسرى
ضحية ضحايا
قضية قضايا
دولة دول
صورة صور
قصة قصص
خطة خطط
جثة جثث
قمة قمم
تهمة تهم
غرفة غرف
لجنة لجان
سنة سنوات
قوة قوات
مهمة مهام
قانون قوانين
طفل أطفال
ابن أبناء
صديق أصدقاء
طبيب أطباء
يوم أيام
شيء أشياء
حرب حروب
جيش جيوش
بيت بيوت
حق حقوق
شهر شهور أشهر
شعب شعوب
وفد وفود
حد حدود
بنك بنوك
ملك ملوك
قلب قلوب
جسر جسور
سجن سجون
جندي جنود
امرأة نساء
"""
# A pattern and its plurals: C is a letter of the root, W one that may also be و or ي, figures are those in order.
_TABLE = """
اCCوC    ا1ا2ي3
اCيC     ا12اء
WWC      ا12ا3
WCاC     ا123ة
WاCC     1وا23
WاCCة    1وا23
CاCوC    1وا2ي3
CييC     1و2اء
WCيC     123اء
WCيCة    12اي3
مCCC     م1ا23
مCCCة    م1ا23
CCCCة    12ا34
مCCوC    م1ا2ي3
CCCوC    12ا3ي4
CCCاC    12ا3ي4
تCCيC    ت1ا2ي3
"""
_FEMININE = ("WCيC", "CييC", "WاCC", "مCCوC")


def _compiled(shape: str) -> re.Pattern[str]:
    """Return a shape of the table as a regular expression with a group for each letter of the root."""
    return re.compile(f"^{shape.replace('C', f'({_ROOT})').replace('W', f'({_WEAK})')}$")


_PLURALS = {noun: plurals for noun, *plurals in map(str.split, fold(_NOUNS).strip().splitlines())}
_ROWS = [(_compiled(shape), plurals) for shape, *plurals in map(str.split, _TABLE.strip().splitlines())]
_FEMININE_SHAPES = [_compiled(shape) for shape in _FEMININE]


def broken_plurals(word: str) -> list[str]:
    """Return the plurals of a folded word without article, as far as the word itself or its shape tells them."""
    if word in _PLURALS:
        return _PLURALS[word]
    found = next(((match, plurals) for shape, plurals in _ROWS if (match := shape.match(word))), None)
    if found is None:
        return []
    match, plurals = found
    return [re.sub(r"\d", lambda place: match[int(place[0])], plural) for plural in plurals]


def feminines(word: str) -> list[str]:
    """Return the feminine of a folded word whose shape is that of an adjective or of somebody who does something."""
    if any(shape.match(word) for shape in _FEMININE_SHAPES):
        return [f"{word}ة", f"{word}ات"]
    return []
