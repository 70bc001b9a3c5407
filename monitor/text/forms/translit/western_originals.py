"""Read a foreign name in Cyrillic letters back to the letters of the language that it comes from.

Own method: the letters show which languages a name may come from; each has a table (`data/russian-western.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from monitor.text.forms.script import fold
from monitor.text.forms.translit.cyrillic_to_latin import latin_spellings
from monitor.text.forms.translit.slavic_sounds import sounds_of_ukrainian
from monitor.text.forms.translit.spelling_tables import spelling_rules

_slavic = re.compile(
    "(?:[оеё]в[ао]?|[бвгджзклмнпрстфхцчшщ]ын|[сц]ь?к(?:ий|ая|а|и|ое|ой|ого)|[нтвмл]ый|ая|[ноечш]ко|[аиуея]йло|чук|юк|"
    "[оея]вич|швили|дзе|[а-яёіїє]{3}янц?|[оеёи]вец|ець|город|поль|[оеиі]вка|\\w{3}[^иыо]ск|[бвгджзклмнпрстфхцчшщ]н?ое|ичи)$"
).search
"""Endings of Russian, Ukrainian and Caucasian names, and of places."""
_foreign = re.compile(
    "дж|(?<!^)э|у[аиоэ]|^[шщ][тп]|ау|оу|[оеаиу]ю|[ае]й[бвгджзклмнпрстф]|лл|фф|тт|рр|кс|ц[еи]|ль[бвгдзмнпртфхц]|"
    "[лртм]ю|[бвгджзклмнпрстфхцчш]ъ|[лрмднзстг]ё|[бвгджзлмнпрстфхцчш](?:о|у|и|ен|он|ер|ор|ан|арт|инг|сон|ман|анд|ард)$|ф|х|"
    "ер[тнгцс]|нг$|[лрн]т$|[лн]с$|[лр]ц$"
).search
"""Letters and endings that names of these languages seldom have."""
_chinese = re.compile(
    "^(?:(?:чж|цз|[бпмфдтнлгкхжчшсцв])?(?:[яаэуиюё]о|ао|у?ай|у?эй|уй|оу|юй|юэ|уа|эр|"
    "(?:[аэиуяю]|уа|юа)н(?:[ьъ]|(?![аеиоуыэюя]))|[аоэиыуяеёю]))+$"
)
_japanese = re.compile("^(?:(?:дз|кк|тт|сс|пп|[кгсзтднхбпмрфвц])?[аиуэоеяюё]й?|н(?![аиуэоеяюё]))+$")
_TABLES = {
    "chinese": (0.5, 0.0, _chinese),
    "japanese": (0.5, 0.0, _japanese),
    "english": (0.1, 0.06, re.compile("дж|у[аиоэ]|э|ер$|сон$|тон$|ъ|ью|[ае]й|уэ|и$|ман$|инг$|[рт]амп|анс$|лл|ван$")),
    "german": (0.1, 0.06, re.compile("шт|шп|[рлнь]ц|ц|ай|ль|ман$|ер$|ё|ю|ау|х|линг|берг|ель$")),
    "french": (0.1, 0.06, re.compile("[оеуэ]$|ль$|[аео]н$|ж|ь[ео]|ар$|ю|уа|^л[ею]|а[нл]ш|ипп")),
    "romance": (0.1, 0.06, re.compile("[аоиес]$|ч|дж|тт")),
    "polish": (0.5, 0.06, re.compile("[ая]к$|[шжч]|щ|ц|сь|нь|ув$|ик$")),
    "plain": (0.12, 0.06, re.compile("дж|ай|[ашр]а|у$|и$|ш|х|иа")),
    "dutch": (0.5, 0.06, re.compile("сх|ст?ра$|ма$|ей|ю|в[ае]|ёй|стра")),
    "scandinavian": (0.5, 0.06, re.compile("с[ео]н$|ё|стр|йе|кс")),
    "hungarian": (0.5, 0.06, re.compile("дь|нь|йя|ш$|чи$|ачи|ди$")),
}
"""For each table what a name costs without its pattern, with one match of it, and that pattern."""
_ANOTHER_MATCH = 0.03
"""What each further match makes it cheaper."""
_DEAREST = 0.4
_MOST_OF_TABLE = 6
_tripled = re.compile(r"(.)\1\1+").sub
_is_latin = re.compile("[a-zß-ž-]+").fullmatch
_SHORTEST = 3
_MOST, _MOST_DOUBTFUL = 9, 6
_DECLINED = ("pl", "cs")
_DECLINED_COST, _MOST_DECLINED = 0.02, 2
_FROM_UKRAINIAN = str.maketrans("іїєґ", "ииег")


def foreign_spellings(word: str, language: str, conventions: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Yield (Latin spelling, language whose endings it takes, cost) of a foreign name in Cyrillic, in lower case.

    The likeliest originals take Polish and Czech endings. A name that is foreign for certain is also spelled letter by
    letter by each of the `conventions`, without endings; `language` (`ru`, `uk` or `bg`) tells how it sounds.
    """
    if not may_be_foreign(word):
        return
    is_certain = looks_foreign(word)
    originals = western_originals(word)[: _MOST if is_certain else _MOST_DOUBTFUL]
    for text, cost in originals:
        yield text, "", cost
    for declined in _DECLINED:
        yield from ((text, declined, round(cost + _DECLINED_COST, 2)) for text, cost in originals[:_MOST_DECLINED])
    sounds = sounds_of_ukrainian(word) if language == "uk" else word
    for convention in conventions if is_certain else ():
        yield from ((text, "", cost) for text, cost in latin_spellings(sounds, convention)[:1])


