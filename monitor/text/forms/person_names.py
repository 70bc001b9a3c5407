"""Names of several words: a person's given name, initials and surname in either order, and the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from monitor.model import Form
from monitor.text.forms import cyrillic, greek
from monitor.text.forms.cased import cased, titled
from monitor.text.forms.known_spellings import is_given_name, known_spellings
from monitor.text.forms.particles import particles_in
from monitor.text.forms.script import PARTICLES, script_of
from monitor.text.forms.spellings import LikelySpelling, guessed
from monitor.text.forms.western_endings import name_endings

_parts = re.compile("[-'’ʼ]").split
_SURNAME_SHARE = 0.65
_SURNAME_CAP = 0.55
_SHORTEST_ALONE = 3
_MOST_PAIRS = 3
_MOST_MATES = 8
_SURE = 0.8
_DECLINED_SURE = 0.75
_DECLINED = ("а", "я", "й")
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})


def split_person(words: list[str]) -> tuple[list[str], str]:
    """Given names and surname: `Surname, Given`, a trailing initial (Песков Д. С.) and particles are understood."""
    words = [word for word in words if word.lower() not in _SUFFIXES]
    if len(words) < 2:
        return [], " ".join(words)
    if words[0].endswith(","):
        return words[1:], words[0].rstrip(",")
    if _is_initial(words[-1]) and not _is_initial(words[0]):
        return words[1:], words[0]
    if len(words) == 2 and is_given_name(words[1].lower()) and not is_given_name(words[0].lower()):
        return words[1:], words[0]
    if words[0].lower() in PARTICLES:
        return [], " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return words[:start], " ".join(words[start:])


def person_forms(words: list[str], source: str) -> list[Form]:
    """The written name of a person in all its cases, with initials, in either order, and the surname alone."""
    given, family = split_person(words)
    if not given or not family:
        return []
    script = script_of(family)
    languages = cyrillic.languages_of(" ".join(words)) if script == "cyrillic" else ("",)
    forms: list[Form] = []
    for language in languages:
        spelling = LikelySpelling(family.lower(), language, source, 0.97)
        forms += _person(given, spelling, cased(spelling, family), 1.0)
    return forms + (_declined_given(given[0], family, source) if script == "latin" else [])


def _declined_given(given: str, family: str, source: str) -> list[Form]:
    """The given name in its Polish and Czech cases, so that it is known beside the surname's: Donaldowi Tuskowi."""
    return [
        Form(f"{titled(form)} {family}", language, f"{source}, {language} ending", _DECLINED_SURE, True)
        for language, form, sure in name_endings(given.lower())
        if language in ("pl", "cs") and sure >= _DECLINED_SURE and len(given.rstrip(".")) > 2
    ]


def guessed_forms(words: list[str], known: frozenset[str]) -> list[Form]:
    """The same person in the scripts and languages that nobody has written the name in yet."""
    given, family = split_person(words)
    *small, surname = family.split()
    firsts = _spellings(given[0].lower().rstrip("."), known) if given else []
    forms: list[Form] = []
    for last in _spellings(surname.lower(), known):
        if (alone := _after(small, last)) is None:
            continue
        mates = [first for first in firsts if _may_stand_together(first, last)]
        most = _MOST_PAIRS if last.confidence >= _SURE else 1
        for mate in mates[:most]:
            forms += _person([mate.text], last, alone, mate.confidence)
        # Further spellings of the given name with one form: the surname beside it is then found in every case.
        others = [first for mate in mates[most:_MOST_MATES] for first, _ in _given_cases(mate.text, last)]
        forms += [alone[0]._replace(text=f"{first} {alone[0].text}") for first in others]
        forms += [] if given else alone
    return forms


def _after(small: list[str], last: LikelySpelling) -> list[Form] | None:
    """The forms of a surname behind its small words (фон дер Ляйена); None where its script has no such words."""
    script = script_of(last.text)
    written = particles_in(last.language if script == "cyrillic" else script, small) if small else []
    if written is None or "" in written:
        return None
    forms = cased(last)
    prefix = " ".join(written)
    return [form._replace(text=f"{prefix} {form.text}") for form in forms] if prefix else forms


def with_given_name(given: list[str], family: tuple[Form, ...]) -> list[Form]:
    """The forms that are known of a surname, each with the given name in its script, with its initial, and alone."""
    spelled = [LikelySpelling(given[0].lower().rstrip(".")), *_spellings(given[0].lower().rstrip("."), frozenset())]
    forms: list[Form] = []
    for last in (form for form in family if " " not in form.text and form.capital):
        mates = [first for first in spelled if script_of(first.text) == script_of(last.text)]
        for first in mates[:_MOST_PAIRS] if last.confidence >= _SURE else []:
            sure = round(min(last.confidence, first.confidence), 2)
            forms += [
                last._replace(text=f"{text} {last.text}", confidence=sure, common=False) for text in _any_case(first)
            ]
        near = round(0.9 * last.confidence, 2)
        shapes = _initials(given, mates[:_MOST_PAIRS], script_of(last.text))
        forms += [last._replace(text=f"{one} {last.text}", confidence=near, common=False) for one in shapes]
        if script_of(last.text) == "cyrillic":
            forms += [last._replace(text=f"{last.text} {one}", confidence=near, common=False) for one in shapes]
        forms += [_surname_only(last)] if _stands_alone(last.text) else []
    return forms


