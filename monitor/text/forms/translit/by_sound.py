"""Spell names by their sounds in Chinese, Japanese, Korean and Hebrew, whose letters do not follow those of others.

A name is first written in letters of the International Phonetic Alphabet (`latin-sounds`, `cyrillic-sounds`), by each
tradition that it may be of, and from these in every such script (`sounds-chinese` and so on).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product, zip_longest
from unicodedata import normalize

from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit.arabic_greek import hebrew_of_arabic, looks_arabic, may_be_arabic
from monitor.text.forms.translit.cyrillic_to_latin import latin_spellings
from monitor.text.forms.translit.established_surnames import established_surnames
from monitor.text.forms.translit.latin_to_russian import traditions
from monitor.text.forms.translit.spelling_tables import read_tables, spelling_rules
from monitor.text.forms.translit.western_originals import looks_foreign, western_originals

SOUNDS = "abdefghijklmnoprstuvwxyzæøŋəɯʃʌʒʔʣʤʦʧʳːθ"
"""Every letter that the tables of sounds may use."""
_OF_TRADITION = {
    "greek": "romance",
    "albanian": "romance",
    "portuguese": "romance",
    "romanian": "romance",
    "chinese": "romance",
    "czech": "slavic",
    "unmarked": "slavic",
    "scandinavian": "german",
    "dutch": "german",
}
"""The tables of sounds by the traditions of `latin-russian`, where they differ."""
_MOST_SOUNDS = 16
_MOST_OF_TRADITION = 6
_MOST_CHINESE, _MOST_AS_ISRAELI = 8, 3
_MOST_ORIGINALS = 2
_SHORTEST_ESTABLISHED, _MOST_LATIN = 3, 3
_DEAREST = 0.2
"""What the likeliest spelling of a tradition and of a table may cost together: others hardly ever stand in news."""
_ISRAELI, _ISRAELI_COST, _MAYBE_ARABIC_COST = "israeli", 0.04, 0.05
_is_caucasian = re.compile("dze$|shvili$").search
_may_be_israeli = re.compile(
    "(?:sh|tz|ts|ch|kh|zv|br|dr|sm|gr|[bcdfghklmnprstvyz])?[aeiou](?:(?:sh|tz|ts|ch|kh|[bdghklmnprstvyz]){1,2}[aeiou]{1,2}|y)*"
    "(?:sh|tz|ch|[dhklmnrtv])?"
).fullmatch
"""The syllables that names of Hebrew origin have in Latin letters (own list)."""
_SOUNDS = frozenset(SOUNDS)
_only_sounds = re.compile(f"[{SOUNDS}]+").fullmatch
# What only some scripts write: Japanese long vowels and held stops, Korean the English vowels of cat and cut, Hebrew
# the r that English leaves out.
_SHORT, _ENGLISH, _SILENT = dict.fromkeys(map(ord, "ːʔ")), {ord("æ"): "a", ord("ʌ"): "a"}, {ord("ʳ"): None}
_LEFT_OUT: dict[str, dict[int, str | None]] = {
    "chinese": {**_SHORT, **_ENGLISH, **_SILENT},
    "kana": {ord("ʌ"): "a"},
    "hangul": {ord("ː"): None, **_SILENT},
    "hebrew": {**_SHORT, **_ENGLISH},
}


@lru_cache(maxsize=4096)
def sounds(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return how a lower-case word of `script` (`latin` or `cyrillic`) may sound, with costs, likeliest first."""
    # Python's lower case of İ is an i with a combining dot.
    word = word.replace("i̇", "i")
    found: dict[str, float] = {}
    for table, cost in _tables(word, script):
        letters = fold(word) if table == "english" else word
        for text, table_cost in spelling_rules(f"{script}-sounds", table).spell(letters, _MOST_OF_TRADITION):
            total = round(cost + table_cost, 2)
            if total <= _DEAREST and _only_sounds(text) and total < found.get(text, 9.0):
                found[text] = total
    return tuple(sorted(found.items(), key=lambda pair: pair[1])[:_MOST_SOUNDS])


def _tables(word: str, script: str) -> list[tuple[str, float]]:
    """Return the tables of sounds for a word, each with its cost."""
    if script == "cyrillic":
        return [("news", 0.0)]
    costs: dict[str, float] = {}
    for tradition, cost in traditions(word):
        if cost <= _DEAREST:
            table = _OF_TRADITION.get(tradition, tradition)
            costs[table] = min(cost, costs.get(table, cost))
    return list(costs.items())


@lru_cache(maxsize=4096)
def spelled_by_sound(
    word: str, script: str, target: str, most: int, *, is_arabic: bool = False
) -> tuple[tuple[str, float], ...]:
    """Return at most `most` spellings of a lower-case word in `target`, with costs: listed ones, then the likeliest.

    `target` is `chinese` (simplified characters), `kana`, `hangul` or `hebrew`, which keeps a hyphen. `is_arabic`
    tells that the word is an Arabic name, which its letters do not always show.
    """
    listed = _listed(word, script, target)
    others = spelled_by_rules(word, script, target, most, is_arabic=is_arabic)
    if script == "cyrillic" and target != "hebrew" and looks_foreign(word):
        originals = (
            spelled_by_rules(text, "latin", target, most) for text, _ in western_originals(word)[:_MOST_ORIGINALS]
        )
        others = tuple(pair for pairs in zip_longest(others, *originals) for pair in pairs if pair)
    return (*((text, 0.0) for text in listed), *(pair for pair in dict(others).items() if pair[0] not in listed))[:most]


