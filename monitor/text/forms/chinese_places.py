"""Know which Chinese places hold the characters of another name: 罗马尼亚 is Romania, and 罗马 inside it not Rome.

Own method: the places are those of CLDR and of our tables; a kind of place behind a name (市, 海峡) and a direction
before it (南) leave it what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache

from monitor.text.forms.data_files import data_lines
from monitor.text.forms.known_spellings import place_names
from monitor.text.forms.script import script_of

_FILES = ("established-places.txt", "longer-chinese-names.txt")
_PARTS_OF_STATES = ("行政区", "行政區")
_SHORTEST = 2
_is_same = re.compile(
    "[东東西南北中大小新上下]?~(?:人民|联合|聯合|民主)*(?:共和国|共和國|王国|王國|联邦|聯邦|地区|地區|地带|地帶|海峡|海峽|运河|運河|群岛|群島|半岛|半島|列岛|"
    "列島|高地|高原|走廊|山脉|山脈|特区|特區|新城|河西岸|[国國市省州区區县縣郡镇鎮城港岛島湾灣海河江湖山])?$"
).match
"""What stands around a name in a longer one of the same place, `~` for the name."""


def longer_chinese_places(names: Collection[str]) -> list[str]:
    """Return the places, none of the `names` itself, that hold one of these in Chinese characters."""
    own = {name for name in names if script_of(name) == "han"}
    holding = {longer for name in own for longer in _holding().get(name, ()) if not _is_same(longer.replace(name, "~"))}
    return sorted(holding - own)


def release() -> None:
    """Free the index; the next use reads it again (0.03 s)."""
    _holding.cache_clear()


@cache
def _holding() -> dict[str, list[str]]:
    """Return, by each part of a place of two characters and more, the places that hold it."""
    index: dict[str, list[str]] = defaultdict(list)
    for place in dict.fromkeys(filter(_is_simple, _places())):
        lengths = range(_SHORTEST, len(place))
        for part in {place[start : start + length] for length in lengths for start in range(len(place) - length + 1)}:
            index[part].append(place)
    return dict(index)


def _is_simple(place: str) -> bool:
    """Tell whether a name is no compound with the place in it: 刚果（金）, 中国香港特别行政区."""
    return place.isalpha() and not place.endswith(_PARTS_OF_STATES)


def _places() -> Iterator[str]:
    yield from place_names("han")
    for line in (line for file in _FILES for line in data_lines(file)):
        yield from (text for text in line.split(", ") if script_of(text) == "han")
