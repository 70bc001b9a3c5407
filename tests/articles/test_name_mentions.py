"""An article is read for names: where known ones stand, and which words may be names that nothing finds."""

from __future__ import annotations

from monitor.articles.name_mentions import KnownSpan, read_for_names


def test_known_names_and_unknown_capitals_with_what_stands_beside_them() -> None:
    body = "Губернатор Гэвин Ньюсам говорил с Трампом. Трамп молчал."
    spans = [KnownSpan("Trump", 1, body.index("Трампом"), body.index("Трампом") + 7)]
    known, unknown, small = read_for_names(("Закон подписан", body), spans)
    ((trump,),) = known.values()
    assert (trump.word, trump.part, trump.before) == ("Трампом", 1, ("говорил", "с"))
    by_word = {place.word: place for place in unknown}
    assert sorted(by_word) == ["Губернатор", "Гэвин", "Закон", "Ньюсам", "Трамп"]
    assert (by_word["Ньюсам"].before, by_word["Ньюсам"].after) == (("Губернатор", "Гэвин"), "говорил")
    assert body[by_word["Ньюсам"].start : by_word["Ньюсам"].end] == "Ньюсам"
    assert {"подписан", "говорил", "молчал"} <= small
    assert "губернатор" not in small


def test_nothing_stands_beside_a_word_across_a_mark() -> None:
    _, unknown, _ = read_for_names(("", "Met Kallas, Rutte and Ahmed al-Sharaa: Macron"), [])
    beside = {place.word: (place.before, place.after) for place in unknown}
    assert beside["Rutte"] == ((), "and")
    assert beside["Sharaa"] == (("Ahmed", "al"), "")
    assert beside["Macron"] == ((), "")


def test_words_of_scripts_without_capitals_may_be_names_and_short_ones_are_not() -> None:
    _, unknown, _ = read_for_names(("التقى ستيف ويتكووف", "Ko Li 佩斯科夫"), [])
    assert [place.word for place in unknown] == ["التقى", "ستيف", "ويتكووف"]


def test_the_dot_of_chinese_and_japanese_shows_where_a_foreign_name_stands() -> None:
    body = "州长加文·纽瑟姆签署法案。知事ギャビン・ニューサムは署名した。唐纳德·特朗普"
    spans = [KnownSpan("Trump", 1, body.index("特朗普"), len(body))]
    _, unknown, _ = read_for_names(("", body), spans)
    assert [(place.word, place.before) for place in unknown] == [("纽瑟姆", ("加文",)), ("ニューサム", ("ギャビン",))]
    assert [body[place.start : place.end] for place in unknown] == ["纽瑟姆", "ニューサム"]
