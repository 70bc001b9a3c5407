"""The maker of the gazetteer of East Asia: which names of a city it takes."""

from __future__ import annotations

from typing import Any

from tests.packaging.east_asian_places import line_of, own_names

POHANG = {
    "geonameid": 1,
    "name": "Pohang",
    "countrycode": "KR",
    "population": 492_041,
    "alternatenames": [
        "Geijitsu",
        "KPO",
        "P’ohang-dong",
        "Pohang-si",
        "Phohang",
        "pohang",
        "포항",
        "포항시",
        "ポハンシ",
    ],
}
TRADITIONAL = {"武汉": "武漢", "武汉市": "武漢市"}


def own(*cities: dict[str, Any]) -> dict[int, list[str]]:
    readings = {"武汉": "wuhan", "武漢": "wuhan", "江夏": "jiangxia"}
    return own_names(cities, lambda text: [text, TRADITIONAL.get(text, text)], lambda text: readings.get(text, ""))


def city(country: str, number: int, name: str, *names: str, population: int = 1) -> dict[str, Any]:
    return {
        "geonameid": number,
        "name": name,
        "countrycode": country,
        "population": population,
        "alternatenames": list(names),
    }


def test_names_of_the_same_sounds_and_those_in_its_own_letters_are_taken() -> None:
    assert line_of(POHANG, own(POHANG)[1], frozenset()) == ["Pohang", "Phohang", "own:포항", "ポハンシ"]


def test_a_chinese_city_has_both_shapes_of_what_is_read_as_its_name() -> None:
    assert own(city("CN", 1, "Wuhan", "武汉市", "江夏")) == {1: ["武汉", "武漢"]}


def test_a_name_belongs_to_the_largest_city_and_an_ordinary_word_keeps_the_word_for_city() -> None:
    small, large = city("KR", 1, "Gwangju", "광주"), city("KR", 2, "Gwangju", "광주", population=9)
    assert own(small, large) == {1: [], 2: ["광주"]}
    assert own(city("KR", 1, "Gongju", "공주", "공주시")) == {1: ["공주시"]}
