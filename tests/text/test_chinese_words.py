"""Chinese words that a name may seem to begin in, and the maker of their list."""

from __future__ import annotations

from monitor.text.forms.chinese_words import begins_in_word, lies_across_words
from tests.packaging.frequent_chinese_words import words_of


def test_a_name_that_begins_in_a_word_is_told_from_one_that_does_not() -> None:
    assert begins_in_word("纸", "张又下")
    assert begins_in_word("", "韩国与")
    assert begins_in_word("", "韓國與")
    assert not begins_in_word("日", "韩正飞")
    assert not begins_in_word("", "张又侠")


def test_a_name_across_two_words_is_none() -> None:
    assert lies_across_words("平均身", "高盛", "传已超过")
    assert lies_across_words("给她泼", "上汽", "油")
    assert not lies_across_words("投行", "高盛", "下调")
    assert not lies_across_words("针对", "华为", "的制裁")
    assert not lies_across_words("该公司", "机电", "产品")


def test_words_of_two_characters_with_a_surname_or_an_end_of_a_name_are_taken_in_both_shapes() -> None:
    words = ["纸张", "纸", "我们", "张开口", "汽油", "身高", "高兴"]
    assert words_of(words, {"张"}, ["上汽", "高盛"], lambda word: word.replace("张", "張")) == [
        *("纸张", "纸張"),
        *("汽油", "身高"),
    ]
