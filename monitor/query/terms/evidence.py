"""What the text around a word says of it: whether it has a capital, and whether the capital makes it a name."""

from __future__ import annotations

import re

from monitor.query.document import DocumentText

_UNCAPITALISED = ("url", "tag")
_NEIGHBOURS = 10
_LONG_WORD = 4
_CLOSING = " \u00a0»”\"'"
_PAUSES = (":", ",", "(", "—", "–")
_AND = ("и", "с")
_ABOUT = ("о", "об")
_NEAR_VERB = 4
_THERE_IS = ("будет", "станет", "нет", "хватает", "хватит")
# Russian, as only its dictionary tells words and names apart: сказал, заявила, опроверг, встретится, говорит.
_verb = re.compile(
    "(?:[аеиоуыюя]ла?(?:с[яь])?|верг|стиг|мог|нес|вез|ник|[бвгджзклмнпрстфхцчшщаеюя][еи]т(?:ся)?)$"
).search


def is_capital(place: int, text: DocumentText) -> bool:
    """Whether a word begins with a capital, or its script has none, or capitals mean nothing in its field."""
    if _is_uncapitalised(place, text):
        return True
    original, start, _ = text.original(place, place + 1)
    first = original[start]
    return first.isupper() or first.istitle() or first.lower() == first.upper()


def capital_inside(place: int, text: DocumentText, least: int = _LONG_WORD) -> bool:
    """Whether a word has a capital that neither the start of its sentence nor a headline's style explains."""
    original, start, _ = text.original(place, place + 1)
    if not original[start].isupper() or not text.word(place - 1):
        return False
    document = text.document
    sentence = document.sentence(place)
    if document.sentence(place - 1) != sentence:
        return False
    around = range(place - _NEIGHBOURS, place + _NEIGHBOURS)
    return any(_is_small(other, text, least) and document.sentence(other) == sentence for other in around)


def is_name(start: int, end: int, text: DocumentText) -> bool:
    """Whether its capital, or what follows it, says of an ordinary word that it is a name here."""
    if _is_uncapitalised(start, text):
        return True
    if _shares(start - 1, start, text):
        shouted = written(start, end, text).isupper()
        return not shouted or capital_inside(start, text, least=1) or _acts(end, text)
    return not _shares(end, start, text) or _acts(end, text)


def _acts(end: int, text: DocumentText) -> bool:
    """Whether what follows a sentence's first word takes it for somebody: Песков сказал, Песков: …, Песков Дмитрий."""
    original, _, last = text.original(end - 1, end)
    if original[last : last + 3].lstrip(_CLOSING)[:1] in _PAUSES:
        return True
    row = [place for place in range(end, end + _NEAR_VERB) if _shares(place, end - 1, text)]
    if text.word(end) in _AND:
        return len(row) > 1 and _is_titled(end + 1, text)
    return _is_titled(end, text) or text.word(end) in _ABOUT or any(_is_verb(text.word(place)) for place in row)


def _shares(other: int, place: int, text: DocumentText) -> bool:
    """Whether there is a word at a place beside another, in the same sentence."""
    return bool(text.word(other)) and text.document.sentence(other) == text.document.sentence(place)


def _is_titled(place: int, text: DocumentText) -> bool:
    """Whether a word has a capital first letter, and a small one after it."""
    return bool(text.word(place)) and is_capital(place, text) and not written(place, place + 1, text).isupper()


def _is_small(place: int, text: DocumentText, least: int) -> bool:
    """Whether a word of some length begins with a small letter."""
    if place < 0 or len(text.word(place)) < least:
        return False
    original, start, _ = text.original(place, place + 1)
    return original[start].islower()


def _is_verb(word: str) -> bool:
    """Whether a Russian word has the ending of what somebody does or did; of what there is or is enough of, no."""
    return word not in _THERE_IS and _verb(word) is not None


def _is_uncapitalised(place: int, text: DocumentText) -> bool:
    """Whether capitals mean nothing in the field of a word."""
    return text.document.parts[place >> 24].field in _UNCAPITALISED


def written(start: int, end: int, text: DocumentText) -> str:
    """The words [start, end) as the article has them."""
    original, first, last = text.original(start, end)
    return original[first:last]
