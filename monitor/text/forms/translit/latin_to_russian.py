"""From Latin letters to Russian ones: one table for each spelling tradition, and which traditions a name may be of."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.spelling_rules import Readings
from monitor.text.forms.translit.traditions import TRADITIONS

_MARKED = {
    "turkish": re.compile("[şğıİ]|oğlu$|oglu$|han$"),
    "polish": re.compile("[łńśćżźąę]|sz|cz|rz|[cs]ki$|[cs]ka$"),
    "german": re.compile("[äöüß]|sch|tz|mann$|ck|berg$|stein$|ei|hl|th|ll?er$"),
    "french": re.compile("[éèêëçâîô]|eau|oux?$|[aei]t$|ier$|ard$|^d[eu]|^l[ea]|ch|ois$|ette?$|gn|que"),
    "romance": re.compile("[ñãõáíóú]|[aeioz]$|ez$|es$|os$|gh|cch|zz|cci"),
    "japanese": re.compile("^(?:(?:[kgsztdnhbpmrfwy]|sh|ch|ts|j|[knhmrgbp]y)?[aiueo]|n(?![aiueo])|oh)+$"),
    "slavic": re.compile(
        "(ov|ev|off|eff|ow|ew|in|yn|sk[iy]+|skij|sky|ski|ova|eva|ina|yna|aya|aia|aja|[iy]ch|enko|uk|yuk|iuk|"
        "[ao]k|ets|iy|yy|ii|iants|yan|ts|shvili|dze|kh.*|zh.*|shch.*|ka|ko|ik|ich|ov[iy]ch)$"
    ),
}
_UNMARKED = {
    "japanese": 0.5,
    "turkish": 0.5,
    "polish": 0.5,
    "german": 0.1,
    "french": 0.3,
    "romance": 0.2,
    "slavic": 0.08,
    "english": 0.0,
}
_MOST = 24


@cache
def _table(tradition: str) -> Readings:
    return Readings(TRADITIONS[tradition])


def looks_slavic(word: str) -> bool:
    """Whether a Latin spelling ends as Russian and Ukrainian names do."""
    return bool(_MARKED["slavic"].search(word.lower()))


def _traditions(word: str) -> list[tuple[str, float]]:
    """Each tradition with what a reading in it costs: little where the spelling shows its marks."""
    slavic = looks_slavic(word)
    chosen = []
    for tradition, unmarked in _UNMARKED.items():
        marked = tradition in _MARKED and _MARKED[tradition].search(word)
        cost = (0.0 if marked else unmarked) + (0.14 if slavic and tradition != "slavic" else 0.0)
        if cost < 0.4:
            chosen.append((tradition, cost))
    return chosen


@lru_cache(maxsize=4096)
def russian_spellings(word: str) -> tuple[tuple[str, float], ...]:
    """Lower-case Russian spellings of a Latin `word`, each with its cost from 0, cheapest first."""
    word = word.lower().replace("i̇", "i")
    found: dict[str, float] = {}
    for tradition, cost in _traditions(word):
        letters = word if tradition in ("turkish", "polish", "german", "french", "romance") else fold(word)
        for text, price in _table(tradition).read(letters):
            spelled = _tidy(text)
            if price + cost < found.get(spelled, 9.0):
                found[spelled] = price + cost
    cyrillic = ((text, cost) for text, cost in found.items() if not re.search("[a-zß-ɏ]", text))
    return tuple(sorted(cyrillic, key=lambda pair: pair[1])[:_MOST])


def _tidy(text: str) -> str:
    text = re.sub(r"(.)\1\1+", r"\1\1", text)
    return re.sub(r"[ьъ](?=[аоуыэьъ])", "", text)
