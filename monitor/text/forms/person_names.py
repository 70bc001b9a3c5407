"""Inflect names of persons: given name, initials and surname in either order, and the surname alone.

Confidences are own estimates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from monitor.model import Form
from monitor.text.forms import arabic_words, cyrillic, greek
from monitor.text.forms.affixes import is_of_person, with_hebrew_prefix
from monitor.text.forms.arabic_names import PLACE_WORDS, spellings_of_arabic, split_arabic
from monitor.text.forms.belarusian_names import BELARUSIAN
from monitor.text.forms.case_forms import capitalised, case_forms
from monitor.text.forms.czech_women import WOMANS_SURNAME, of_gender
from monitor.text.forms.given_name_cases import CONVENTIONS, declined_abroad, declined_given, surnames_abroad
from monitor.text.forms.given_names import given_name_spellings, name_spellings
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.particles import SMALL_WORDS
from monitor.text.forms.persian_bodies import persian_bodies
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.spellings import GUESS, LikelySpelling, guessed_spellings
from monitor.text.forms.surnames_behind_particles import after_particles
from monitor.text.forms.told_traditions import told_first, told_spellings_of_person
from monitor.text.forms.translit import mixes_characters

_dotted_initials = re.compile(r"(?:[^\W\d_]\.){2,}").fullmatch
_parts = re.compile("[-'’ʼ]").split
SURNAME = "surname"
"""The source of a surname alone."""
_SURNAME_SHARE = 0.65
_SURNAME_CAP = 0.55
_LEAST_OF_CASE_ALONE = 0.5
"""What a surname alone has at least in a case of a language that declines the given name before it, too."""
_MIN_LENGTH_ALONE = 3
_MOST_PAIRS = 3
_MOST_LATIN = 14
MOST_GIVEN_SPELLINGS = 8
"""How many spellings of a given name are set before each surname."""
_BY_SOUND = frozenset({"han", "kana", "hangul", "hebrew"})
BOTH_NAMES = 0.7
"""The confidence of two guesses without capitals that prove each other."""
_LEAST_OF_CASES = 0.6
"""From which confidence on both names are looked for in Russian or Ukrainian cases; below, no form counts alone."""
_LEAST_OF_BOTH = 0.62
"""What a surname beside an unlikely spelling of its given name has at least, unless it has less alone."""
_BEHIND_INITIAL = 0.9
_LEAST_BESIDE = 0.5
"""What a Hebrew surname, or one read from Arabic, has at least beside its given name."""
_AS_WRITTEN = 0.95
MIN_SURE = 0.8
"""From which confidence on a form is paired with several others."""
_DECLINED = ("а", "я", "й")
# Ден Браун is Dan Brown in Ukrainian, and Ден Сяопин Deng Xiaoping in Bulgarian.
_ALSO_GIVEN = frozenset({"ден"})
_ALBERT = "Al"
"""With a capital perhaps a given name, and not the Arabic article: Al Gore."""
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii"})


def split_person(words: list[str]) -> tuple[list[str], str]:
    """Split into given names and surname, also for `Surname, Given`, final initials (Песков Д. С.) and particles."""
    words = [part for word in words if word.lower() not in _SUFFIXES for part in _apart(word)] or words
    if len(words) < 2:
        return [], " ".join(words)
    before_comma = words[0].rstrip(",")
    if before_comma not in ("", words[0]):
        return words[1:], before_comma
    if _is_initial(words[-1]) and not _is_initial(words[0]):
        return words[1:], words[0]
    if len(words) == 2 and is_given_name(words[1].lower()) and not is_given_name(words[0].lower()):
        return words[1:], words[0]
    is_small = words[0] != _ALBERT and words[0].lower() in SMALL_WORDS - _ALSO_GIVEN
    if is_small or words[0].lower() in PLACE_WORDS:
        return [], " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in SMALL_WORDS:
        start -= 1
    return words[:start], " ".join(words[start:])


def _apart(word: str) -> list[str]:
    """Return initials that are written together (J.R.R.) one by one, any other word as it is."""
    return [f"{letter}." for letter in word.split(".")[:-1]] if _dotted_initials(word) else [word]


def person_forms(words: list[str], source: str) -> list[Form]:
    """Return a user's spelling of a person in all cases, with initials, in either order, and the surname alone."""
    given, family = split_person(words)
    if not given or not family:
        return []
    script = script_of(family)
    languages = cyrillic.written_languages(" ".join(words)) if script == "cyrillic" else ("",)
    forms: list[Form] = []
    for language in languages:
        spelling = LikelySpelling(family.lower(), language, source, 0.97)
        # Trumpová is not Donald Trump, so that it counts only behind the given name.
        cases = [form for form in case_forms(spelling, family) if not form.source.endswith(WOMANS_SURNAME)]
        forms += _person(given, spelling, cases, 1.0)
    return forms + (declined_given(given[0], family, source) if script == "latin" else [])