def _initials(given: list[str], firsts: list[LikelySpelling], script: str) -> list[str]:
    """D, and with a second given name D S, in the letters of `script`."""
    shapes = {first.text[:1].upper() for first in firsts}
    if len(given) > 1:
        seconds = [LikelySpelling(given[1].lower()), *_spellings(given[1].lower().rstrip("."), frozenset())]
        second = next((one.text[:1].upper() for one in seconds if script_of(one.text) == script), "")
        shapes |= {f"{first} {second}" for first in shapes if second}
    return sorted(shapes)


def _any_case(first: LikelySpelling) -> list[str]:
    if first.language not in ("ru", "uk"):
        return [titled(first.text)]
    return [titled(form) for form, sure in cyrillic.name_cases(first.text, first.language) if sure >= _SURE]


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 or (word.endswith(".") and len(word) <= 3)


def _spellings(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    if len(word) == 1:
        return []
    return [*known_spellings(word), *guessed(word, known)]


def _may_stand_together(first: LikelySpelling, last: LikelySpelling) -> bool:
    if script_of(first.text) != script_of(last.text):
        return False
    return {first.language, last.language} != {"ru", "uk"}


def _person(given: list[str], family: LikelySpelling, alone: list[Form], sure: float) -> list[Form]:
    """Given name and surname, the initial with the surname, and the surname alone with less weight."""
    forms = list(_full(given[0].rstrip("."), family, alone, sure))
    rare = [form for form in alone if _stands_alone(form.text)]
    return [*forms, *_with_initials(given, family, rare, sure), *map(_surname_only, rare)]


def _full(given: str, family: LikelySpelling, alone: list[Form], sure: float) -> Iterator[Form]:
    """The pairs of cases; Latin endings go with the usual order only, and rare ones are left to the surname alone."""
    first_cases = _given_cases(given, family)
    for rank, last in enumerate(alone):
        if rank and last.confidence < 0.8 * family.confidence:
            continue
        for at, (first, likely) in enumerate(first_cases):
            stands = rank == 0 and _stands_still(given, family)
            if (at == 0) != (rank == 0) and len(first_cases) > 1 and not stands:
                continue
            both = round(min(likely, sure) * last.confidence, 2)
            yield Form(f"{first} {last.text}", last.language, last.source, both, last.capital)
            if rank == 0 or (script_of(given) == "cyrillic" and sure >= 0.9):
                yield Form(f"{last.text} {first}", last.language, last.source, round(both * 0.95, 2), last.capital)


def _stands_still(given: str, family: LikelySpelling) -> bool:
    """Whether a woman's surname keeps its form beside her declined given name: Ангелы Меркель, Анне Герман."""
    return given[-1:].lower() in ("а", "я") and family.text[-1:] not in _DECLINED


def _with_initials(given: list[str], family: LikelySpelling, alone: list[Form], sure: float) -> Iterator[Form]:
    """D. Peskov, D. S. Peskov, Песков Д. С., in the cases of the surname."""
    initials = [name[:1].upper() for name in given]
    shapes = {initials[0], " ".join(initials)}
    for last, shape in product((form for form in alone if form.capital), sorted(shapes)):
        if last.confidence < 0.8 * family.confidence:
            continue
        near = round(min(sure, 0.9) * last.confidence, 2)
        yield Form(f"{shape} {last.text}", last.language, f"{last.source}, initial", near, True)
        if script_of(last.text) == "cyrillic":
            yield Form(f"{last.text} {shape}", last.language, f"{last.source}, initial", near, True)


def _stands_alone(surname: str) -> bool:
    """Whether a surname may be looked for without its given name: Un, Li and the parts of Sa'ar are words elsewhere."""
    parts = _parts(surname)
    return max(map(len, parts)) >= _SHORTEST_ALONE + (len(parts) > 1)


def _surname_only(form: Form) -> Form:
    weight = min(_SURNAME_CAP, round(form.confidence * _SURNAME_SHARE, 2))
    return Form(form.text, form.language, "surname", weight, form.capital, form.common)


def _given_cases(given: str, family: LikelySpelling) -> list[tuple[str, float]]:
    first = titled(given)
    if len(given) > 1 and script_of(given) == "greek":
        return [(first, 1.0), *((titled(form), sure) for form, sure in greek.name_cases(given.lower()))]
    if len(given) == 1 or family.language not in ("ru", "uk"):
        return [(first, 1.0)]
    cases = cyrillic.name_cases(given.lower(), family.language)
    return [(titled(form), sure) for form, sure in cases if sure >= 0.8]
