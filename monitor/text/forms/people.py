"""Names of several words: a person's given name, initials and surname in either order, and bodies that decline."""

from __future__ import annotations

from itertools import product

from monitor.model import Form
from monitor.text.forms import cyrillic
from monitor.text.forms.known import known_spellings
from monitor.text.forms.phrases import is_phrase, phrase_cases
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import Spelling, guessed

_SURNAME_SURE = 0.5
_SURNAME_CAP = 0.55
_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "von", "van", "de", "der", "den", "di", "da", "del", "la", "le", "du"}
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})


def phrase_forms(words: list[str], source: str) -> list[Form]:
    """A written name of several words in all its cases, with initials, either order, and the surname alone."""
    written = " ".join(words)
    script = script_of(written)
    whole = Form(written, "", source, 1.0, script in CAPITALISED)
    if script not in ("latin", "cyrillic", "greek"):
        return [whole]
    if is_phrase(words):
        return [whole, *phrase_cases(written, source)]
    given, family = split_person(words)
    if not given:
        return [whole]
    forms = [whole]
    for language in cyrillic.languages_of(written) if script == "cyrillic" else ("",):
        forms += _person(given[0], Spelling(family.lower(), language, source, 0.95), family)
    return forms


def guessed_forms(words: list[str], known: frozenset[str]) -> list[Form]:
    """The same person in the scripts that nobody has written the name in yet."""
    given, family = split_person(words)
    if not given or is_phrase(words):
        return []
    firsts = [*known_spellings(given[0].lower()), *guessed(given[0].lower(), known)]
    lasts = [*known_spellings(family.lower()), *_guessed_family(family.lower(), known)]
    forms: list[Form] = []
    for last in lasts:
        mates = [first for first in firsts if _same_kind(first, last)][:3]
        for mate in mates[: 3 if last.confidence >= 0.7 else 1]:
            forms += _person(mate.text, last, confidence=mate.confidence)
    return forms


def split_person(words: list[str]) -> tuple[list[str], str]:
    """Given names and surname: `Surname, Given`, a trailing initial (Песков Д. С.) and particles are understood."""
    words = [word for word in words if word.lower() not in _SUFFIXES]
    if words and words[0].endswith(",") and len(words) > 1:
        return words[1:], words[0].rstrip(",")
    if len(words) > 1 and len(words[-1].rstrip(".")) == 1 and len(words[0]) > 2:
        return words[1:], words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return words[:start], " ".join(words[start:])


def _guessed_family(family: str, known: frozenset[str]) -> list[Spelling]:
    return guessed(family, known) if " " not in family else []


def _same_kind(first: Spelling, last: Spelling) -> bool:
    if script_of(first.text) != script_of(last.text):
        return False
    return {first.language, last.language} != {"ru", "uk"}


def _person(given: str, family: Spelling, written: str = "", confidence: float = 1.0) -> list[Form]:
    """Given name and surname in either order, the initial with the surname, and the surname alone with less weight."""
    from monitor.text.forms.names import cased

    alone = cased(family, written)
    capital = alone[0].capital
    firsts = _given_cases(given.rstrip("."), family)
    initial = given[:1].upper()
    forms = []
    for (first, sure), last in product(firsts, alone):
        both = round(min(sure, confidence) * last.confidence, 2)
        forms += [Form(f"{first} {last.text}", last.language, last.source, both, capital)]
        forms += [Form(f"{last.text} {first}", last.language, last.source, round(both * 0.95, 2), capital)]
    for last in alone if capital else []:
        near = round(min(confidence, 0.9) * last.confidence, 2)
        forms += [Form(f"{initial} {last.text}", last.language, f"{last.source}, initial", near, capital)]
        forms += [Form(f"{last.text} {initial}", last.language, f"{last.source}, initial", near, capital)]
    return forms + [Form(f.text, f.language, "surname", _weak(f), capital) for f in alone]


def _weak(form: Form) -> float:
    return min(_SURNAME_CAP, round(form.confidence * _SURNAME_SURE, 2))


def _given_cases(given: str, family: Spelling) -> list[tuple[str, float]]:
    titled = given if given != given.lower() else given[:1].upper() + given[1:]
    if len(given) == 1 or family.language not in ("ru", "uk"):
        return [(titled, 1.0)]
    cases = cyrillic.name_cases(given.lower(), family.language)
    return [(form[:1].upper() + form[1:], sure) for form, sure in cases if sure >= 0.8]