def transliterated_person_forms(words: list[str], known: frozenset[str]) -> list[Form]:
    """Return the person in the scripts and languages that are not `known`, which the user wrote the name in."""
    given, family = split_person(words)
    *particles, surname = family.lower().split()
    arabic = split_arabic(family.lower())
    if arabic and not arabic.head:
        # Newsrooms write the article in several ways, or leave it out.
        particles, surname = [], arabic.rest
    first_name = given[0].lower() if given else ""
    lasts = spellings_of_arabic(surname, known) if arabic else name_spellings(surname, known, first_name)
    firsts = given_name_spellings(given, known)
    told_lasts, told_firsts = told_spellings_of_person(first_name, particles, surname, known)
    lasts, firsts = told_first(told_lasts, lasts), told_first(told_firsts, firsts)
    forms: list[Form] = []
    for last in _without_rare_latin(lasts):
        if (alone := after_particles(particles, last)) is None:
            continue
        alone = of_gender(alone, given[0], last.confidence) if given else alone
        if given and script_of(family) == "arabic" and is_searched_alone(last.text):
            # An article may stand between the names: Abdul-Malik al-Houthi.
            forms.append(surname_only(alone[0])._replace(confidence=_LEAST_BESIDE))
        # Newsrooms spell both names by the convention of their language, so that those of one language go first.
        # A letter is an initial: В for Wes, by the sound of French; a syllable is a name: 존, John.
        shortest = 1 if script_of(last.text) in _BY_SOUND else 2
        matching_givens = [one for one in firsts if len(one.text) >= shortest and _are_compatible(one, last)]
        matching_givens.sort(key=lambda first: first.language != last.language)
        if given and len(given[0].rstrip(".")) == 1:
            forms += _behind_initial(given[0], last, alone)
        if script_of(last.text) in _BY_SOUND:
            forms += _person_by_sound(matching_givens[:MOST_GIVEN_SPELLINGS], alone, last.rank) if given else alone
            continue
        most = _MOST_PAIRS if last.confidence >= MIN_SURE else 1
        for matching_given in matching_givens[:most]:
            forms += _person([matching_given.text], last, alone, matching_given.confidence)
        # For further spellings of the given name one form is enough: beside it, the surname is matched in every case.
        for matching_given in matching_givens[most:MOST_GIVEN_SPELLINGS]:
            likely = max(_LEAST_OF_BOTH, round(matching_given.confidence * alone[0].confidence, 2))
            behind = alone[0]._replace(confidence=min(alone[0].confidence, likely))
            cases = given_cases(matching_given.text, last.language)
            forms += [behind._replace(text=f"{first} {behind.text}") for first, _ in cases]
        forms += [] if given else alone
    if given and not _is_initial(given[0]) and "latin" not in known:
        abroad = surnames_abroad(lasts)
        forms += declined_abroad(given[0].lower(), family, firsts, abroad)
        declined = (form for one in abroad for form in of_gender(case_forms(one), given[0], one.confidence))
        forms += [surname_only(form) for form in declined if is_searched_alone(form.text)]
    forms += [] if "arabic" in known else persian_bodies(words)
    return [*forms, *_with_either_as_written(given, family, firsts, lasts)]


