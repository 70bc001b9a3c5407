"""Read a Slavic name in Latin letters, whatever language's convention it is spelled in, back to its originals.

Own method: the letters show which conventions a spelling may follow; each has a table (`data/latin-slavic.txt`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from monitor.text.forms.script import fold
from monitor.text.forms.translit.cyrillic_to_latin import latin_spellings
from monitor.text.forms.translit.russian_ukrainian import russian_from_ukrainian
from monitor.text.forms.translit.spelling_tables import read_tables, spelling_rules

_PLACE = re.compile(
    "(?:"
    r"[^aeiouys]sk|[aeiouy]\w*[aeiouy]sk|(?:ts|[eui]z|[ntp]ei?c|chn|iec)k|[nv]ski?e|[gh]rado?|[gh]orod|grod|"
    r"\w{3}(?:pol[ei]?|pil)|[eio]vka|(?:vts|vz|vc)[iy]|ovez|iec|[aeo]vec|iv|[bdghjkmnstvz]ov[eo]|[^u]evo|tomi?[eiy]rz?|"
    "i?ch[iy]|itsch[iy]|itch[iy]|icze|ovyt?s?ch|[aeou]dych|(?:[ae]|[aeo]v)icz|(?:zh|[ou]j|sch)n[eyi]|i[ijy]a|zja|cja|"
    r"tsia|ytsya|itsa|[nr]zya|(?:sh|ch|u)ky|\w{3}[eo]zh|odar|[lrst]ava|y[ij]|yol|zium|(?:[aeiou]k|sh|zh|sk)ino|omel|nkoi|ych|"
    "[pd]ill[ijy]a|pilla|ajne|zhaine"
    ")$|"
    "^(?:novo|staro|krasno|ni(?:zh|j|sch|z)n|verkhn|t?s?ch[eo]rn[oi]|cz[ae]rno|severo|sieviero|sjevjero|vladi[kvm]|"
    "[ijy]?ekater|o?ust-|tsch|tch|vs|zb|zd|zl|zm|hl|hr|dn|mst|khm|ye[fkv]|yela)"
)
"""Beginnings and endings of Slavic places in Latin spelling, marks and w folded; own list."""
_NAME_ENDING = re.compile(
    r"\w(?:sh|ch)vili$|\w\w(?:idze|adze)$|\w{3}(?:[yi]an|enko|chuk|ko[vw]a?|[no][vw]a|[yn]uk|yak|zya|tsya)$"
)
"""Endings of surnames from the Baltic to Central Asia, in the English reading of another convention; own list."""
_LETTERS = re.compile(
    r"dzh|dsch|dż|shch|szcz|chtch|schtsch|y[sz]h|(?:ou|kh|tch)\w{1,4}[dklnrtvz]ine$|"
    "(?:sh[mkp]|[kchp]r|sv)y[bdghklmnprstvz][aou]|[bdlmnprstvz][yj][au][bdgkmnprstvz]"
)
"""Letters that hardly any but Slavic names have side by side."""
_CONVENTION = re.compile(
    "tsch|^sch[^mnlw]|^sch[mnlw]y|^ch[mvk]y|tch|(?<![cq])ou|cz|sz|[žščçşıïłńśćżźąę]|[^ao]w[^aeiouy]|[bdmnprstvz]j[au]|"
    r"[aeo]j[wvsgtk]|[aiu]dse$|\w{3}[aeoi]jan$|(?:sh|ch|zh|ts)\w*i[áa]n$|i[jy]oje[vw]$|\w{4}owa$|\w{3}[ij]ewa$"
)
"""Letters that show a convention other than the English one."""
_MAYBE = re.compile("[vzk]|sh|ch|[bcdfghklmnprstvz]y[bcdfghklmnprstvz]|[yi][au]")
_WESTERN = re.compile(
    "ll|tt|ff|rr|pp|bb|dd|gg|mm|[aeou][eo]|[aeou]i|[ao]u|[aeo]w|[aeiou]h|[tpgw]h|ck|x|q|c(?!h)|w|j|ng|uo|nz|ab|mc|^al|"
    "(?<![sckz])h[aei]|ke|rt|"
    "(?:[ae]y|ay[ea]|[^nvkp]e|[ae]z|[ae]r|[ae]rds?|son|ton|[rln]d|nt|[aeiou]s|io|[rtnsdl]o|i|el|[ao]n)$"
)
"""What makes it possible that a longer spelling is Slavic although its ending does not tell, and what excludes it."""
_MAYBE_LENGTH = 5
MAYBE_COST = 0.17
"""What a reading as Slavic costs where only the letters make it possible."""
_UNLIKELY = re.compile("[a-zß-ɏ]|[аеёиоуыэюяєї]ы|ии(?!$)|[аеёиоуыэюяєї]{3}|[бвгджзклмнпрстфхцчшщ]ї|ї[^влнжкдзмтр]|льы")
"""Latin letters that no table has, and what neither language writes."""
_PLAIN = str.maketrans({"w": "v", "ł": "l", "'": ""})
_COST_WITHOUT_MARKS = 0.1
_MOST = 6
_MOST_READINGS = 3
_FROM_UKRAINIAN = str.maketrans({"г": "һ", "ґ": "г", "и": "ы", "і": "и", "е": "э"})


class Original(NamedTuple):
    """A lower-case Cyrillic word, its language (`ru` or `uk`), and the cost of the reading (0 and more)."""

    text: str
    language: str
    cost: float


def sounds_of_ukrainian(word: str) -> str:
    """Return a lower-case Ukrainian word in the letters of `data/latin-slavic.txt`, in which г is g and һ is h."""
    return word.translate(_FROM_UKRAINIAN)


@lru_cache(maxsize=4096)
def looks_like_slavic_place(word: str) -> bool:
    """Tell whether a Latin spelling, or its sounds in English, have the beginning or ending of a Slavic place."""
    lower = word.lower()
    as_typed, *sounds = _in_english(lower)
    ends_so = any(map(_PLACE.search, (as_typed, *sounds))) or any(map(_NAME_ENDING.search, sounds))
    return ends_so or any(map(_LETTERS.search, (lower, *sounds)))


@lru_cache(maxsize=4096)
def may_be_slavic(word: str) -> bool:
    """Tell whether a Latin spelling of five letters and more has nothing that Slavic names do not have (Brovary)."""
    return any(
        len(text) >= _MAYBE_LENGTH and _MAYBE.search(text) and not _WESTERN.search(text)
        for text in _in_english(word.lower())
    )


@lru_cache(maxsize=4096)
def _in_english(word: str) -> tuple[str, ...]:
    """Return a lower-case spelling without marks, and as English writes what a convention that it shows makes of it."""
    readings = slavic_sounds(word)[:_MOST_READINGS] if _CONVENTION.search(word) else ()
    sounds = [text for text, cost in readings if cost < _COST_WITHOUT_MARKS]
    return (fold(word).translate(_PLAIN), *(text for one in sounds for text, _ in latin_spellings(one, "uk")[:1]))


@lru_cache(maxsize=4096)
def slavic_sounds(word: str) -> tuple[tuple[str, float], ...]:
    """Return the likely sounds of a lower-case Latin `word` with costs, cheapest first."""
    word = word.replace("i̇", "i")
    found: dict[str, float] = {}
    for name, marks, never in _conventions():
        if never.search(word):
            continue
        extra = 0.0 if name == "english" or marks.search(word) else _COST_WITHOUT_MARKS
        for text, cost in spelling_rules("latin-slavic", name).spell(word, _MOST):
            found[text] = min(found.get(text, 9.0), round(cost + extra, 2))
    cyrillic = ((text, cost) for text, cost in found.items() if not _UNLIKELY.search(text))
    return tuple(sorted(cyrillic, key=lambda pair: pair[1])[:_MOST])


@cache
def _conventions() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Return each convention of the file with the patterns of its header, and what none of them writes."""
    tables = read_tables("latin-slavic")
    nowhere = tables["common"].header["never"]
    return tuple(
        (name, re.compile(table.header["marks"]), re.compile(f"{nowhere}|{table.header['never']}"))
        for name, table in tables.items()
        if "marks" in table.header
    )


@lru_cache(maxsize=4096)
def slavic_originals(word: str) -> tuple[Original, ...]:
    """Return the Russian and Ukrainian words that a lower-case Latin `word` may stand for, cheapest first."""
    found: dict[tuple[str, str], float] = {}
    for sounds, cost in slavic_sounds(word):
        ukrainian = spelling_rules("slavic-cyrillic", "ukrainian").spell(sounds, 3)
        russian = spelling_rules("slavic-cyrillic", "russian").spell(sounds, 3)
        russian += [(text, near + more) for one, near in ukrainian[:1] for text, more in russian_from_ukrainian(one)]
        for language, spelled in (("ru", russian), ("uk", ukrainian)):
            for text, more in spelled:
                found[text, language] = min(found.get((text, language), 9.0), round(cost + more, 2))
    return tuple(sorted((Original(*key, cost) for key, cost in found.items()), key=lambda one: one.cost))
