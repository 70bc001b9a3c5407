"""Judge in scripts without capitals whether a guessed spelling is a whole name, and whether something marks it as one.

Marks are a title or a verb of people beside it, a dot between given name and surname (加文·纽森), and its own length.
Own heuristic; the words are in `data/titles.txt`.
"""

from __future__ import annotations

import re

from monitor.query.document import DocumentText
from monitor.query.terms.evidence_in_hebrew import is_beside_hebrew_title
from monitor.query.terms.titles_beside import (
    LONGEST_TITLE,
    is_beside_chinese_title,
    is_beside_japanese_title,
    is_beside_korean_title,
)
from monitor.text.forms.chinese_words import begins_in_word, lies_across_words
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import known_words, transliteration_characters

WITHOUT_CAPITALS = frozenset({"han", "kana", "hangul", "hebrew"})
_DOTS = "·・･•‧＝="
# From how many characters on a spelling proves itself where nothing touches it: others are also words.
_LONG = {"han": 4, "kana": 4}
_MOST_BY_SOUND = 0.6
# Surname and two syllables.
_FULL_NAME = 3
_in_one_piece = re.compile(rf"[\w{_DOTS}]+").fullmatch
_joined_kana = re.compile("[ァ-ヺー]").match
_is_letter = re.compile(r"\w").match


def is_whole_name(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether no letters of a longer name or word touch a spelling in Chinese characters or katakana."""
    original, first, last = text.original_text(start, end)
    script = script_of(original[first:last])
    if script not in _LONG:
        return True
    if not _in_one_piece(original[first:last]):
        return False
    before, after = original[max(first - LONGEST_TITLE, 0) : first], original[last : last + LONGEST_TITLE]
    if script == "kana":
        return not _joined_kana(before[-1:]) and not _joined_kana(after)
    name = original[first:last]
    if _is_by_sound(name) and not (_ends_before_name(before) and _begins_after_name(after)):
        return False
    apart = "" if before.endswith(tuple(known_words("han", "before"))) else before
    return not _ends_place(before, name) and not lies_across_words(apart, name, after)


def _is_by_sound(name: str) -> bool:
    """Tell whether most characters of a Chinese name are those that write sounds: 圣路易, but not 丰田."""
    letters = transliteration_characters()
    return sum(one in letters for one in name) >= _MOST_BY_SOUND * len(name)


def is_marked_as_name(start: int, end: int, text: DocumentText, *, has_particle: bool = False) -> bool:
    """Tell whether a title, a dot or its length marks a whole name of a script without capitals."""
    original, first, last = text.original_text(start, end)
    name = original[first:last]
    script = script_of(name)
    if script == "hangul":
        return is_beside_korean_title(start, end, text, has_particle=has_particle)
    if script == "hebrew":
        return name not in known_words(script, "ordinary") and is_beside_hebrew_title(start, end, text)
    if script not in _LONG:
        return False
    if (end - start >= _LONG[script] and name not in known_words(script, "ordinary")) or original[
        first - 1 : first
    ] in tuple(_DOTS):
        return True
    is_chinese = script == "han" and text.document.language != "ja"
    is_beside_title = is_beside_chinese_title if is_chinese else is_beside_japanese_title
    return is_beside_title(original[max(first - LONGEST_TITLE, 0) : first], original[last : last + LONGEST_TITLE], name)


def is_marked_reading(start: int, end: int, text: DocumentText) -> bool:
    """Tell whether a title or a verb of people beside it marks a Chinese person.

    A pause does for three characters, which in Chinese articles stand by themselves, too, unless they begin in a word.
    """
    original, first, last = text.original_text(start, end)
    before, after = original[max(first - LONGEST_TITLE, 0) : first], original[last : last + LONGEST_TITLE]
    return _in_one_piece(original[first:last]) is not None and (
        before.endswith(tuple(known_words("han", "before")))
        or after.startswith(tuple(known_words("han", "after")))
        or (end - start >= _FULL_NAME and _is_apart(before, original[first:last], after, text.document.language))
    )


def _is_apart(before: str, name: str, after: str, language: str) -> bool:
    """Tell whether no word seems to hold a full name of three characters, of which a pause is beside it elsewhere."""
    if language.startswith("zh"):
        return not begins_in_word(before, name)
    return not (_is_letter(before[-1:]) and _is_letter(after[:1]))


def _ends_before_name(before: str) -> bool:
    """Tell whether a Chinese text ends where a name may begin."""
    return before[-1:] not in transliteration_characters() or before.endswith(
        (*known_words("han", "before"), *known_words("han", "roles before"), *known_words("han", "touching"))
    )


def _ends_place(before: str, name: str) -> bool:
    """Tell whether a Chinese name is only the end of a place: 罗斯 (Ross) of 俄罗斯 (Russia)."""
    return any(len(place) > len(name) and f"{before}{name}".endswith(place) for place in known_words("han", "places"))


def _begins_after_name(after: str) -> bool:
    """Tell whether a Chinese text begins where a name may end."""
    return after[:1] not in transliteration_characters() or after.startswith(
        (*known_words("han", "after"), *known_words("han", "roles after"), *known_words("han", "touching"))
    )
