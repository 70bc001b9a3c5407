"""Spell given names that are “servant of” somebody in the ways of each language: Abdul Latif, Abdüllatif."""

from __future__ import annotations

import re

from monitor.text.forms.arabic_names import spellings_of_arabic, split_arabic
from monitor.text.forms.known_spellings import given_spellings
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.spellings import GUESS, GUESS_CONFIDENCE, LikelySpelling

SERVANTS = frozenset(
    ["abd", "abdel", "abdul", "abdal", "abdoul", "абд", "абдель", "абдэль", "абдул", "абдуль", "абдал", "عبد", "עבד"]
)
"""“Servant of”, with which many Arabic given names begin; the word behind it, with the article, tells them apart."""
_in_one_word = re.compile(
    "(?:abd(?:[aeu]|ou)l|абд[еуэа]ль?|عبدال)[- ]?(?=.{4})|(?:abd(?:[aeu]|ou)|абд[еуэа])([rsndtzрснтдз])(?=\\1.{3})"
).match
_JOINED = {"latin": ("abdul", "abdel"), "cyrillic": ("абдул", "абдель"), "arabic": ("عبدال",)}
_MOST_BARE, _MOST_JOINED = 4, 2


def servants_of(given: list[str]) -> str:
    """Return the word behind “servant of” without its article: latif of Abdul Latif; empty for any other name."""
    first = fold(given[0].lower()) if given else ""
    if first in SERVANTS and len(given) > 1:
        arabic = split_arabic(given[1].lower())
        return arabic.rest if arabic else given[1].lower().removeprefix("ال")
    found = _in_one_word(first)
    return first[found.end() :] if found else ""


def servants_spellings(joined: str, bare: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Return the spellings of a name of a servant: `joined` as it is typed in one word, and made of those of `bare`.

    A spelling without “servant” counts only behind it (see `monitor.query.terms.servant_names`): Abd al-Hamid.
    """
    listed = [one for key in (joined, f"abdul{bare}", f"abdel{bare}") if key for one in given_spellings(key)]
    scripts = {script_of(one.text) for one in listed} & {"arabic"}
    found = [LikelySpelling(bare, "", GUESS, GUESS_CONFIDENCE)] if script_of(bare) == "latin" else []
    found += [*given_spellings(bare), *spellings_of_arabic(bare, known | scripts)]
    bares: dict[str, list[LikelySpelling]] = {}
    for one in dict.fromkeys(found):
        several = bares.setdefault(one.language or script_of(one.text), [])
        several += [one] if len(several) < _MOST_BARE and fold(one.text) not in map(_folded, several) else []
    together = [
        one._replace(text=f"{servant}{_without_article(one.text)}")
        for several in bares.values()
        for one in several[:_MOST_JOINED]
        for servant in _JOINED.get(script_of(one.text), ())
    ]
    arabic = [one for one in (*listed, *together) if script_of(one.text) == "arabic"]
    behind = [one._replace(text=f"ال{_without_article(one.text)}") for one in arabic]
    apart = [one for several in bares.values() for one in several if script_of(one.text) != "arabic"]
    return list(dict.fromkeys([*listed, *behind, *apart, *together]))


def _folded(spelling: LikelySpelling) -> str:
    return fold(spelling.text)


def _without_article(text: str) -> str:
    return text.removeprefix("عبد").removeprefix("ال")
