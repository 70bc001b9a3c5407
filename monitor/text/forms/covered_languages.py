"""Tell for which languages the Cyrillic spellings of `names.yaml` stand, so that no others are guessed there.

Russian, Ukrainian and Bulgarian share letters, but spell foreign names otherwise. A listed spelling must not take away
what is found in another of them: it covers only the languages whose likeliest guess it is, and the one that its letters
tell if it is a less likely guess there. A spelling that we would not guess, or a nickname (Радек Сикорский), is added
to the guesses; a translation of a name of several words (Европейский совет) covers all.

Chinese spells a foreign name in several ways, too: a listed spelling that sounds like it takes no guess away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from monitor.text.forms import cyrillic
from monitor.text.forms.chinese_names import chinese_person
from monitor.text.forms.given_names import name_spellings
from monitor.text.forms.known_spellings import is_given_name, is_place
from monitor.text.forms.phrases import is_phrase
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.spellings import LikelySpelling
from monitor.text.forms.translit import chinese_spellings

_OTHER_SCRIPTS = frozenset({"latin", "greek", "arabic", "han", "kana", "hangul", "hebrew"})
_SOUNDED = ("latin", "cyrillic")
_DOTS = "[·・･•‧]"
_ALIKE_IN_CHINESE = 0.4
_ALIKE = 0.75
"""The least share of letters that a spelling has in common with a guess; own estimate."""


def covered_scripts(name: str, listed: Sequence[str]) -> frozenset[str]:
    """Return the scripts but for Latin and Cyrillic that are not guessed at, since a `listed` spelling is in them.

    Chinese is guessed at beside one that sounds like a foreign person.
    """
    scripts, words = other_scripts(listed), name.split()
    if "han" not in scripts or is_place(name) or is_phrase(words) or chinese_person(words):
        return scripts
    return scripts - {"han"} if _is_spelled_by_sound_in_chinese(words[-1].lower(), listed[1:]) else scripts


def other_scripts(texts: Iterable[str]) -> frozenset[str]:
    """Return the scripts of texts but for Latin and Cyrillic, in which languages spell a name otherwise."""
    return frozenset(map(script_of, texts)) - {"latin", "cyrillic"}


def _is_spelled_by_sound_in_chinese(word: str, also: Iterable[str]) -> bool:
    """Tell whether a Chinese spelling sounds like a lower-case name: 纽瑟姆 and Newsom, not 高市早苗 and Takaichi."""
    guesses = [text for text, _ in chinese_spellings(word, script_of(word))] if script_of(word) in _SOUNDED else []
    listed = [re.split(_DOTS, text)[-1] for text in also if script_of(text) == "han"]
    return any(SequenceMatcher(None, text, guess).ratio() >= _ALIKE_IN_CHINESE for text in listed for guess in guesses)


def covered_languages(name: str, also: Iterable[str]) -> frozenset[str]:
    """Return which of `ru`, `uk` and `bg` need no guesses of a name that is spelled so `also`."""
    words = name.lower().split()
    listed = [text.lower().split() for text in also if script_of(text) == "cyrillic" and text != text.lower()]
    if not listed:
        return frozenset()
    spellings = [(word, name_spellings(word, _OTHER_SCRIPTS)) for word in words]
    guesses = {language: [_guesses(*each, language) for each in spellings] for language in cyrillic.LANGUAGES}
    spelled = [text for text in listed if len(text) == len(words) or (len(text) == 1 and is_given_name(words[0]))]
    if len(words) > 1 and not any(_resembles(text, several) for text in spelled for several in guesses.values()):
        return cyrillic.LANGUAGES
    return frozenset(
        language for text in listed for language, several in guesses.items() if _covers(text, several, language)
    )


def _guesses(word: str, spellings: Iterable[LikelySpelling], language: str) -> list[str]:
    """Return the folded spellings of a lower-case word in a language, the likeliest first, itself if it is in one."""
    own = [word] if script_of(word) == "cyrillic" else []
    return [fold(text) for text in own + [one.text for one in spellings if one.language == language]]


def _covers(text: list[str], guesses: list[list[str]], language: str) -> bool:
    """Tell whether a text of lower-case words covers a language; a surname alone does by the guesses of the surname.

    The given name need not be the likeliest guess, since there are many ways to write it.
    """
    words = [fold(word) for word in text]
    if not all(word in several for word, several in _beside(words, guesses)):
        return False
    is_likeliest = bool(guesses[-1]) and words[-1] == guesses[-1][0]
    return is_likeliest or cyrillic.languages_of(" ".join(text)) == (language,)


def _resembles(text: list[str], guesses: list[list[str]]) -> bool:
    """Tell whether a text of lower-case words sounds like the name; otherwise it translates it: Европейский совет.

    Its last word tells, since the first may be a nickname: Радек Сикорский for Radosław Sikorski.
    """
    last = fold(text[-1])
    return any(SequenceMatcher(None, last, guess).ratio() >= _ALIKE for guess in guesses[-1])


def _beside(words: list[str], guesses: list[list[str]]) -> list[tuple[str, list[str]]]:
    """Return each word with the guesses of that word of the name, counted from the end."""
    return list(zip(reversed(words), reversed(guesses), strict=False))
