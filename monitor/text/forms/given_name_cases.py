"""Decline the given names of persons as Polish, Czech, Slovak and Romanian news does, to be found beside the surname.

Confidences are own estimates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product

from monitor.model import Form
from monitor.text.forms import cyrillic
from monitor.text.forms.agreement import agree
from monitor.text.forms.case_forms import capitalised
from monitor.text.forms.czech_women import WOMANS_SURNAME, womans_names
from monitor.text.forms.known_spellings import is_given_name, known_spellings
from monitor.text.forms.name_endings import name_endings
from monitor.text.forms.script import script_of
from monitor.text.forms.spellings import GUESS, LikelySpelling
from monitor.text.forms.translit import czech_spellings, latin_spellings, sounds_of_ukrainian
from monitor.text.forms.vocatives import LANGUAGES as WITH_VOCATIVES
from monitor.text.forms.vocatives import vocatives

_SHORTEST_DECLINED = 2
_SHORT_SURNAME = 3
"""Up to how many letters a surname is not searched alone."""
_LIKELY = 0.8
"""From which confidence on a form is paired with several others."""
_MIN_DECLINED = 0.75
_MIN_DECLINED_OF_BODIES = 0.7
_ROMANIAN = "ro"
CONVENTIONS = {"pl": "pl", "cs": "cs", "sk": "cs"}
"""The languages that decline given names, and by whose convention each spells Slavic ones."""
_MOST_SPELLINGS = 2
_never = {
    "pl": re.compile("v|[aeiou]y|y[aeiou]|sh|zh|kh|ts|ou|ii$|[rtn]y$").search,
    "cs": re.compile("w|[aeiou]y|y[aeiou]|sh|zh|kh|ts|ou|ii$|[rtn]y$").search,
}
"""Letters of listed given names that the convention of a language does not write."""
_ORIGINALS = ("ru", "uk")


def declined_given(given: str, family: str, source: str) -> list[Form]:
    """Return the given name in its Polish, Czech and Slovak cases, to be found beside the surname's: Donaldowi Tuskowi.

    A Romanian surname stays as it is behind a woman's name in the genitive: Oanei Țoiu.
    A surname too short to be searched alone is declined here (Nicusora Dana). What is no given name may be the first
    word of a body (Unii Europejskiej), whose less likely endings count, too.
    """
    if len(given.rstrip(".")) <= _SHORTEST_DECLINED:
        return []
    least = _MIN_DECLINED if is_given_name(given.lower()) else _MIN_DECLINED_OF_BODIES
    forms = []
    of_family, of_given = name_endings(family.lower()), name_endings(given.lower())
    for language in ("pl", "cs", "sk", _ROMANIAN):
        families = [(form, share) for one, form, share in of_family if one == language != _ROMANIAN]
        firsts = [form for one, form, share in of_given if one == language and share >= least]
        pairs = [(first, family) for first in firsts] + _called(given, family, language)
        pairs += [
            (first, capitalised(last))
            for first, (last, share) in product(firsts, families)
            if len(family) <= _SHORT_SURNAME or (share >= _LIKELY and agree(first, last))
        ]
        forms += [
            Form(f"{capitalised(first)} {last}", language, f"{source}, {language} ending", _MIN_DECLINED, True)
            for first, last in pairs
        ]
    *particles, surname = family.split()
    return forms + [
        Form(
            " ".join([capitalised(first), *particles, capitalised(last)]),
            "cs",
            f"{source}, {WOMANS_SURNAME}",
            0.8,
            True,
        )
        for spelled in (surname.lower(), *(text for text, _ in czech_spellings(surname.lower())))
        for first, last in womans_names(given.lower(), spelled)
    ]


def _called(given: str, family: str, language: str) -> list[tuple[str, str]]:
    """Return the vocatives of both names, and the surname as it is behind that of the given name: Petře Fialo."""
    if language not in WITH_VOCATIVES:
        return []
    lasts = [family, *map(capitalised, vocatives(family.lower(), language))]
    return list(product(vocatives(given.lower(), language), lasts))


def declined_abroad(
    given: str, family: str, firsts: Iterable[LikelySpelling], surnames: Iterable[LikelySpelling]
) -> list[Form]:
    """Return a person whose given name these languages spell otherwise, with that name in its cases: Siergiejem Ławrow.

    The surname stays as it is there, since beside a given name it is matched in every case. `given` is in lower case,
    and `surnames` are those of `surnames_abroad`.
    """
    by_convention = {one.language: one.text for one in surnames}
    forms = []
    for language, convention in CONVENTIONS.items():
        surname = capitalised(by_convention.get(convention, family))
        for spelled in _as_spelled_in(convention, given, firsts):
            cases = [form for one, form, share in name_endings(spelled) if one == language and share >= _LIKELY]
            forms += [
                Form(f"{capitalised(first)} {surname}", language, f"{GUESS}, {language} ending", _MIN_DECLINED, True)
                for first in (spelled, *dict.fromkeys(cases))
            ]
    return forms


def surnames_abroad(lasts: Iterable[LikelySpelling]) -> list[LikelySpelling]:
    """Return the likeliest spelling of a surname in each of the conventions, which tells by whose endings it declines.

    A spelling of several languages (Putin) is listed for one of them only, or for all without any endings.
    """
    latin = [one for one in lasts if script_of(one.text) == "latin"]
    found = []
    for convention in sorted(set(CONVENTIONS.values())):
        own = [one for one in latin if one.language == convention] or [one for one in latin if not one.language]
        found += [one._replace(language=convention) for one in own[:1]]
    return found


def _as_spelled_in(convention: str, given: str, firsts: Iterable[LikelySpelling]) -> list[str]:
    """Return a Slavic given name as a language may spell it, any other that is typed in another script as abroad."""
    if not is_given_name(given):
        latin = [one.text for one in firsts if script_of(one.text) == "latin"]
        return latin[:_MOST_SPELLINGS] if script_of(given) != "latin" else []
    written = [LikelySpelling(given, language) for language in cyrillic.languages_of(given)]
    known = known_spellings(given)
    originals = [one for one in (*written, *known) if script_of(one.text) == "cyrillic"]
    spelled = [text for one in originals if one.language in _ORIGINALS for text in _by_convention(one, convention)]
    listed = [one.text for one in known if script_of(one.text) == "latin" and not _never[convention](one.text)]
    return [text for text in dict.fromkeys((*spelled, *listed)) if text != given]


def _by_convention(original: LikelySpelling, convention: str) -> list[str]:
    sounds = sounds_of_ukrainian(original.text) if original.language == "uk" else original.text
    return [text for text, _ in latin_spellings(sounds, convention)[:_MOST_SPELLINGS]]
