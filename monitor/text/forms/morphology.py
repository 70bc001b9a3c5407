"""Paradigms from pymorphy3, for Russian and Ukrainian; the analyzers load at the first use and can be let go."""

from __future__ import annotations

from functools import cache
from typing import Any

_NAME_TAGS = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn", "Trad"})
_SUPERFLUOUS = frozenset({"COMP", "Supr"})
_UNLIKELY = 0.04
_LIKELY = 0.3


@cache
def _analyzer(language: str) -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)


def release() -> None:
    """Let the dictionaries go; the next use loads them again (0.1 s)."""
    _analyzer.cache_clear()


def name_paradigms(word: str, language: str) -> list[tuple[str, float]] | None:
    """The singular cases of `word` read as a name or a nominative noun; None where the dictionary has neither."""
    parses = [parse for parse in _known(word, language) if _is_nominative(parse)]
    chosen = [parse for parse in parses if _NAME_TAGS & parse.tag.grammemes] or parses
    if not chosen:
        return None
    return [(form.word, 0.95) for parse in chosen for form in _kin(parse)]


def word_paradigms(word: str, language: str) -> list[tuple[str, float]]:
    """Every form of every likely reading of a plain word; a written capital chooses the readings that are names."""
    parses = [parse for parse in _parses(word, language) if parse.score >= _UNLIKELY]
    known = [parse for parse in parses if parse.is_known] or parses[:2]
    named = [parse for parse in known if _NAME_TAGS & parse.tag.grammemes] if word[:1].isupper() else []
    found: dict[str, float] = {}
    for parse in named or known:
        for form in parse.lexeme:
            if not _SUPERFLUOUS & form.tag.grammemes:
                found.setdefault(form.word, 0.95 if parse.is_known else 0.7)
    return list(found.items())


def is_common_word(form: str, language: str) -> bool:
    """Whether `form` is as likely an ordinary word, so that a capital which any word would have proves nothing."""
    return any(parse.score >= _LIKELY and not _NAME_TAGS & parse.tag.grammemes for parse in _known(form, language))


def phrase_parts(word: str, language: str) -> dict[str, str]:
    """The singular (or, for plurals, plural) cases of a nominative noun or adjective: case name -> form."""
    for parse in _parses(word, language):
        if _is_nominative(parse) and parse.tag.POS in ("NOUN", "ADJF", "PRTF"):
            kin = [form for form in _kin(parse) if not ("anim" in form.tag and form.tag.POS != "NOUN")]
            return _by_case(kin, word.lower())
    return {}


def _by_case(kin: list[Any], word: str) -> dict[str, str]:
    """One form for each case; bodies and places are not alive, so the accusative is the word itself where it can be."""
    parts = {str(form.tag.case): form.word for form in reversed(kin)}
    if any(form.word == word and form.tag.case == "accs" for form in kin):
        parts["accs"] = word
    return parts


def _parses(word: str, language: str) -> list[Any]:
    parses: list[Any] = _analyzer(language).parse(word.lower())
    return parses


def _known(word: str, language: str) -> list[Any]:
    """The readings that the dictionary has; asking first whether it has the word at all saves guessing at names."""
    if not _analyzer(language).word_is_known(word.lower()):
        return []
    return [parse for parse in _parses(word, language) if parse.is_known]


def _is_nominative(parse: Any) -> bool:
    return parse.tag.case == "nomn" or "Fixd" in parse.tag.grammemes


def _kin(parse: Any) -> list[Any]:
    """The forms of the same number and gender as the word itself."""
    tag = parse.tag
    if "Fixd" in tag.grammemes:
        return [parse]
    number = "plur" if "plur" in tag.grammemes else "sing"
    forms = [form for form in parse.lexeme if _agrees(form.tag, number, tag.gender)]
    if tag.POS == "PRTF":
        return [form for form in forms if (form.tag.voice, form.tag.tense) == (tag.voice, tag.tense)]
    return forms


def _agrees(tag: Any, number: str, gender: str | None) -> bool:
    # Ukrainian dictionaries mark the plural only, and a Fixd surname says nothing of the other gender's cases.
    if ("plur" in tag.grammemes) != (number == "plur") or _SUPERFLUOUS & tag.grammemes:
        return False
    return number == "plur" or gender is None or tag.gender in (None, gender)


def is_adjective(word: str, language: str) -> bool:
    """Whether the likeliest nominative reading of `word` is an adjective."""
    return next(
        (parse.tag.POS in ("ADJF", "PRTF") for parse in _parses(word, language) if _is_nominative(parse)), False
    )
