"""Judge in Arabic, which has no capitals, whether a word that may be an ordinary one is a name, by what is beside it.

Marks are a given name, an office (الرئيس عون, وزير الخارجية فيدان) or a verb of saying before it, and before a pause or
in a headline such a verb or a colon after it (بري: …). Own heuristic; the words are in `data/titles.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_same_sentence, original_words
from monitor.query.terms.gaps import gap_before
from monitor.text.forms.arabic_words import is_frequent
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import known_words

_ARTICLE = "ال"
# What no adjective without article and feminine ending belongs to: a noun with the article, one of the feminine or its
# plural (حكومة, قوات), and the verb of a feminine (أعلنت).
_has_no_such_adjective = re.compile(r"[وبفك]?ال\w+|\w{2,}[ته]").fullmatch
# What an adjective with the article belongs to: a noun with the article, behind a particle or not, or one with a
# possessive ending (لونه), as it is written.
_has_adjective = re.compile(r"[وف]?(?:[بك]?ال|لل)\w{2,}|\w{2,}(?:ه|ها|هم|نا)").fullmatch
_has_article = re.compile(r"ال\w{2,}").fullmatch
_is_colon = re.compile(r"\s*:\s*").fullmatch


def sign_in_arabic(start: int, end: int, text: DocumentText) -> str:
    """Return in words what marks the words [start, end) in Arabic letters as a name; "" if nothing does."""
    if script_of(text.word_at(start)) != "arabic":
        return ""
    if is_same_sentence(start - 1, start, text) and _is_given(text.word_at(start - 1)):
        return "a given name before it"
    is_said = _is_before(start, text) or _is_after(start, end, text)
    return "an office before it, or a verb of saying beside it" if is_said else ""


def is_ordinary_place(start: int, end: int, text: DocumentText, *, is_guess: bool) -> bool:
    """Tell whether an Arabic word that is a place, too, is ordinary here: البيت الأبيض, the White House, no El Obeid.

    An adjective with the article is so behind what it belongs to, and a noun (الزاوية, corner) unless a word for a town
    or, where no adjective follows, a preposition stands before it. One without the article (نظام مالي, not Mali) is the
    place at the start of a sentence, and behind a preposition, a noun of states or one of another gender. Words with
    the article are judged only where the name is a guess, not as its user writes it: القبة الحديدية.
    """
    word, before = text.word_at(start), text.word_at(start - 1) if is_same_sentence(start - 1, start, text) else ""
    if is_guess and end - start == 1 and _is_kind(word, "nouns"):
        return not _is_town(before, text.word_at(end) if is_same_sentence(end, start, text) else "")
    if not before:
        return False
    if is_guess and end - start == 1 and _is_kind(word, "adjectives"):
        return _is_adjective_here(word, start, end, text)
    if _bare(word) not in known_words("arabic", "places"):
        return False
    return _bare(before) not in known_words("arabic", "before") and _has_no_such_adjective(before) is None


def _is_kind(word: str, kind: str) -> bool:
    """Tell whether a word with the article, behind a particle or not, is one of a kind."""
    bare = _bare(word)
    return (f"{_ARTICLE}{bare[2:]}" if bare.startswith("لل") else bare.removeprefix("ب")) in known_words("arabic", kind)


def _is_town(before: str, after: str) -> bool:
    if _bare(before) in known_words("arabic", "towns"):
        return True
    return before in known_words("arabic", "before towns") and _has_article(after) is None


def _is_adjective_here(word: str, start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an adjective that is a place, too, belongs to what is before it, or is a colour beside another."""
    before, after = text.word_at(start - 1), text.word_at(end)
    if word != _bare(word):
        return _is_kind(before, "colours")
    if _is_kind(after, "colours") or before in known_words("arabic", "demonstratives"):
        return True
    is_office = _bare(before) in known_words("arabic", "offices")
    return not is_office and _has_adjective(original_words(start - 1, start, text)) is not None


def _is_given(word: str) -> bool:
    return is_given_name(word) or is_arabic_given_name(word)


def _is_before(start: int, text: DocumentText) -> bool:
    """Tell whether an office or a verb of saying ends before `start`.

    Between them may stand what the office is of, and a given name that we do not list: الرئيس اللبناني جوزيف عون.
    """
    before = [text.word_at(start - back) if is_same_sentence(start - back, start, text) else "" for back in (1, 2, 3)]
    if _bare(before[0]) in known_words("arabic", "said"):
        return True
    if _ends_in_office(before):
        # An adjective, which has a feminine, may say what somebody in office is: الوزير كبير السن.
        return not is_frequent(f"{text.word_at(start)}ه")
    may_be_given = before[0] and not before[0].startswith(_ARTICLE) and not is_frequent(before[0])
    return bool(may_be_given) and _ends_in_office(before[1:])


def _ends_in_office(before: list[str]) -> bool:
    """Tell whether the last words, the last one first, are an office, perhaps with what it is of."""
    offices = known_words("arabic", "offices")
    return _bare(before[0]) in offices or (before[0].startswith(_ARTICLE) and _bare(before[1]) in offices)


def _is_after(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a name opens a sentence, with a colon or a verb of saying in the present tense behind it."""
    if is_same_sentence(start - 1, start, text) or not is_same_sentence(end, start, text):
        return False
    return _is_colon(gap_before(end, text)) is not None or text.word_at(end) in known_words("arabic", "says")


def _bare(word: str) -> str:
    return word.removeprefix("و")
