"""Spell Arabic names of places and surnames with the article in other scripts: El Fasher, Шарм-эш-Шейх, Şarm el-Şeyh.

The article assimilates to some letters (the "sun letters": ash-Sharaa). Own tables.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from monitor.model import Form
from monitor.text.forms.case_forms import capitalised, case_forms
from monitor.text.forms.known_spellings import known_spellings
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, LikelySpelling, guessed_spellings
from monitor.text.forms.translit import romanised_spellings, spellings_at_home

_LATIN_COST = 0.05
_GUESS_CONFIDENCE = 0.86
_MOST_HEADS = 2
_MOST_SURE, _MOST_OF_OTHERS = {"arabic": 5, "hebrew": 6}, 3
_SHORTEST = 3
_article = re.compile(
    "(?:[ae]l|[ae](?:sh|ch|sch|sz|š|ş|th|dh|[dnrstz])|[аэеє][лшсднрзт]ь?|α[λς]|ε[λς])[- ](?=.{3})", re.IGNORECASE
).match
_ARTICLES = {"latin": "al el", "ru": "аль эль", "uk": "аль ель", "bg": "ал ел", "greek": "αλ ελ"}
_VOWELS = {"latin": "ae", "ru": "аэ", "uk": "ае", "bg": "ае"}
_sun_letters = re.compile("sch|sz|[sctd]h|[šşsdnrtz]|[шсднрзт]").match
_SHORTEST_ALONE = 5
"""From how many letters a Hebrew spelling needs no article to be sure."""
_BEHIND_ARTICLE = 0.7
"""The confidence of a shorter one behind its article: א-שרע."""
_is_sheikh = re.compile("sh(?:ei|ay|ai)kh").fullmatch
_SHEIKH = {"pl": "szejk", "es": "sheij"}
"""How languages write the sheikh of a place (Szarm el-Szejk), whose spellings elsewhere no table of theirs makes."""
_AS_IN_ENGLISH = "es"
"""The language that leaves the first word of a place as English has it: Sharm el Sheij."""
_HEBREW_SUN_LETTERS = "תדרזסשצטלנ"
_PLACE_WORDS = """
sharm charm şarm scharm deir dayr deyr dajr ras khan beit bayt beyt bajt umm oum tell tel tal wadi oued vadi jebel
jabal djebel cebel ain ayn marsa mersa qasr kafr kfar bir
шарм дейр хан рас бейт умм телль вади джебель айн мерса каср кафр
شرم دير راس رأس خان بيت ام أم تل وادي جبل عين مرسى قصر كفر بئر
"""
PLACE_WORDS = frozenset(_PLACE_WORDS.split())
"""Words with which Arabic places of several words begin (beach, monastery, head, inn, house, mother, hill, valley…)."""


class ArabicName(NamedTuple):
    """A name by its parts: the word of a place that it begins with, if any, whether the article follows, the rest."""

    head: str
    has_article: bool
    rest: str


def split_arabic(name: str) -> ArabicName | None:
    """Return the parts of a lower-case name with the article or the first word of a place; None for any other."""
    head, *others = re.split("[- ]", name, maxsplit=1)
    rest = "".join(others)
    if not rest or head not in PLACE_WORDS:
        head, rest = "", name
    found = _article(rest)
    attached = "ال" if head else ""
    bare = rest[found.end() :] if found else rest.removeprefix(attached)
    if " " in bare or len(bare) < _SHORTEST or not (head or found):
        return None
    return ArabicName(head, bare != rest, bare)


def arabic_name_forms(name: ArabicName, known: frozenset[str]) -> list[Form]:
    """Return the forms of a name in the scripts and languages that are not `known`, and in other Latin spellings."""
    heads = spellings_of_arabic(name.head, known) if name.head else []
    heads.sort(key=lambda head: head.text not in PLACE_WORDS)
    forms: list[Form] = []
    counts: dict[str, int] = {}
    for last in spellings_of_arabic(name.rest, known):
        column = last.language if script_of(last.text) == "cyrillic" else script_of(last.text)
        counts[column] = counts.get(column, 0) + 1
        if counts[column] > _MOST_SURE.get(column, _MOST_OF_OTHERS) and column != "latin":
            continue
        if column == "arabic":
            forms += _in_arabic([first.text for first in heads if script_of(first.text) == column], name, last)
            continue
        alike = [first for first in heads if script_of(first.text) == script_of(last.text)]
        firsts = [
            first.text
            for first in alike
            if (first.only_at_home, last.only_at_home) == (False, False)
            or first.language == last.language
            or (first.text, last.language) == (name.head, _AS_IN_ENGLISH)
        ]
        firsts = list(dict.fromkeys(firsts))[: 4 * _MOST_HEADS if column == "latin" else _MOST_HEADS]
        articles = _articles(column, last.text) if name.has_article else [""]
        if column == "hebrew" and articles[0] and not name.head:
            forms += case_forms(last._replace(text=f"{articles[0]} {last.text}", confidence=_BEHIND_ARTICLE))
            continue
        alone = case_forms(last)
        for first, article in product(firsts if name.head else [""], articles):
            before = " ".join(filter(None, (capitalised(first), article)))
            forms += [form._replace(text=f"{before} {form.text}".strip()) for form in alone]
            if first and column == "latin" and last.text.startswith(article[1:] or " "):
                # French writes an article that assimilates onto the word: Deir Ezzor.
                forms.append(alone[0]._replace(text=f"{capitalised(first)} {capitalised(article)}{last.text}"))
    return forms


def _in_arabic(heads: list[str], name: ArabicName, last: LikelySpelling) -> list[Form]:
    """Return the forms of a name in Arabic, whose article is attached to its word, and particles to the first word.

    Without the article, both words may be written together: خانيونس.
    """
    bare = last.text.removeprefix("ال") if name.has_article else last.text
    whole = f"ال{bare}" if name.has_article else bare
    spaces = (" ",) if name.has_article else (" ", "")
    texts = [f"{head}{space}{whole}" for head in heads[:_MOST_HEADS] for space in spaces] if name.head else [whole]
    return [form for text in texts for form in case_forms(last._replace(text=text))]


def spellings_of_arabic(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return a word of an Arabic name in every script, of a Latin one itself and other languages' spellings first."""
    latin = [LikelySpelling(word, "", GUESS, _GUESS_CONFIDENCE)]
    latin += [
        LikelySpelling(text, "", GUESS, round(_GUESS_CONFIDENCE - _LATIN_COST - cost, 2))
        for text, cost in romanised_spellings(word)
    ]
    latin += [
        LikelySpelling(text, language, GUESS, round(_GUESS_CONFIDENCE - _LATIN_COST - cost, 2), only_at_home=True)
        for language, text, cost in (spellings_at_home(word, is_arabic=True) if script_of(word) == "latin" else ())
    ]
    latin += [
        LikelySpelling(text, language, GUESS, _GUESS_CONFIDENCE - _LATIN_COST, only_at_home=True)
        for language, text in (_SHEIKH.items() if _is_sheikh(word) else ())
    ]
    others = [*known_spellings(word), *guessed_spellings(word, known, is_arabic=True)]
    return (
        [*latin, *(one for one in others if script_of(one.text) != "latin")] if script_of(word) == "latin" else others
    )


def _articles(column: str, text: str) -> list[str]:
    """Return the article as a script, or a language of Cyrillic, writes it before a word."""
    if column == "hebrew":
        is_short = len(text) < _SHORTEST_ALONE
        return [("א" if text[0] in _HEBREW_SUN_LETTERS else "אל") if is_short else ""]
    found = _sun_letters(text)
    assimilated = [f"{vowel}{found[0]}" for vowel in _VOWELS.get(column, "")] if found else []
    return [*_ARTICLES.get(column, "").split(), *assimilated] or [""]