@lru_cache(maxsize=4096)
def looks_foreign(word: str) -> bool:
    """Tell whether a lower-case Cyrillic name has letters or an ending that East Slavic names seldom have."""
    return may_be_foreign(word) and _foreign(_russian(word)) is not None


@lru_cache(maxsize=4096)
def may_be_foreign(word: str) -> bool:
    """Tell whether a lower-case Cyrillic name has no ending of a Russian, Ukrainian or Caucasian one."""
    return _slavic(word) is None


@lru_cache(maxsize=4096)
def western_originals(word: str) -> tuple[tuple[str, float], ...]:
    """Return the Latin spellings that a lower-case Cyrillic name may stand for, with costs, cheapest first."""
    found: dict[str, tuple[float, str]] = {}
    for letters in _readings(word):
        for table, extra in _tables(letters):
            for spelled, more in spelling_rules("russian-western", table).spell(letters, _MOST_OF_TABLE):
                text, cost = _tripled(r"\1\1", spelled), round(extra + more, 2)
                if _is_latin(text) and cost < found.get(fold(text), (_DEAREST, ""))[0]:
                    found[fold(text)] = (cost, text)
    return tuple((text, cost) for cost, text in sorted(found.values())[:_MOST])


def _tables(letters: str) -> Iterator[tuple[str, float]]:
    """Yield the tables of the languages that a name may come from, with the cost of each."""
    for table, (without, likely, pattern) in _TABLES.items():
        if len(letters) < _SHORTEST and table != "chinese":
            continue
        matches = len(pattern.findall(letters))
        cost = max(0.0, likely - _ANOTHER_MATCH * (matches - 1)) if matches else without
        if cost < _DEAREST:
            yield table, cost


def _readings(word: str) -> list[str]:
    """Return a Ukrainian word in Russian letters: a г at its beginning may be a foreign h; any other as it is."""
    russian = _russian(word)
    return [russian, f"х{russian[1:]}"] if word != russian and word.startswith("г") else [russian]


def _russian(word: str) -> str:
    return word.translate(_FROM_UKRAINIAN)