def _with_either_as_written(
    given: list[str], family: str, firsts: Iterable[LikelySpelling], lasts: Iterable[LikelySpelling]
) -> Iterator[Form]:
    """Yield a Latin given name and surname of which one is spelled otherwise: Abbas Arakçi, Mahmud Abbas."""
    if not given or _is_initial(given[0]) or script_of(family) != "latin" or " " in family:
        return
    first_names = list(filter(_is_latin, firsts))[:MOST_GIVEN_SPELLINGS]
    pairs = [(one, f"{capitalised(one.text)} {family}") for one in first_names]
    pairs += [(one, f"{given[0]} {capitalised(one.text)}") for one in _without_rare_latin(lasts) if _is_latin(one)]
    for one, text in pairs:
        language = one.language if one.only_at_home else ""
        yield Form(text, language, one.source, round(_AS_WRITTEN * one.confidence, 2), True)


def _is_latin(spelling: LikelySpelling) -> bool:
    return script_of(spelling.text) == "latin"


def _without_rare_latin(lasts: Iterable[LikelySpelling]) -> list[LikelySpelling]:
    """Return the spellings of a surname without the rarer Latin ones, which would be paired with each given name."""
    latin = [last for last in lasts if script_of(last.text) == "latin"]
    rare = set(latin[_MOST_LATIN:])
    return [last for last in lasts if last not in rare]


def _behind_initial(given: str, last: LikelySpelling, alone: list[Form]) -> Iterator[Form]:
    """Yield a surname behind an initial in its script (Дж. Толкин), and the surname alone."""
    spelled = guessed_spellings(given.lower().rstrip("."))
    initials = [one.text for one in spelled if one.text and _are_compatible(one, last)][:_MOST_PAIRS]
    for form in alone:
        for initial in dict.fromkeys(initials):
            confidence = round(_BEHIND_INITIAL * form.confidence, 2)
            yield form._replace(text=f"{capitalised(initial)} {form.text}", confidence=confidence, common=False)
        if is_searched_alone(form.text) and (form.capital or not form.common):
            yield surname_only(form)


def _person_by_sound(givens: list[LikelySpelling], alone: list[Form], rank: int) -> Iterator[Form]:
    """Yield both names in a script without capitals, Hebrew particles before them (לטום פלטשר), and the surname alone.

    The Hebrew given names are paired with the likeliest surname (rank 0) only, since any surname counts beside them.
    Surnames with particles are paired with the likeliest given names only.
    """
    bare = alone[0].text
    dot = "·" if script_of(bare) in ("han", "kana") else " "
    is_hebrew = script_of(bare) == "hebrew"
    is_sure = is_hebrew and is_searched_alone(bare)
    for (at, first), last in product(enumerate([] if is_sure and rank else givens), alone):
        particle = last.text.removesuffix(bare) if is_hebrew else ""
        is_needless = last.text != bare and (at >= _MOST_PAIRS or not is_of_person(last.text, bare))
        if not mixes_characters(f"{first.text}{last.text}") and not is_needless:
            for start in with_hebrew_prefix(particle, first.text):
                yield last._replace(text=f"{start}{dot}{last.text.removeprefix(particle)}", confidence=BOTH_NAMES)
    for beside in map(surname_only, alone):
        yield beside._replace(confidence=max(beside.confidence, _LEAST_BESIDE)) if is_sure else beside


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 or (word.endswith(".") and len(word) <= 3)


def _are_compatible(first: LikelySpelling, last: LikelySpelling) -> bool:
    if script_of(first.text) != script_of(last.text):
        return False
    return first.language == last.language or not {first.language, last.language} <= cyrillic.LANGUAGES | {BELARUSIAN}


def _person(given: list[str], family: LikelySpelling, alone: list[Form], confidence: float) -> list[Form]:
    """Return given name and surname, initials and surname, and the surname alone with less confidence."""
    forms = list(_full(given[0].rstrip("."), family, alone, confidence))
    # "Sei" and "Dans", of Sea and Dan, are words of half the articles.
    is_short = script_of(family.text) == "latin" and len(family.text) <= _MIN_LENGTH_ALONE
    searched = alone[:1] if is_short else alone
    rare = [form for form in searched if is_searched_alone(form.text) and (form.capital or not form.common)]
    return [*forms, *_with_initials(given, family, rare, confidence), *map(surname_only, rare)]


