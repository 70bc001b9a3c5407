"""Judge from the text around a word whether it is capitalised, and whether the capital marks it as a name."""

from __future__ import annotations

import re

from monitor.query.document import FIELD_SHIFT, DocumentText
from monitor.text.forms.known_spellings import is_given_name

_UNCAPITALISED = ("url", "tag")
# How far lower-case words are looked for, and from how many letters on: headlines write short words in lower case.
_NEIGHBOURS = 10
_LONG_WORD = 4
_CLOSING = " \u00a0»”\"'"
_PAUSES = (":", ",", "(", "—", "–")
_AND = ("и", "с")
_ABOUT = ("о", "об")
# A verb within so many words after a name counts (docs/names.md).
_NEAR_VERB = 4
_THERE_IS = ("будет", "станет", "нет", "хватает", "хватит", "немає", "буває", "слава", "справа")
# Offices and titles in Russian, Ukrainian and Bulgarian, in any case. Own table.
_office = re.compile(
    "(?:вице|экс|віце|екс)?(?:президент|премьер|премиер|министр|министър|міністр|губернатор|сенатор|канцлер|посол|посл|"
    "судь|съди|судд|генерал|адмирал|адмірал|конгресс?м[еъ]н|депутат|спикер|спікер|говорител|адвокат|прокурор|комис+ар|"
    "комісар|еврокомис+ар|директор|кандидат|шериф|лорд|мистер|містер|господин|госпож|тренер|треньор|режисс?[её]р|"
    "режисьор|професс?ор|доктор)[а-яіїє]{0,3}$"
).match
# What people do with words, in the same languages. Own table.
_says = re.compile(
    "(?:заяви|сообщи|отмети|подчеркну|добави|ответи|объяви|сказа|написа|повідоми|зазначи|наголоси|дода|відпові|оголоси)"
    "(?:ла?|в)?$|(?:считает|говорит|вважає|каже|каза|съобщи|отбеляза|подчерта|отговори|обяви|смята|казва|посочи|призова|осъди|поиска|отхвърли|предупреди)$"
).match
# Endings of verbs: Russian (сказал, заявила, опроверг, говорит), Ukrainian (сказав, заявляє, говорить), Bulgarian
# (обявява, твърдят, критикува). Own heuristic.
_verb = re.compile(
    "(?:[аеиоуыюяії]ла?(?:с[яь])?|верг|стиг|мог|нес|вез|ник|[бвгджзклмнпрстфхцчшщаеюя][еи]т(?:ся)?|"
    "(?:[иуюяї]|[^рж]а)в(?:ся)?|[аую]є(?:ться)?|[бвгджзклмнпрстфхцчшщ][ия]ть(?:ся)?|"
    r"\w\w(?:[аяу]ва|ира)[тл]|\w\w(?:ява|ува|ира|[кз]азва))$"
).search


def is_capital(position: int, text: DocumentText) -> bool:
    """Tell whether a word begins with a capital; true where its script or its field has no use for them."""
    if _is_uncapitalised(position, text):
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


def is_name(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether its capital, or what follows it, marks an ordinary word as a name here."""
    if _is_uncapitalised(start, text):
        return True
    if is_same_sentence(start - 1, start, text):
        shouted = original_words(start, end, text).isupper()
        return not shouted or is_unexplained_capital(start, text, min_length=1) or _is_used_as_name(end, text)
    return not is_same_sentence(end, start, text) or _is_used_as_name(end, text)


def is_introduced(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an office or given name before a capitalised word, or a verb of saying after it, shows a person."""
    before = is_same_sentence(start - 1, start, text) and _is_office_or_given(start - 1, text)
    return before or (is_same_sentence(end, start, text) and _says(text.word_at(end)) is not None)


def _is_office_or_given(position: int, text: DocumentText) -> bool:
    """Tell whether a word is an office, or a given name with a capital: сенатор, Tammy."""
    word = text.word_at(position)
    return _office(word) is not None or (is_given_name(word) and _is_title_case(position, text))


def _is_used_as_name(end: int, text: DocumentText) -> bool:
    """Tell whether what follows a sentence's first word treats it as a person.

    Examples: Песков сказал, Песков: …, Песков Дмитрий.
    """
    original, _, last = text.original_text(end - 1, end)
    if original[last : last + 3].lstrip(_CLOSING)[:1] in _PAUSES:
        return True
    row = [position for position in range(end, end + _NEAR_VERB) if is_same_sentence(position, end - 1, text)]
    if text.word_at(end) in _AND:
        return len(row) > 1 and _is_title_case(end + 1, text)
    return (
        _is_title_case(end, text)
        or text.word_at(end) in _ABOUT
        or any(_is_verb(text.word_at(position)) for position in row)
    )


def is_same_sentence(other: int, position: int, text: DocumentText) -> bool:
    """Tell whether there is a word at `other`, in the same sentence as the one at `position`."""
    return bool(text.word_at(other)) and text.document.sentence_at(other) == text.document.sentence_at(position)


def _is_title_case(position: int, text: DocumentText) -> bool:
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


def _is_verb(word: str) -> bool:
    """Tell whether a word has the ending of a verb of action; verbs of being and lacking do not count."""
    return word not in _THERE_IS and (_says(word) is not None or _verb(word) is not None)


def _is_uncapitalised(position: int, text: DocumentText) -> bool:
    """Tell whether capitals mean nothing in the field of a word."""
    return text.document.parts[position >> FIELD_SHIFT].field in _UNCAPITALISED


def original_words(start: int, end: int, text: DocumentText) -> str:
    """Return the words [start, end) as the article writes them."""
    original, first, last = text.original_text(start, end)
    return original[first:last]
