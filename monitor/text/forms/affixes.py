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
# Suffixes that make a person's name that of a policy, faction or manner (이재명표 정책): the entries marked 접사 there.
_KOREAN_SUFFIXES = ("표", "식", "발", "호", "계", "계는", "계가", "계의", "파", "파는", "파가", "파의")
_SHORTEST_WITH_SUFFIX = 3
_KOREAN_OFTEN = ["은", "는", "이", "가", "을", "를", "의"]
# Those of guessed spellings, without -나 and -이나, which other names end in (Carrey is 캐리, and 캐리나 Carina).
_KOREAN_OF_NAMES = """
은 는 이 가 을 를 의 에 와 과 도 로 으로 에서 에게 씨 측 까지 부터 보다 처럼 에게는 에게도 에게서
라고 이라고 라는 이라는 로부터 으로부터 와의 과의 와는 과는 와도 과도
"""
_KOREAN_USUAL = _KOREAN_OF_NAMES.split()
_KOREAN_OF_PLACES = ["에는", "에도", "에서는", "에서도", "에서의", "로는", "으로는", "로의", "으로의"]
# 하이네만 is Heinemann, no more than Heine; behind four syllables such names are rare.
_KOREAN_ONLY, _SHORTEST_WITH_ONLY = "만", 4
# The seven letters that are written onto the next word (משה וכלב) in their usual order: Academy of the Hebrew Language.
_HEBREW = "ה ו ב כ ל מ ש וה וב וכ ול ומ וש שה שב שכ של שמ מה כש כשה ושה ומה ושב ושל"
_HEBREW_BEFORE = _HEBREW.split()
_HEBREW_OFTEN = ["ו", "ב", "ל"]
_HEBREW_USUAL = [*_HEBREW_OFTEN, "מ", "ש", "כ", "ול", "שב"]
_HEBREW_SHORTEST = 3
_WITHOUT_PARTICLES = 3
_AFTER_CONSONANT = ("은", "이", "을", "과", "으로")
_AFTER_VOWEL = ("는", "가", "를", "와", "로", "라")
"""What particles begin with, alone or before others, by what the word before them ends in."""
# Hangul syllables are numbered from 가 by first, middle and final letter, of 28 with none (Unicode 3.12).
_FIRST_SYLLABLE, _FINALS, _FINAL_L = 0xAC00, 28, 8


def affixed(word: str, script: str) -> list[str]:
    """Return a Korean or Hebrew word with each particle; none for other scripts and very short Hebrew words."""
    if script == "hangul":
        suffixes = _KOREAN_SUFFIXES if len(word) >= _SHORTEST_WITH_SUFFIX else []
        return [word + particle for particle in (*_KOREAN_AFTER, *suffixes)]
    if script == "hebrew" and len(word) >= _HEBREW_SHORTEST:
        without_article = word[1:] if word.startswith("ה") and len(word) > _HEBREW_SHORTEST else ""
        # The article ה merges with ב, כ and ל: ב and הכנסת are בכנסת.
        merged = (
            [particle + without_article for particle in ("ב", "כ", "ל", "וב", "ול", "שב", "של")]
            if without_article
            else []
        )
        return [form for particle in _HEBREW_BEFORE for form in with_hebrew_prefix(particle, word)] + merged
    return []


def acronym_affixed(acronym: str) -> list[str]:
    """Return an acronym in Latin letters with the usual Korean particles, which are written onto it: TSMC가."""
    return [acronym + particle for particle in (*_KOREAN_USUAL, *_KOREAN_OF_PLACES)]


def is_with_particle(word: str, korean: str) -> bool:
    """Tell whether a word is a Korean one, perhaps with a particle."""
    return word.startswith(korean) and word.removeprefix(korean) in ("", *_KOREAN_AFTER)


def guess_affixed(word: str, script: str, rank: int) -> list[str]:
    """Return a guessed spelling of a name with particles: the likeliest (rank 0) with more, an unlikely one without.

    Nor has a Hebrew one of three letters or fewer any, since most such words are others.
    """
    if rank >= _WITHOUT_PARTICLES or (script == "hebrew" and len(word) <= _HEBREW_SHORTEST):
        return []
    if script == "hangul":
        only = [_KOREAN_ONLY] if len(word) >= _SHORTEST_WITH_ONLY and not rank else []
        particles = _KOREAN_OFTEN if rank else [*_KOREAN_USUAL, *_KOREAN_OF_PLACES, *only]
        return [word + particle for particle in particles if _follows(particle, word)]
    if script == "hebrew":
        particles = _HEBREW_OFTEN if rank else _HEBREW_USUAL
        return [form for particle in particles for form in with_hebrew_prefix(particle, word)]
    return []


def with_hebrew_prefix(prefix: str, word: str) -> list[str]:
    """Return a word behind a prefix, and with the ו doubled that it may begin with: בווינה, of וינה.

    It is doubled within a word unless another stands beside it: Academy of the Hebrew Language, כללי הכתיב המלא.
    """
    is_doubled = prefix and word.startswith("ו") and not (word.startswith("וו") or prefix.endswith("ו"))
    return [f"{prefix}{word}", *([f"{prefix}ו{word}"] if is_doubled else [])]


def is_of_person(form: str, bare: str) -> bool:
    """Tell whether a form of a surname may stand behind a given name.

    Not in Hangul with what mostly places have (에서는), nor in Hebrew with its ו doubled, since the prefix goes before
    the given name.
    """
    prefix = form.removesuffix(bare)
    return form.removeprefix(bare) not in _KOREAN_OF_PLACES and (prefix == "ו" or not prefix.endswith("ו"))


def _follows(particle: str, word: str) -> bool:
    """Tell whether a particle has its shape for what a Korean word ends in: 은 behind a consonant, 는 behind a vowel"""
    final = (ord(word[-1]) - _FIRST_SYLLABLE) % _FINALS
    # 로 also stands behind ㄹ: 밀로, but 푸틴으로.
    if particle.startswith(("로", "으로")) and final == _FINAL_L:
        return particle.startswith("로")
    return not particle.startswith(_AFTER_VOWEL if final else _AFTER_CONSONANT)
