"""Tell another person of the same given name and surname: a son, other initials, the first half of a double surname.

Own heuristics and own table of initials.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import takewhile
from typing import NamedTuple

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import HYPHENS, is_capital, is_same_sentence, is_title_case, is_unexplained_capital
from monitor.query.terms.gaps import gap_before
from monitor.query.terms.name_spellings import NameSpelling
from monitor.query.terms.servant_names import begins_with_servant
from monitor.query.terms.surnames_in_latin import WITH_CAPITAL_NOUNS
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name
from monitor.text.forms.particles import UNCAPITALISED
from monitor.text.forms.script import CAPITALISED, script_of
from monitor.text.forms.titles import known_words

_SEVERAL = 2
_is_abbreviated = re.compile("jr|jnr|мл").fullmatch
_is_junior = re.compile("jr|jnr|junior|мл|младш(?:ий|его|ему|им|ем)|молодш(?:ий|ого|ому|им|ім)").fullmatch
_is_attached = re.compile(r"\s+|[-‐‑]|\s[-–—]\s").fullmatch
_is_comma = re.compile(r",\s*").fullmatch
# Letters that may begin the same name in another script or transliteration: H. is Г. or Х., W. is У. or В.
_ALIKE = (
    *("aаэя", "bб", "cксцч", "dд", "eеэєию", "fф", "gгґджх", "hгґх", "iиійа", "jджхйіиюя", "kкх", "lл", "mм", "nн"),
    *("oоу", "pпф", "qкч", "rр", "sсшзщ", "tтцч", "uуюа", "vвф", "wву", "xкхсзш", "yйиіюяеёєїу", "zзжцс"),
    *("ck", "jyi", "еёєэ", "иіїй"),
)


class PersonDetails(NamedTuple):
    """What a rule says of a person besides given name and surname."""

    middle_names: frozenset[tuple[str, ...]] = frozenset()
    """The names and initials between them, in each of the ways in which the rule or its entry has them."""
    is_junior: bool = False
    has_known_given_name: bool = False
    """Whether the given name is one of our tables, so that it is no place or body: New York, White House."""

    is_servant: bool = False
    """Whether the given name begins with “servant of”, without which the rest of it is another one: Abdul Latif."""

    @property
    def middle_initials(self) -> frozenset[str]:
        """The first letters of the names between."""
        return frozenset(name[0] for names in self.middle_names for name in names)


def person_of(spellings: Iterable[NameSpelling], given: Iterable[str]) -> PersonDetails:
    """Return what the spellings of a name and its given names say of the person."""
    spellings = tuple(spellings)
    written = [each.tokens for each in spellings if each.confidence == 1 and len(each.tokens[0]) > 1]
    written = [tokens for tokens in written if script_of(tokens[0]) in CAPITALISED]
    surnames = frozenset(word for each in spellings if each.partial for word in each.tokens)
    return PersonDetails(
        frozenset(filter(None, (_middle_names(tokens, surnames) for tokens in written))),
        any(_is_junior(word) for tokens in written for word in tokens[1:]),
        any(is_given_name(word) or is_arabic_given_name(word) for word in given),
        any(begins_with_servant(each.tokens[0]) for each in spellings if each.confidence == 1 and not each.partial),
    )


def _middle_names(tokens: tuple[str, ...], surnames: frozenset[str]) -> tuple[str, ...]:
    """Return the names and initials between the given name and the surname of a full name."""
    if surnames.isdisjoint(tokens) or tokens[0] in surnames:
        return ()
    between = takewhile(lambda word: word not in surnames or len(word) == 1, tokens[1:])
    return tuple(word for word in between if word not in UNCAPITALISED)


def namesake_end(end: int, text: DocumentText, person: PersonDetails) -> int:
    """Return where the name of a namesake ends, of whom a given name and surname end at `end`; 0 if there is none."""
    is_other = (not person.is_junior and _is_son(end, text)) or (
        person.has_known_given_name and _has_second_surname(end, text)
    )
    return end + 1 if is_other else 0


def has_other_middle_names(between: list[str], person: PersonDetails) -> bool:
    """Tell whether the words between given name and surname are somebody else's than the rule's person's.

    Either may leave out the last ones, or have initials: W. is Walker, not Herbert. No words are nobody else's.
    """
    between = [word for word in between if word not in UNCAPITALISED]
    return bool(between and person.middle_names) and not any(_agree(between, names) for names in person.middle_names)


def _agree(between: list[str], names: tuple[str, ...]) -> bool:
    """Tell whether middle names share one, or begin alike, since their cases and scripts differ."""
    is_shared = any(len(word) > 1 and word in names for word in between)
    return is_shared or all(_are_alike(one[0], other[0]) for one, other in zip(between, names, strict=False))


def other_initials_end(start: int, end: int, text: DocumentText, given: Collection[str], person: PersonDetails) -> int:
    """Return where the initials of a namesake end behind a turned-round name at [start, end): Bush G. H. W.

    0 if the name is not turned round, or the initials are none of somebody else.
    """
    words = [text.word_at(position) for position in range(start, end)]
    first = next((at for at, word in enumerate(words) if word in given or len(word) == 1), 0)
    while _is_dotted_initial(end, text):
        words.append(text.word_at(end))
        end += 1
    return end if first and has_other_middle_names(words[first + 1 :], person) else 0


def _is_dotted_initial(position: int, text: DocumentText) -> bool:
    """Tell whether a capital with a full stop follows the word before."""
    if len(text.word_at(position)) != 1 or not is_same_sentence(position, position - 1, text):
        return False
    original, first, last = text.original_text(position, position + 1)
    return original[first].isupper() and original[last : last + 1] == "."


def are_middle_names(positions: list[int], text: DocumentText) -> bool:
    """Tell whether the words at `positions` may all stand between one person's given name and surname.

    One may always. Several are to be given names, or capitals that no headline or noun explains, and no offices.
    """
    return len(positions) < _SEVERAL or all(_is_middle_name(position, text) for position in positions)


def _is_middle_name(position: int, text: DocumentText) -> bool:
    word = text.word_at(position)
    if is_given_name(word) or is_arabic_given_name(word):
        return True
    if text.document.language in WITH_CAPITAL_NOUNS or word in known_words(script_of(word), "before"):
        return False
    return is_unexplained_capital(position, text)


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two initials may stand for the same name; they do if one is of no script of the table."""
    if one == other or not {script_of(one), script_of(other)} <= {"latin", "cyrillic"}:
        return True
    return any(one in letters and other in letters for letters in _ALIKE)


