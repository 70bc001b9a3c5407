"""Judge in Arabic, which has no capitals, whether a word that may be an ordinary one is a name, by what is beside it.

Marks are a given name, an office (الرئيس عون, وزير الخارجية فيدان) or a verb of saying before it, and before a pause or
in a headline such a verb or a colon after it (بري: …). Own heuristic; the words are in `data/titles.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_same_sentence
from monitor.query.terms.gaps import gap_before
from monitor.text.forms.arabic_words import is_frequent
from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import known_words

_ARTICLE = "ال"
_is_colon = re.compile(r"\s*:\s*").fullmatch


def sign_in_arabic(start: int, end: int, text: DocumentText) -> str:
    """Return in words what marks the words [start, end) in Arabic letters as a name; "" if nothing does."""
    if script_of(text.word_at(start)) != "arabic":
        return ""
    if is_same_sentence(start - 1, start, text) and _is_given(text.word_at(start - 1)):
        return "a given name before it"
    is_said = _is_before(start, text) or _is_after(start, end, text)
    return "an office before it, or a verb of saying beside it" if is_said else ""


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
