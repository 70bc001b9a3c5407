"""Tell that a form of a name is the nominative of something else: Мария Захарова, Путина началась, Мирный договор.

Own heuristic and tables, for Russian and Ukrainian.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_before_small_letters, is_same_sentence, is_title_case, original_words
from monitor.query.terms.gaps import is_enumerated, is_interrupted
from monitor.query.terms.name_spellings import NameSpelling, takes_cases_in
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.morphology import ordinary_lemmas
from monitor.text.forms.script import script_of
from monitor.text.forms.slavic_agreement import is_listed_pair

_LANGUAGES = ("ru", "uk")
_womans_surname = re.compile("(?:[оеёє]в|[иіїы]н)а$").search
# Given names of women in the nominative that are neither cases of a man's nor words (Надежда), and those that are
# cases: Александра. Own tables.
_is_woman = re.compile(
    "(?:анна|алина|алла|анастасия|ангелина|анжела|арина|вероника|виктория|галина|дарья|диана|дина|"
    "екатерина|елена|елизавета|жанна|зинаида|зоя|инна|ирина|карина|кира|кристина|ксения|лариса|"
    "лидия|людмила|маргарита|марина|мария|наталия|наталья|нина|оксана|олеся|ольга|"
    "полина|раиса|светлана|софия|софья|тамара|татьяна|ульяна|эльвира|юлия|яна|аліна|ганна|дарина|"
    "діана|ірина|катерина|лідія|марія|наталія|олена|світлана|соломія|софія|тетяна|уляна|"
    "христина|юлія)$"
).match
_may_be_woman = re.compile(
    "(?:александра|антонина|валентина|валерия|евгения|антоніна|валерія|олександра|євгенія)$"
).match
_feminine_verb = re.compile(r"\w\wла(?:с[ья])?$").search
# Feminine verbs in the past that have no object which is a case in -а: reflexive ones, but for those of fearing,
# touching and the like, and those of saying.
_without_object = re.compile(
    r"(?!\w*(?:бояла|пугала|лякала|каса|косну|дожда|дочека|лиши|доби|опаса|остере|слуша|слуха|держа|трима|стесня))"
    r"\w{3,}лас[ья]$|"
    "(?:заяви|сообщи|сказа|отмети|подчеркну|добави|рассказа|прокомментирова|напомни|"
    "повідоми|зазначи|наголоси|дода|розпові|прокоментува|нагада)ла$"
).match
_WOMANS_ENDINGS = ("ская", "цкая", "ська", "цька", "зька")
"""Endings of the surnames of women that no case of a man's surname has."""


def is_nominative_of_another(spelling: NameSpelling, start: int, text: DocumentText) -> bool:
    """Tell whether a case form in -а that stands at `start` is a woman's name there, or the subject of a verb.

    So is a form that is an adjective there: Мирный договор is a treaty of peace, not the town.
    """
    end = start + len(spelling.tokens)
    if len(spelling.tokens) > 1:
        return False
    if (spelling.capitals or spelling.is_proof_in_small_letters) and _is_adjective(start, end, text):
        return True
    if not spelling.is_case or spelling.tokens[0][-1:] not in ("а", "я"):
        return False
    return (
        _is_before_womans_surname(start, end, text)
        or _is_behind_woman(start, end, text)
        or _is_subject(start, end, text)
    )


def _is_adjective(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a sentence's first word is an adjective that agrees with the noun in small letters behind it.

    A noun that may be another word proves nothing: Мирный пал (fell).
    """
    if is_same_sentence(start - 1, start, text) or script_of(text.word_at(start)) != "cyrillic":
        return False
    if not is_before_small_letters(end, text) or is_interrupted(end, end + 1, text) or is_enumerated(end, text):
        return False
    first, second = (original_words(at, at + 1, text).lower() for at in (start, end))
    home = text.document.language
    languages = (home,) if home in _LANGUAGES else _LANGUAGES if takes_cases_in(home) else ()
    return any(
        is_listed_pair(first, second, one) and ordinary_lemmas(second, one) == frozenset((second,)) for one in languages
    )


def _is_before_womans_surname(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether the surname of a woman follows a case of a man's given name: Александра Невская."""
    stem = text.word_at(start)[:-1]
    is_given = any(is_given_name(stem + ending) for ending in ("", "й", "ь"))
    is_name = is_given and is_same_sentence(end, end - 1, text) and is_title_case(end, text)
    is_beside = is_name and not (is_interrupted(end, end + 1, text) or is_enumerated(end, text))
    return is_beside and original_words(end, end + 1, text).endswith(_WOMANS_ENDINGS)


def _is_behind_woman(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a surname stands behind the given name of a woman: Мария Захарова."""
    given = text.word_at(start - 1)
    if not is_same_sentence(start - 1, start, text) or not _womans_surname(text.word_at(start)):
        return False
    if is_interrupted(start, end, text) or is_enumerated(start, text) or not is_title_case(start - 1, text):
        return False
    is_followed = is_same_sentence(end, start, text) and _feminine_verb(text.word_at(end)) is not None
    return _is_woman(given) is not None or (is_followed and _may_be_woman(given) is not None)


def _is_subject(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a sentence's first word has a feminine verb directly behind it that has no such object."""
    is_first = not is_same_sentence(start - 1, start, text)
    return is_first and is_same_sentence(end, start, text) and _without_object(text.word_at(end)) is not None
