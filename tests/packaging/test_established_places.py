"""How the cities of the world in Chinese, Japanese and Korean are selected."""

from __future__ import annotations

from typing import Any

from tests.packaging.established_places import line_of


def city(name: str, *others: str, country: str = "FR", population: int = 500_000) -> dict[str, Any]:
    return {"name": name, "countrycode": country, "population": population, "alternatenames": list(others)}


def shapes(text: str) -> list[str]:
    return [text, text.replace("马", "馬")] if "马" in text else [text]


def test_a_city_has_its_names_in_characters_in_both_shapes_and_in_kana_and_hangul() -> None:
    named = city("Nowhereville", "诺维尔马市", "ノーウェアビル", "노웨어빌시", "Nigdzie", "ウェ")
    assert line_of(named, (), shapes) == ["Nowhereville", "诺维尔马", "诺维尔馬", "ノーウェアビル", "노웨어빌"]


def test_a_short_name_is_taken_only_if_it_is_chosen_and_a_word_is_marked() -> None:
    assert line_of(city("Nowhereville", "三河", "リヨン", "미리"), (), shapes) == ["Nowhereville", "リヨン"]
    assert line_of(city("Nowhereville", "奥斯汀"), (), shapes) == ["Nowhereville", "~奥斯汀"]


def test_a_small_city_one_that_is_taken_and_one_of_east_asia_are_left_out() -> None:
    assert line_of(city("Nowhereville", "诺维尔", population=100_000), (), shapes) == []
    assert line_of(city("Nowhereville", "诺维尔"), {"nowhereville"}, shapes) == []
    assert line_of(city("Nowhereville", "诺维尔", country="TW"), (), shapes) == []