def _full(given: str, family: LikelySpelling, alone: list[Form], confidence: float) -> Iterator[Form]:
    """Yield the pairs of cases; Latin endings only in the usual order, rare endings only for the surname alone."""
    first_cases = given_cases(given, family.language)
    for rank, last in enumerate(alone):
        is_case = rank > 0 and last.language in CONVENTIONS and not last.source.endswith(WOMANS_SURNAME)
        # Beside a given name in the same case, the surname alone counts.
        if (is_case and family.source == GUESS) or (rank and last.confidence < 0.8 * family.confidence):
            continue
        for at, (first, case_confidence) in enumerate(first_cases):
            is_indeclinable = rank == 0 and _is_indeclinable(given, family)
            if (at == 0) != (rank == 0) and len(first_cases) > 1 and not is_indeclinable:
                continue
            pair_confidence = round(min(case_confidence, confidence) * last.confidence, 2)
            if (rank or at) and family.language in cyrillic.LANGUAGES and pair_confidence < _LEAST_OF_CASES:
                continue
            text = _behind_particle(first, last.text, alone[0].text)
            yield Form(text, last.language, last.source, pair_confidence, last.capital)
            if rank == 0 or (script_of(given) == "cyrillic" and confidence >= 0.9):
                yield Form(
                    f"{last.text} {first}", last.language, last.source, round(pair_confidence * 0.95, 2), last.capital
                )


def _behind_particle(given: str, surname: str, bare: str) -> str:
    """Return given name and surname, an Arabic particle of the surname before both: لتوم فليتشر (to Tom Fletcher)."""
    particle = surname.removesuffix(bare) if script_of(bare) == "arabic" else ""
    return f"{particle}{given} {bare}" if particle in arabic_words.BEFORE_NAMES else f"{given} {surname}"


def _is_indeclinable(given: str, family: LikelySpelling) -> bool:
    """Tell whether a woman's surname is indeclinable beside her declined given name: Ангелы Меркель, Анне Герман.

    In Greek it is her father's or husband's in the genitive: της Ζωής Κωνσταντοπούλου.
    """
    if script_of(family.text) == "greek":
        return not greek.name_cases(family.text)
    return given[-1:].lower() in ("а", "я") and family.text[-1:] not in _DECLINED


def _with_initials(given: list[str], family: LikelySpelling, alone: list[Form], confidence: float) -> Iterator[Form]:
    """Yield D. Peskov, D. S. Peskov, Песков Д. С., in the cases of the surname."""
    initials = [name[:1].upper() for name in given]
    shapes = {initials[0], " ".join(initials)}
    if len(given) > 1 and all(map(_is_initial, given[1:])):
        shapes.add("".join(initials))  # JD Vance, GW Bush
    for last, shape in product((form for form in alone if script_of(form.text) in CAPITALISED), sorted(shapes)):
        if last.confidence < 0.8 * family.confidence:
            continue
        near = round(min(confidence, 0.9) * last.confidence, 2)
        yield Form(f"{shape} {last.text}", last.language, f"{last.source}, initial", near, True)
        if script_of(last.text) == "cyrillic":
            yield Form(f"{last.text} {shape}", last.language, f"{last.source}, initial", near, True)


def is_searched_alone(surname: str) -> bool:
    """Tell whether a surname is searched without its given name: Un, Li and the parts of Sa'ar are also words."""
    parts = _parts(surname)
    return max(map(len, parts)) >= _MIN_LENGTH_ALONE + (len(parts) > 1)


def surname_only(form: Form) -> Form:
    """Return a form of a surname as one that counts beside the given name, or after the full name, only."""
    least = _LEAST_OF_CASE_ALONE if form.language in CONVENTIONS else 0.0
    weight = min(_SURNAME_CAP, max(least, round(form.confidence * _SURNAME_SHARE, 2)))
    return Form(form.text, form.language, SURNAME, weight, form.capital, form.common)


def given_cases(given: str, language: str) -> list[tuple[str, float]]:
    """Return a given name in its cases beside a surname of this language, each with its confidence, itself first."""
    cases: Iterable[tuple[str, float]] = [(given, 1.0)]
    if len(given) > 1 and script_of(given) == "greek":
        cases = [(given, 1.0), *(case for case in greek.name_cases(given.lower()) if case[1] >= MIN_SURE)]
    elif len(given) > 1 and language in ("ru", "uk", BELARUSIAN):
        cases = [case for case in cyrillic.name_cases(given.lower(), language) if case[1] >= MIN_SURE]
    return [(capitalised(form), confidence) for form, confidence in cases]
