"""Get paradigms of Russian and Ukrainian words from pymorphy3; its analyzers are loaded on first use.

Tags are the grammemes of OpenCorpora, which pymorphy3's dictionaries use.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import Any, NamedTuple

_NAME_TAGS = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn", "Trad"})
_PERSON_TAGS = frozenset({"Surn", "Name"})
_FIXED_NUMBER = frozenset({"masc", "femn", "neut", "Pltm"})
_COMPARISON_TAGS = frozenset({"COMP", "Supr"})
_OTHER_LETTERS = {"ru": frozenset("іїєґ'’"), "uk": frozenset("ыэъ")}
"""Letters that no word of a dictionary has, which spares looking it up."""
_MAY_STAND_FOR = {"ru": {"е": "её"}, "uk": {"г": "гґ"}}
"""Letters that the dictionaries take for others, too (CHAR_SUBSTITUTES of pymorphy3)."""
_BEGINNING = 6
"""How many letters of a word are looked up first, since the cases of a guess begin alike: six spare the most time."""
CASES = ("gent", "datv", "accs", "ablt", "loct", "voct")
"""The cases but the nominative, in the order of the grammars."""
# Bounds of pymorphy3's score, its estimate of a reading's probability (own choice).
_MIN_SCORE = 0.04
_COMMON_WORD_SCORE = 0.3


class Reading(NamedTuple):
    """What a nominative may be: its gender or `plur`, its forms by case, and whether the dictionary has it."""

    agreement: str
    cases: dict[str, tuple[str, ...]]
    is_known: bool


@cache
def _analyzer(language: str) -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)


def release() -> None:
    """Free the dictionaries; the next use loads them again (0.1 s)."""
    _analyzer.cache_clear()
    _known.cache_clear()
    _begins_words.cache_clear()


def name_paradigms(word: str, language: str) -> list[tuple[str, float]] | None:
    """Return the singular cases of `word` as a name or a nominative noun; None if the dictionary has neither."""
    parses = [parse for parse in _known(word, language) if _is_nominative(parse) and parse.tag.POS != "NPRO"]
    chosen = [parse for parse in parses if _NAME_TAGS & parse.tag.grammemes] or parses
    if not chosen:
        return None
    return [(form.word, 0.95) for parse in chosen for form in _agreeing_forms(parse)]


def word_paradigms(word: str, language: str) -> list[tuple[str, float]]:
    """Return every form of every likely reading of a word; with a capital, only of readings as a name if any."""
    parses = [parse for parse in _parses(word, language) if parse.score >= _MIN_SCORE]
    known = [parse for parse in parses if parse.is_known] or parses[:2]
    named = [parse for parse in known if _NAME_TAGS & parse.tag.grammemes] if word[:1].isupper() else []
    found: dict[str, float] = {}
    for parse in named or known:
        for form in parse.lexeme:
            if not _COMPARISON_TAGS & form.tag.grammemes:
                found.setdefault(form.word, 0.95 if parse.is_known else 0.7)
    return list(found.items())


def is_listed_name(word: str, language: str) -> bool:
    """Tell whether the dictionary lists `word` as the nominative of a surname or given name."""
    return any(_PERSON_TAGS & parse.tag.grammemes and _is_nominative(parse) for parse in _known(word, language))


def is_given_name_only(form: str, language: str) -> bool:
    """Tell whether each reading of a lower-case `form` is a given name: андрія, not льва (of the lion)."""
    known = _known(form, language)
    return bool(known) and all("Name" in parse.tag.grammemes for parse in known)


def is_common_word(form: str, language: str) -> bool:
    """Tell whether `form` is also a common word, so that a sentence's first capital does not show that it is a name."""
    return any(
        parse.score >= _COMMON_WORD_SCORE and not _NAME_TAGS & parse.tag.grammemes for parse in _known(form, language)
    )


def is_common_noun(form: str, language: str) -> bool:
    """Tell whether `form` is also the nominative of a common noun."""
    return is_common_word(form, language) and any(
        parse.tag.POS == "NOUN" and _is_nominative(parse) and not _NAME_TAGS & parse.tag.grammemes
        for parse in _known(form, language)
    )


def is_kind_of_being(form: str, language: str) -> bool:
    """Tell whether `form` is also a common noun for a kind of person or animal: маршала, волк."""
    return is_common_word(form, language) and any(
        {"NOUN", "anim"} <= parse.tag.grammemes and not _NAME_TAGS & parse.tag.grammemes
        for parse in _known(form, language)
    )


def is_verb(form: str, language: str) -> bool:
    """Tell whether each reading of `form` is a verb."""
    known = _known(form, language)
    return bool(known) and all(parse.tag.POS in ("VERB", "INFN") for parse in known)


def ordinary_lemmas(form: str, language: str) -> frozenset[str] | None:
    """Return the lemmas of the readings of `form` that are no names; None if the dictionary lacks it altogether."""
    known = _known(form, language)
    likely = [parse for parse in known if parse.score >= _MIN_SCORE]
    lemmas = (str(parse.normal_form) for parse in likely if not _NAME_TAGS & parse.tag.grammemes)
    return frozenset(lemmas) if known else None