def _listed(word: str, script: str, target: str) -> list[str]:
    """Return the listed spellings of a name, of a Cyrillic one those of its likeliest Latin spelling."""
    if script == "latin":
        return established_surnames(word, target)
    latin = [*latin_spellings(word, "en")[:_MOST_LATIN], *western_originals(word)[:_MOST_LATIN]]
    return next(filter(None, (established_surnames(text, target) for text, _ in latin)), [])


def spelled_by_rules(
    word: str, script: str, target: str, most: int, *, is_arabic: bool = False
) -> tuple[tuple[str, float], ...]:
    """Return the spellings of `spelled_by_sound` without listed ones."""
    if target == "hebrew" and "-" in word.strip("-"):
        return _hyphenated(word, script, target, most)
    found: dict[str, float] = {}
    heard_in = [("news", 0.0, *one) for one in sounds(word, script)]
    if target == "hebrew" and script == "latin":
        extra = 0.0 if is_arabic or looks_arabic(word) else _MAYBE_ARABIC_COST
        is_read_so = is_arabic or (may_be_arabic(word) if extra else not _is_caucasian(word))
        found |= {text: round(cost + extra, 2) for text, cost in hebrew_of_arabic(word).items()} if is_read_so else {}
        if _may_be_israeli(word) and not is_arabic:
            heard_in += [(_ISRAELI, _ISRAELI_COST, *one) for one in sounds(word, script)[:_MOST_AS_ISRAELI]]
    for table, extra, heard, cost in heard_in:
        for text, table_cost in spelling_rules(f"sounds-{target}", table).spell(_heard_in(heard, target), most):
            spelled, total = normalize("NFC", text), round(extra + cost + table_cost, 2)
            if total < found.get(spelled, 9.0):
                found[spelled] = total
    whole = ((text, cost) for text, cost in found.items() if cost <= _DEAREST and _SOUNDS.isdisjoint(text))
    return tuple(sorted(whole, key=lambda pair: pair[1])[:most])


def _hyphenated(word: str, script: str, target: str, most: int) -> tuple[tuple[str, float], ...]:
    """Return the spellings of a word whose parts are spelled one by one: Baharav-Miara."""
    parts = (spelled_by_sound(part, script, target, most) for part in word.split("-") if part)
    joined = (("-".join(text for text, _ in row), round(sum(cost for _, cost in row), 2)) for row in product(*parts))
    return tuple(sorted(joined, key=lambda pair: pair[1])[:most])


def _heard_in(heard: str, target: str) -> str:
    """Return the sounds that a script writes; a Chinese syllable cannot end in m, so that it has n before p and b."""
    if target != "chinese":
        return heard.translate(_LEFT_OUT[target])
    return heard.replace("æŋ", "an").translate(_LEFT_OUT[target]).replace("mp", "np").replace("mb", "nb")


def mixes_characters(text: str) -> bool:
    """Tell whether a text has both simplified and traditional characters, which no newspaper mixes."""
    simplified, traditional = _variants()
    return not (simplified.isdisjoint(text) or traditional.isdisjoint(text))


def in_other_characters(text: str) -> list[str]:
    """Return a Chinese spelling of a foreign name in traditional characters or in simplified ones, if that differs."""
    traditional = spelling_rules("simplified-traditional").spell(text, 1)[0][0]
    simplified = text.translate(_simplified())
    return [other for other in (traditional, simplified) if other != text and not mixes_characters(other)]


@cache
def _simplified() -> dict[int, str]:
    rules = (rule.split("\t") for rule in read_tables("simplified-traditional")["news"].rules)
    return {ord(traditional): simplified for simplified, traditional in rules}


@cache
def _variants() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters of the table that are simplified only, and those that are traditional only."""
    pairs = [rule.split("\t") for rule in read_tables("simplified-traditional")["news"].rules]
    return frozenset(pair[0] for pair in pairs), frozenset(pair[1] for pair in pairs)


def is_established(name: str, chinese: str) -> bool:
    """Tell whether a Chinese spelling of three characters and more of a name is a listed one, in either shape."""
    listed = _listed(name, script_of(name), "chinese")
    is_long = len(chinese) >= _SHORTEST_ESTABLISHED
    return is_long and bool(listed) and not {chinese, *in_other_characters(chinese)}.isdisjoint(listed)


def chinese_spellings(word: str, script: str) -> tuple[tuple[str, float], ...]:
    """Return spellings of a lower-case word in simplified characters, with costs, each with its traditional twin."""
    traditional = spelling_rules("simplified-traditional")
    twins: list[tuple[str, float]] = []
    for text, cost in spelled_by_sound(word, script, "chinese", _MOST_CHINESE):
        twins += [(text, cost), *((other, cost) for other, _ in traditional.spell(text, 1) if other != text)]
    return tuple(twins)
