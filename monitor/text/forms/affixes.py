"""Attach particles to words of scripts without capitals: Korean particles and Hebrew prefixes."""

from __future__ import annotations

CONFIDENCE = 0.9

# Case and topic particles with their combinations: National Institute of Korean Language, Standard Korean Dictionary,
# the entries marked 조사; without those that newspapers hardly use (-이시여, -깨나).
_KOREAN = """
은 는 이 가 을 를 의 에 에서 에게 에게서 께 께서 한테 로 으로 와 과 도 만 부터 까지 보다 처럼 마저 조차 라고 이라고 라는
이라는 라며 이라며 이나 나 이란 란 에는 에도 에만 에서는 에서도 에서의 에게는 에게도 로는 로서 로써 로부터 로의 으로는
으로서 으로써 으로부터 으로의 와의 과의 와는 과는 와도 과도 까지도 까지는 부터는 만은 만이 만을 만의 이다 이며 인
이었다 였다
들 들은 들이 들을 들의 들에게 들과
씨 씨는 씨가 씨의 측 측은 측이
"""
_KOREAN_AFTER = _KOREAN.split()
_KOREAN_OFTEN = ["은", "는", "이", "가", "을", "를", "의"]
# The seven letters that are written onto the next word (משה וכלב) in their usual order: Academy of the Hebrew Language.
_HEBREW = "ה ו ב כ ל מ ש וה וב וכ ול ומ וש שה שב שכ של שמ מה כש כשה ושה ומה ושב ושל"
_HEBREW_BEFORE = _HEBREW.split()
_HEBREW_OFTEN = ["ו", "ב", "ל"]
_HEBREW_SHORTEST = 3
_AFTER_CONSONANT, _AFTER_VOWEL = frozenset("은이을"), frozenset("는가를")
# Hangul syllables are numbered from 가 by first, middle and final letter, of 28 with none (Unicode 3.12).
_FIRST_SYLLABLE, _FINALS = 0xAC00, 28


def affixed(word: str, script: str, *, guessed: bool = False) -> list[str]:
    """Return a Korean or Hebrew word with each particle, a `guessed` spelling of a name with the most frequent ones.

    Nothing for other scripts and very short Hebrew words.
    """
    if script == "hangul" and guessed:
        return [word + particle for particle in _KOREAN_OFTEN if _follows(particle, word)]
    if script == "hebrew" and guessed:
        return [particle + word for particle in _HEBREW_OFTEN]
    if script == "hangul":
        return [word + particle for particle in _KOREAN_AFTER]
    if script == "hebrew" and len(word) >= _HEBREW_SHORTEST:
        without_article = word[1:] if word.startswith("ה") and len(word) > _HEBREW_SHORTEST else ""
        # The article ה merges with ב, כ and ל: ב and הכנסת are בכנסת.
        merged = (
            [particle + without_article for particle in ("ב", "כ", "ל", "וב", "ול", "שב", "של")]
            if without_article
            else []
        )
        return [particle + word for particle in _HEBREW_BEFORE] + merged
    return []


def _follows(particle: str, word: str) -> bool:
    """Tell whether a particle has its shape for what a Korean word ends in: 은 behind a consonant, 는 behind a vowel"""
    final = (ord(word[-1]) - _FIRST_SYLLABLE) % _FINALS
    return particle not in (_AFTER_VOWEL if final else _AFTER_CONSONANT)