def has_one_number(lemma: str, language: str) -> bool:
    """Tell whether a lemma, where it is not marked as a name, is a noun without a plural, or without a singular.

    The tag of a noun with both numbers has the gender among what changes, behind a space: NOUN,inan femn,nomn.
    """
    parses = [parse for parse in _known(lemma, language) if parse.normal_form == lemma]
    unmarked = [str(parse.tag).partition(" ")[0].split(",") for parse in parses if not _NAME_TAGS & parse.tag.grammemes]
    return bool(unmarked) and all("NOUN" in fixed and not _FIXED_NUMBER.isdisjoint(fixed) for fixed in unmarked)


def nominatives(word: str, language: str, parts_of_speech: tuple[str, ...]) -> list[Reading]:
    """Return the readings of a lower-case `word` as a nominative; guessed ones of unknown words, if they decline."""
    return [
        reading
        for parse in _parses(word, language)
        if parse.tag.case == "nomn" and parse.tag.POS in parts_of_speech
        for reading in [Reading(_agreement(parse.tag), _forms_by_case(parse), parse.is_known)]
        if _is_indeclinable(parse) or any(word not in forms for forms in reading.cases.values())
    ]


def _is_indeclinable(parse: Any) -> bool:
    """Tell whether the dictionary has a word with one form for all cases: бюро."""
    return "Fixd" in parse.tag.grammemes and parse.is_known


def _agreement(tag: Any) -> str:
    return "plur" if "plur" in tag.grammemes else str(tag.gender)


def _forms_by_case(parse: Any) -> dict[str, tuple[str, ...]]:
    if _is_indeclinable(parse):
        return dict.fromkeys(("nomn", *CASES), (parse.word,))
    found: dict[str, dict[str, None]] = {}
    for form in _agreeing_forms(parse):
        found.setdefault(str(form.tag.case), {})[form.word] = None
    return {case: tuple(forms) for case, forms in found.items()}


def phrase_parts(word: str, language: str) -> dict[str, str]:
    """Return one form for each case of a nominative noun or adjective, in its number; empty for any other word."""
    for parse in _parses(word, language):
        if _is_nominative(parse) and parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            forms = [form for form in _agreeing_forms(parse) if not ("anim" in form.tag and form.tag.POS != "NOUN")]
            parts = {str(form.tag.case): form.word for form in reversed(forms)}
            # Bodies and places are inanimate, so that the accusative is the word itself where it may be.
            if any(form.word == word.lower() and form.tag.case == "accs" for form in forms):
                parts["accs"] = word.lower()
            return parts
    return {}


def _parses(word: str, language: str) -> list[Any]:
    """Return the readings of a word, none in a language that no dictionary is at hand for (bg)."""
    if language not in _OTHER_LETTERS:
        return []
    parses: list[Any] = _analyzer(language).parse(word.lower())
    return parses


@lru_cache(maxsize=256)
def _known(word: str, language: str) -> list[Any]:
    """Return the readings of a word in the dictionary; tested first, since guessing unknown words is slow.

    Kept for a while, since each form of a name is asked about several times.
    """
    if language not in _OTHER_LETTERS or not _OTHER_LETTERS[language].isdisjoint(word):
        return []
    word = word.lower()
    if not (_begins_words(word[:_BEGINNING], language) and _analyzer(language).word_is_known(word)):
        return []
    return [parse for parse in _parses(word, language) if parse.is_known]


@lru_cache(maxsize=4096)
def _begins_words(letters: str, language: str) -> bool:
    """Tell whether any word of the dictionary begins with these letters."""
    words, others = _analyzer(language).dictionary.words, _MAY_STAND_FOR[language]
    spelled = map("".join, product(*(others.get(letter, letter) for letter in letters)))
    return any(next(words.iterkeys(one), None) for one in spelled)


def _is_nominative(parse: Any) -> bool:
    # Fixd: an indeclinable word has one form for all cases.
    return parse.tag.case == "nomn" or "Fixd" in parse.tag.grammemes


def _agreeing_forms(parse: Any) -> list[Any]:
    """Return the forms of the same number and gender as the word itself."""
    tag = parse.tag
    if "Fixd" in tag.grammemes:
        return [parse]
    number = "plur" if "plur" in tag.grammemes else "sing"
    forms = [form for form in parse.lexeme if _agrees(form.tag, number, tag.gender)]
    if tag.POS == "PRTF":
        return [form for form in forms if (form.tag.voice, form.tag.tense) == (tag.voice, tag.tense)]
    return forms


def _agrees(tag: Any, number: str, gender: str | None) -> bool:
    # Ukrainian dictionaries only mark the plural, and forms without a gender agree with any.
    if ("plur" in tag.grammemes) != (number == "plur") or _COMPARISON_TAGS & tag.grammemes:
        return False
    return number == "plur" or gender is None or tag.gender in (None, gender)


def is_adjective(word: str, language: str) -> bool:
    """Tell whether the likeliest nominative reading of `word` is an adjective."""
    return next(
        (parse.tag.POS in ("ADJF", "PRTF") for parse in _parses(word, language) if _is_nominative(parse)), False
    )
