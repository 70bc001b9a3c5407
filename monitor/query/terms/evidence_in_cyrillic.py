"""Judge whether a word that Cyrillic writes like an ordinary one is a name: Песков (of sands), Маска (mask), Але (but).

Offices, verbs and what else stands beside it show a person. Own heuristic and tables.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import (
    HYPHENS,
    is_capital,
    is_same_sentence,
    is_title_case,
    is_uncapitalised,
    is_unexplained_capital,
    original_words,
)
from monitor.query.terms.gaps import is_enumerated, is_interrupted
from monitor.text.forms.known_spellings import is_given_name
from monitor.text.forms.ordinary_words import is_function_word, is_subject_noun
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import known_words

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
# Verbs of several (вызвали, ждут, чекають, викликали), which have a case as their object, and the endings of such
# cases, which plurals of nouns do not have (дані, суми). Own heuristic.
_plural_verb = re.compile(r"(?:\w\w[аияі]ли|[аяую]ть?)(?:с[яь])?$").search
# What several do to places, whose nominative is the object too: Суми обстріляли, Лиман освободили. Own table.
_happens_to_places = re.compile(
    "(?:обстр[еі]л|атак[оу]|бомб|разбомб|розбомб|штурм|освобо[дж]|звільн|захва[тч]|захоп|оккуп|окуп|остав|покин|залиш|"
    r"обесточ|знеструм|эваку|еваку)\w*(?:ли|[юуая]ть?)$"
).match
# Ends of Ukrainian verbs (виграв, стежив) that nouns have as well (справ, держав).
_PAST = ("рав", "жав")
_OF_OBJECTS = ("а", "я", "у", "ю")
# What a hyphen joins to somebody's name: the younger, a particle, a title or kinship of the East. Own table.
_behind_name = re.compile(
    "(?:(?:млад|стар|молод)ш|стар|млад)[а-яії]{2,3}$|(?:то|таки|де|паша|хан|шах|бей|бек|ага|ходжа|заде|оглу|оглы|огли|улы|кызы|сан)"
    "[а-яії]{0,2}$"
).match


def begins_compound(end: int, text: DocumentText) -> bool:
    """Tell whether a hyphen joins a word in small letters to the one before `end`, no part of a name: Лонг-лист."""
    word = text.word_at(end)
    if not word or script_of(word) != "cyrillic" or _behind_name(word):
        return False
    original, start, _ = text.original_text(end, end + 1)
    return original[start].islower() and original[start - 1] in HYPHENS


def is_name(start: int, end: int, text: DocumentText, *, is_case: bool = False) -> bool:
    """Tell whether its capital, or what follows it, marks an ordinary word as a name here.

    `is_case` tells that the form is another case than the nominative, so that it is no subject of a verb.
    """
    if is_uncapitalised(start, text):
        return True
    if is_same_sentence(start - 1, start, text):
        shouted = original_words(start, end, text).isupper()
        return not shouted or is_unexplained_capital(start, text, min_length=1) or _is_used(end, text, is_case=is_case)
    return not is_same_sentence(end, start, text) or _is_used(end, text, is_case=is_case)


def is_introduced(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an office or given name before a capitalised word, or a verb of saying after it, shows a person."""
    return is_behind_office_or_given(start, end, text) or _is_said(end, text)


def is_behind_office_or_given(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether an office or given name stands directly before a word; not in “Президент: Це” (this)."""
    return (
        is_same_sentence(start - 1, start, text)
        and _is_office_or_given(start - 1, text)
        and not is_interrupted(start, end, text)
        and not is_enumerated(start, text)
    )


def _is_office_or_given(position: int, text: DocumentText) -> bool:
    """Tell whether a word is an office, or a given name with a capital, if the next word has one: сенатор, Tammy."""
    word = text.word_at(position)
    if _office(word) is not None:
        return True
    return is_given_name(word) and (is_title_case(position, text) or not is_capital(position + 1, text))


def _is_said(end: int, text: DocumentText) -> bool:
    """Tell whether a verb of saying follows at once."""
    return (
        is_same_sentence(end, end - 1, text) and _says(text.word_at(end)) is not None and not is_enumerated(end, text)
    )


def _is_used(end: int, text: DocumentText, *, is_case: bool) -> bool:
    """Tell whether what follows a sentence's first word treats it as a person.

    Examples: Песков сказал, Песков: …, Песков Дмитрий, Маска вызвали. A function word (Але Трамп, Того, кто) needs a
    verb of saying at once. What a role does and says proves nothing: Маршал (Marshall) сообщил.
    """
    if is_function_word(text.word_at(end - 1), text.document.language):
        return _is_said(end, text)
    written = original_words(end - 1, end, text).lower()
    if written in known_words("cyrillic", "roles"):
        return False
    if text.word_at(end) in _AND:
        return is_same_sentence(end + 1, end, text) and is_title_case(end + 1, text)
    if not is_case and is_subject_noun(written):
        return _is_noun_used(end, text)
    original, _, last = text.original_text(end - 1, end)
    if original[last : last + 3].lstrip(_CLOSING)[:1] in _PAUSES:
        return True
    if (is_title_case(end, text) and _is_person(end, text)) or text.word_at(end) in _ABOUT:
        return True
    if is_case:
        is_object = text.word_at(end - 1).endswith(_OF_OBJECTS)
        return is_object and any(_plural_verb(word) for word in _clause(end, text))
    return any(_is_verb(word) or _happens_to_places(word) for word in _clause(end, text))


def _is_noun_used(end: int, text: DocumentText) -> bool:
    """Tell whether what follows a noun in the nominative treats it as a person: Буш посетил, not Волк загрыз.

    Things and animals are subjects of other verbs, too, and a thing may be an object (Грант получил фонд).
    """
    original, _, last = text.original_text(end - 1, end)
    if original[last : last + 3].lstrip(_CLOSING)[:1] == ":":
        return True
    if is_title_case(end, text) and _is_person(end, text):
        return True
    return any(_is_act(word) or _happens_to_places(word) for word in _clause(end, text))


def _is_act(word: str) -> bool:
    """Tell whether a word is a verb of what people do and say, rather than things or animals."""
    is_verb = _verb(word) is not None or word.endswith(_PAST)
    return (is_verb and word.startswith(tuple(known_words("cyrillic", "acts")))) or _says(word) is not None


def _is_person(position: int, text: DocumentText) -> bool:
    """Tell whether a word or the one before is a given name: Рис Кондолиза, Том Круз; not Дані Генштабу (data)."""
    return is_given_name(text.word_at(position)) or is_given_name(text.word_at(position - 1))


def _clause(end: int, text: DocumentText) -> list[str]:
    """Return the next words of the same sentence, up to a comma: its verb has the word before as its subject."""
    words: list[str] = []
    for position in range(end, end + _NEAR_VERB):
        if not is_same_sentence(position, end - 1, text) or is_enumerated(position, text):
            break
        words.append(text.word_at(position))
    return words


def _is_verb(word: str) -> bool:
    """Tell whether a word has the ending of a verb of action; verbs of being and lacking do not count."""
    return word not in _THERE_IS and (_says(word) is not None or _verb(word) is not None)
