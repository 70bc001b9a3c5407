"""Tell whether a title or role stands directly beside a name in Chinese, Japanese or Korean: 总统马克龙.

Own heuristics; the words are in `monitor/text/forms/data/titles.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from monitor.query.document import DocumentText
from monitor.query.terms.evidence import is_same_sentence, original_words
from monitor.text.forms.affixes import is_with_particle
from monitor.text.forms.japanese_names import given_name_characters
from monitor.text.forms.script import script_of
from monitor.text.forms.titles import known_words

LONGEST_TITLE = 16
"""How many characters before and behind a name are read for a title."""
_NEAR_TITLE = 2
"""How many words may stand between a Korean name and its title: 뉴섬 캘리포니아 주지사."""
_without_abbreviation = re.compile("[（(][A-Z]{2,4}[)）]$").sub
"""Removes what newsrooms write behind a title: 最高経営責任者（CEO）の."""


def is_beside_chinese_title(before: str, after: str, name: str) -> bool:
    """Tell whether a title, a role or a verb of people touches a Chinese transcription of a name."""
    if name in known_words("han", "ordinary"):
        return False
    before = _without_abbreviation("", before)
    return before.endswith(_words("han", "before", "roles before")) or _chinese_after().match(after) is not None


def is_beside_japanese_title(before: str, after: str, name: str) -> bool:
    """Tell whether a title touches a name in katakana, or stands before it with の or a country: 俳優のスミス.

    Before an ordinary word a title is no sign (監督ベース), nor is one behind a place or sport (サッカー選手).
    """
    if name in known_words("kana", "nouns"):
        return False
    if _japanese_after().match(after) or (script_of(name) == "han" and _behind_given_name().match(after)):
        return True
    before = _without_abbreviation("", before.removesuffix("の"))
    return name not in known_words("kana", "ordinary") and before.endswith(_words("kana", "before"))


def is_beside_korean_title(start: int, end: int, text: DocumentText, *, has_particle: bool) -> bool:
    """Tell whether a title follows a Korean name within two words, or a role at once, or either stands before it.

    A title behind it follows a name without a particle: in 조국을 위해 대통령은 the president acts for the fatherland.
    """
    if has_particle or original_words(start, end, text) in known_words("hangul", "ordinary"):
        return False
    after = [text.word_at(end + at) for at in range(_NEAR_TITLE) if is_same_sentence(end + at, start, text)]
    return (
        any(word.startswith(_words("hangul", "after")) for word in after)
        or any(_is_role(word) for word in after[:1])
        or (is_same_sentence(start - 1, start, text) and text.word_at(start - 1) in known_words("hangul", "before"))
    )


def _is_role(word: str) -> bool:
    """Tell whether a Korean word is a role, or a title of one syllable, perhaps with a particle."""
    return word.startswith(_words("hangul", "roles after")) or any(
        is_with_particle(word, title) for title in known_words("hangul", "particle after")
    )


@cache
def _chinese_after() -> re.Pattern[str]:
    """Return what stands behind a person: a title, or a verb perhaps behind an adverb or the day (默茨29日表示)."""
    between = _one_of(known_words("han", "between"))
    return re.compile(rf"(?:{between}|\d{{1,2}}[日号號]){{0,2}}(?:{_one_of(_words('han', 'after', 'roles after'))})")


@cache
def _japanese_after() -> re.Pattern[str]:
    """Return what stands behind a person: a title, perhaps behind short words or a country (・ドイツ首相)."""
    qualifiers = _one_of(known_words("kana", "qualifiers"))
    return re.compile(rf"(?:・[ァ-ヺー]{{2,8}})?(?:{qualifiers}){{0,3}}(?:{_one_of(known_words('kana', 'after'))})")


@cache
def _behind_given_name() -> re.Pattern[str]:
    """Return the given name and title that stand behind a Japanese surname in characters: 茂木敏充幹事長."""
    return re.compile(rf"[{''.join(given_name_characters())}]{{1,3}}(?:{_one_of(known_words('kana', 'after'))})")


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _words(script: str, *kinds: str) -> tuple[str, ...]:
    return tuple(word for kind in kinds for word in known_words(script, kind))
