"""Form the surnames that Czech gives to foreign women: Merkel is Merkelová.

The endings follow the article on feminine surnames of the Internetová jazyková příručka of the Ústav pro jazyk český
(https://prirucka.ujc.cas.cz/). Which names are foreign is an own heuristic, since of a Czech name the form would be
another person's: Novák's wife is Nováková.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.model import Form
from monitor.text.forms.dictionary import is_listed
from monitor.text.forms.name_endings import name_endings

WOMANS_SURNAME = "cs feminine"
"""The kind of the ending of Merkelová."""
_SHORTEST = 3
_MIN_CONFIDENCE = 0.8
_is_czech = re.compile("[ěščřžýťďňů]|[aeiouá]k$|[eě]ch?$|ka$|[cklr]o$|la$|[iu]ra$|[oe]v$").search
_is_ukrainian = re.compile("enko$").search
_ENDS_OF_WOMEN = ("a", "а", "я")
"""The last letters of given names that are taken for women's, in Latin and in Cyrillic."""
_takes_no_ending = re.compile("ov[aá]$|[áýí]$|sk[aiy]$|sk[iy]j$|aya$").search
_is_russian_womans = re.compile("(?:[oe]v|in)a$").search
_is_accusative = re.compile("[uí]$").search


def womans_surname(name: str) -> tuple[str, ...]:
    """Return the feminine of a lower-case surname and its cases; none of a name that takes no ending."""
    if len(name) < _SHORTEST or _takes_no_ending(name) or not name[-1].isalpha():
        return ()
    return _with_endings(name)


def foreign_womans_surname(name: str) -> tuple[str, ...]:
    """Return the feminine of a lower-case surname by itself, if it is neither a Czech one nor like one."""
    if eastern := eastern_womans_surname(name):
        return eastern
    return () if _is_czech(name) or is_listed(name, "cs") else womans_surname(name)


def eastern_womans_surname(name: str) -> tuple[str, ...]:
    """Return what Czech makes of a woman's Russian or Ukrainian surname in lower case; of others nothing.

    It is zacharovová of zacharova, and tymošenková of tymošenko.
    """
    return _with_endings(name) if _is_russian_womans(name) or _is_ukrainian(name) else ()


def of_gender(forms: Iterable[Form], given: str, confidence: float) -> list[Form]:
    """Return the forms of a surname behind a given name: feminine ones with `confidence` behind a woman's, else none.

    A given name on -a or -я is taken for a woman's: Julija Tymošenková, not Petro Porošenková.
    """
    is_woman = given[-1:].lower() in _ENDS_OF_WOMEN
    return [
        form._replace(confidence=confidence) if form.source.endswith(WOMANS_SURNAME) else form
        for form in forms
        if is_woman or not form.source.endswith(WOMANS_SURNAME)
    ]


def womans_names(given: str, family: str) -> list[tuple[str, str]]:
    """Return the lower-case given name and feminine surname of a woman in their cases, as pairs: angely merkelové."""
    surname = womans_surname(family)
    pairs = [(given, one) for one in surname]
    for first in _womans_cases(given) if surname else ():
        _, genitive, accusative = surname
        pairs += [(first, genitive)] if not _is_accusative(first) else []
        pairs += [(first, accusative)] if first[-1] in "iíu" else []
    return pairs


def _womans_cases(given: str) -> list[str]:
    """Return a given name on -a or -e in its other cases; of any other name none, since most are indeclinable."""
    cases = name_endings(given) if given[-1] in "ae" else []
    found = {form for language, form, share in cases if language == "cs" and share >= _MIN_CONFIDENCE}
    return sorted(form for form in found - {given} if not form.endswith("ovi"))


def _with_endings(name: str) -> tuple[str, ...]:
    stem = name[:-1] if name[-1] in "ao" else name
    return tuple(f"{stem}{ending}" for ending in ("ová", "ové", "ovou"))
