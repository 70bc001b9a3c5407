from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.text import canonical, is_mixed, tokenize, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peskov said: no.", "peskov said no"),
        ("Straße STRASSE", "strasse strasse"),
        ("ﬁsh ｗｉｄｅ ① ㎏", "fish wide 1 kg"),
        ("naïve café Ångström résumé", "naive cafe angstrom resume"),
        ("Песко́в", "песков"),
        ("Ёлка ёж елка", "елка еж елка"),
        ("йод Йод и\u0306од", "йод йод йод"),
        ("їжа і\u0308жа", "їжа їжа"),
        ("ўсё", "усе"),
        ("İstanbul ISTANBUL ıstanbul istanbul", "istanbul istanbul istanbul istanbul"),
        ("об'єкт об’єкт обʼєкт об`єкт об＇єкт", "обєкт обєкт обєкт обєкт обєкт"),
        ('об"єкт об”єкт', "обєкт обєкт"),
        ("Пєсков'їв Д’Артаньян", "пєсковїв дартаньян"),
        ('ООО"Газпром"', "ооо газпром"),
        ("don't don’t donʼt Peskov'un l’accord", "don t don t don t peskov un l accord"),
        ("пере\u00adго\u200bво\u2060ры", "переговоры"),
        ("\u200bPeskov\ufeff", "peskov"),
        ("state-run U.S. 3.5 snake_case", "state run u s 3 5 snake case"),
        ("北京会谈iPhone手机", "北 京 会 谈 iphone 手 机"),
        ("東京タワー がﾊﾟﾝ", "東 京 タ ワ ー が パ ン"),
        ("ไทย นำ นํา", "ไ ท ย นํา นํา"),
        ("한국어 대통령", "한국어 대통령"),
        ("\u0628\u0650\u064a\u0633\u0652\u0643\u0648\u0641", "بيسكوف"),
        ("أحمد إسطنبول آل محمـــد", "احمد اسطنبول ال محمد"),
        ("मुझे हिन्दी", "मुझे हिन्दी"),
        ("Пеcков Peskоv", "песков peskov"),
        ("Пескóв Пécкова", "песков пескова"),
        ("iPhoneом", "iphoneом"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("½", "1 2"),
        ("مصطفى مصطفي غزة غزه", "مصطفي مصطفي غزه غزه"),
        ("کیهان كيهان لاہور لاهور بيسكوڤ", "كيهان كيهان لاهور لاهور بيسكوف"),
        ("على وعلى علي الى", "على وعلى علي الى"),
        ("٢٠٢٦ ۱۴۰۳ २०२६ ๒๕๖๙ ២០២៦ ２０２６", "2026 1403 2026 2569 2026 2026"),
        ("1,000 1.000.000 1\u00a0000 1\u202f000 1'000 1’000 ١٬٠٠٠", "1000 1000000 1000 1000 1000 1000 1000"),
        ("1,0000 12,34 2024,100 5,000,00 1,234.56 1,234.567", "1 0000 12 34 2024 100 5000 00 1234 56 1234 567"),
        ("F16,000 1,000th 10 000 $1,000.", "f16 000 1000th 10 000 1000"),
        ("Foo™ Bar©", "foo bar"),
        ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
        ("", ""),
        ("— … !?", ""),
    ],
)
def test_words_of_every_language_are_folded_alike(text: str, words: str) -> None:
    assert canonical(text) == words


@pytest.mark.parametrize(
    ("text", "number", "original"),
    [
        ("The ﬁsh", 1, "ﬁsh"),
        ("в пере\u00adговорах", 1, "пере\u00adговорах"),
        ("Песко́в молчит", 0, "Песко́в"),
        ("the ﷺ end", 2, "ﷺ"),
        ("the ﷺ end", 5, "end"),
        ("½ done", 2, "done"),
        ("北京会谈", 2, "会"),
        ("some 1,000 men", 1, "1,000"),
        ("some 1,000 men", 2, "men"),
        ("İstanbul'da", 0, "İstanbul"),
    ],
)
def test_places_are_those_of_the_original_text(text: str, number: int, original: str) -> None:
    _, start, end = tokenize(text)[number]
    assert text[start:end] == original


@settings(max_examples=500)
@given(st.text())
def test_any_text_has_words_in_order_and_folding_twice_changes_nothing(text: str) -> None:
    read = tokenize(text)
    assert len(read) == len(read.words) == len(read.spans) == len(list(read))
    last = 0
    for word, start, end in read:
        assert word
        assert last <= start < end <= len(text) or text[start:end]
        last = start
        assert all(char.isalnum() or category(char)[0] == "M" for char in word)
    assert canonical(canonical(text)) == canonical(text)


@settings(max_examples=500)
@given(st.lists(st.sampled_from(["Песков", "don't", "北京", "ﷺ", "ﬁsh", "é", "5"]), min_size=1))
def test_words_do_not_depend_on_their_neighbours(words: list[str]) -> None:
    assert canonical(" ".join(words)) == " ".join(canonical(word) for word in words)


_LETTERS = "[0-9A-Za-zÀ-ľŁ-ɏ]{1,9}|[0-9Ѐ-҂Ҋ-ԯ]{1,9}|[0-9ء-ؿف-يٱ-ۓ]{1,9}|[Α-ΡΣ-Ωα-ωΆά-ίό-ώ]{1,9}"


@settings(max_examples=500)
@given(st.from_regex(re.compile(_LETTERS), fullmatch=True))
def test_the_fast_way_folds_as_the_slow_way_does(word: str) -> None:
    spellings, folded = tokens._split(word)[1::2], tokens._split_and_fold(word)
    assert [one for raw in spellings for one in tokens._words_of(raw)] == folded


def test_what_is_remembered_is_bounded() -> None:
    for start in range(0, 300_000, 30_000):
        tokenize(" ".join(f"w{number}" for number in range(start, start + 30_000)))
        assert len(tokens._folded) <= tokens.REMEMBERED
    assert canonical("W1 w299999") == "w1 w299999"


@pytest.mark.parametrize(
    ("word", "mixed"),
    [("Пеcков", True), ("Песков", False), ("Peskоv", True), ("iPhoneом", False), ("Peskov", False), ("cор", True)],
)
def test_letters_of_another_alphabet_are_noticed(word: str, mixed: bool) -> None:
    assert is_mixed(word) is mixed


@pytest.mark.parametrize("text", ["\u104dб ½", "½", "a ½ b", "™ ½ ﷺ x"])
def test_places_are_right_where_a_spelling_is_several_words_and_another_none(text: str) -> None:
    for token in tokenize(text):
        assert token.text in canonical(text[token.start : token.end]).split()


@given(st.text(), st.integers(0, 50))
def test_one_place_asked_for_is_the_place_that_all_of_them_give(text: str, number: int) -> None:
    if words := tokenize(text).words:
        place = number % len(words)
        assert tokenize(text).span(place) == tokenize(text).spans[place]
        start, end = tokenize(text).span(place)
        assert words[place] in tokenize(text[start:end]).words
