"""Japanese persons are found between characters, kana and Latin and Cyrillic letters."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.bench.name_sets import is_matched

NAMES = [
    ("片山さつき", "en", "Finance Minister Satsuki Katayama said; Katayama Satsuki said", "Haruka Katayama said"),
    ("片山さつき", "ru", "сказала Сацуки Катаяма; сказали Сацуки Катаяме", "сказала Харука Катаяма; на Катаяме"),
    ("茂木敏充", "en", "said Toshimitsu Motegi; Toshimitsu Motegi spoke. Motegi left", "Motegi left; Mogi Kenichiro"),
    ("茂木", "en", "The Foreign Minister Motegi said", "Mogul sales fell"),
    ("石破茂", "en", "said Shigeru Ishiba", "said Shigeo Ishiba"),
    ("林芳正", "en", "said Yoshimasa Hayashi", "said Lin Fang"),
    ("大谷翔平", "en", "for Shohei Otani", "for Shota Otani"),
    ("岸田文雄", "uk", "сказав Фуміо Кісіда", "сказав Кісіда"),
    ("山田しょうこ", "en", "said Shoko Yamada", "said Seiko Yamada"),
    ("鈴木一郎", "zh", "铃木一郎抵达北京", "铃木抵达北京"),
    ("Motegi", "zh", "外务大臣茂木敏充就此作出说明", "在茂木市举行"),
    ("Motegi", "ja", "茂木外相は述べた; 自民党の茂木敏充幹事長は述べた", "茂木の町で祭りがあった"),
    ("Suzuki", "zh", "日本大臣铃木表示", "铃木在店里"),
    ("Toshimitsu Motegi", "ja", "きのう茂木敏充が会見した", "茂木健一郎が会見した"),
    ("Satsuki Katayama", "ja", "片山さつきが会見した", "片山さとみが会見した"),
    ("Shigeru Ishiba", "ja", "石破茂首相は述べた", "石破氏は述べた"),
    ("Otani", "ja", "大谷選手は述べた", "大谷石の採石場"),
]


@pytest.mark.parametrize(("name", "language", "wanted", "others"), NAMES)
def test_japanese_persons_are_found_by_the_usual_readings(name: str, language: str, wanted: str, others: str) -> None:
    rule = f'name("{name}")'
    assert [text for text in wanted.split("; ") if not is_matched(rule, language, text)] == []
    assert [text for text in others.split("; ") if is_matched(rule, language, text)] == []


def test_the_tables_are_small() -> None:
    data = files("monitor.text.forms") / "data"
    sizes = [len((data / f"{file}.txt").read_bytes()) for file in ("surnames.ja", "names.ja", "kanji.zh")]
    assert sum(sizes) < 60_000, sizes
