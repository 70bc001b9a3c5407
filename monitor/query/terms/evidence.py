"""Judge from the text around a word whether it is capitalised, and whether anything but a name explains the capital."""

from __future__ import annotations

from monitor.query.document import FIELD_SHIFT, DocumentText

_UNCAPITALISED = ("url", "tag")
# How far lower-case words are looked for, and from how many letters on: headlines write short words in lower case.
_NEIGHBOURS = 10
_LONG_WORD = 4
HYPHENS = ("-", "\u2010", "\u2011")


def is_capital(position: int, text: DocumentText) -> bool:
    """Tell whether a word begins with a capital; true where its script or its field has no use for them."""
    if is_uncapitalised(position, text):
        return True
    original, start, _ = text.original_text(position, position + 1)
    first = original[start]
    return first.isupper() or first.istitle() or first.lower() == first.upper()


def is_unexplained_capital(position: int, text: DocumentText, min_length: int = _LONG_WORD) -> bool:
    """Tell whether a word has a capital that neither the start of a sentence nor a title-case headline explains.

    That is, another word of at least `min_length` letters within ten words of the same sentence is in lower case.
    """
    original, start, _ = text.original_text(position, position + 1)
    if not original[start].isupper() or not text.word_at(position - 1):
        return False
    document = text.document
    sentence = document.sentence_at(position)
    if document.sentence_at(position - 1) != sentence:
        return False
    around = range(position - _NEIGHBOURS, position + _NEIGHBOURS)
    return any(_is_lower_case(other, text, min_length) and document.sentence_at(other) == sentence for other in around)


def is_joined(position: int, text: DocumentText) -> bool:
    """Tell whether a hyphen joins a word to the one before, so that it may be in lower case: Kim Jong-un."""
    original, start, _ = text.original_text(position, position + 1)
    return original[start - 1 : start] in HYPHENS


def is_same_sentence(other: int, position: int, text: DocumentText) -> bool:
    """Tell whether there is a word at `other`, in the same sentence as the one at `position`."""
    return bool(text.word_at(other)) and text.document.sentence_at(other) == text.document.sentence_at(position)


def is_unmarked(position: int, text: DocumentText) -> bool:
    """Tell whether the last letter of a Latin word has no mark."""
    return original_words(position, position + 1, text)[-1:].isascii()


def is_before_small_letters(position: int, text: DocumentText) -> bool:
    """Tell whether a word in small letters of the same sentence stands at a position, right after another word."""
    return is_same_sentence(position, position - 1, text) and _is_lower_case(position, text, 1)


def is_title_case(position: int, text: DocumentText) -> bool:
    """Tell whether a word has a capital first letter and lower case after it."""
    return (
        bool(text.word_at(position))
        and is_capital(position, text)
        and not original_words(position, position + 1, text).isupper()
    )


def _is_lower_case(position: int, text: DocumentText, min_length: int) -> bool:
    """Tell whether a word of at least `min_length` letters begins in lower case."""
    if position < 0 or len(text.word_at(position)) < min_length:
        return False
    original, start, _ = text.original_text(position, position + 1)
    return original[start].islower()


def is_uncapitalised(position: int, text: DocumentText) -> bool:
    """Tell whether capitals mean nothing in the field of a word."""
    return text.document.parts[position >> FIELD_SHIFT].field in _UNCAPITALISED


def original_words(start: int, end: int, text: DocumentText) -> str:
    """Return the words [start, end) as the article writes them."""
    original, first, last = text.original_text(start, end)
    return original[first:last]