def _is_son(end: int, text: DocumentText) -> bool:
    """Tell whether Jr. or its like stands behind a name: Donald Trump Jr., Дональда Трампа-младшего."""
    word = text.word_at(end)
    if not _is_junior(word):
        return False
    gap = gap_before(end, text)
    if _is_abbreviated(word):
        return _is_attached(gap) is not None or _is_comma(gap) is not None
    # In a headline, the next capital is what “Junior” belongs to: Boris Johnson Junior Ministers.
    is_adjective = is_same_sentence(end + 1, end, text) and is_capital(end + 1, text) and gap.isspace()
    return _is_attached(gap) is not None and not is_adjective


def _has_second_surname(end: int, text: DocumentText) -> bool:
    """Tell whether a hyphen joins another surname to one: Karim Khan-Smith.

    It does not join a noun (Trump-Anhänger), a word of a headline in capitals (Trump-Backed), an abbreviation or the
    full name of somebody else (Macron-Vladimir Putin).
    """
    if not text.word_at(end) or text.document.language in WITH_CAPITAL_NOUNS or gap_before(end, text) not in HYPHENS:
        return False
    if not is_title_case(end, text) or not is_unexplained_capital(end, text):
        return False
    is_full_name = is_given_name(text.word_at(end)) and is_same_sentence(end + 1, end, text)
    return not (is_full_name and is_title_case(end + 1, text))
