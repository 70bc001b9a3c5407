"""Guess the spellings of one word of a name in other scripts and languages, before case endings are added.

Confidences are own estimates: `_GUESS` minus the cost of the transliteration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from monitor.text.forms import cyrillic
from monitor.text.forms.dictionary import is_listed
from monitor.text.forms.latin_to_cyrillic import cyrillic_spellings
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.titles import proves_itself
from monitor.text.forms.translit import (
    MAYBE_COST,
    Original,
    arabic_spellings,
    bulgarian_from_russian,
    chinese_spellings,
    cyrillic_arabic_greek_spellings,
    foreign_spellings,
    greek_spellings,
    is_english_surname,
    is_established,
    latin_from,
    latin_of_syllables,
    latin_spellings,
    looks_arabic,
    looks_foreign,
    looks_like_slavic_place,
    looks_slavic,
    may_be_arabic,
    may_be_slavic,
    native_arabic_spellings,
    persian_spellings,
    romanised_spellings,
    russian_from_bulgarian,
    russian_from_ukrainian,
    slavic_originals,
    sounds_of_ukrainian,
    spelled_by_sound,
    spellings_at_home,
    ukrainian_spellings,
)

ALIAS = "names.yaml"
"""The source of spellings that `names.yaml` adds to a name."""
GUESS = "transliteration"
"""The source of spellings that are guessed by the tables."""
MIN_GUESS_ABROAD = 5
"""How many letters a guess needs to count in other languages than its own."""
GUESS_CONFIDENCE = 0.86
"""The confidence of a guess that costs nothing."""
CONVENTIONS = ("en", "de", "pl", "fr", "tr", "es", "cs", "it")
"""The languages that spell Slavic names in Latin letters, each in its way."""
WESTERN = "western"
"""Stands for Polish, Czech and German, any of which a name without telling letters may be a spelling of."""
_POLISH_ENDINGS = ("ow", "iew", "ski", "cki", "icz")
_LETTERS = {"tr": frozenset("şğıİŞĞ"), "pl": frozenset("łńśćżźąęŁŚŻŹ"), "cs": frozenset("řěůčšžŘČŠŽ")}
_WITH_ENDINGS = frozenset({"de", "pl", "tr", "cs"})
_ALSO_DECLINED = frozenset({"de", "pl", "cs", "ro", "tr"})
_OTHER_SCRIPT_COST, _LATIN_TO_LATIN_COST = 0.05, 0.04
_SOUND_COST, _UNLIKELY_COST, _EMIGRANT_COST = 0.02, 0.05, 0.1
_MOST_SOUNDS = 3
_MOST_ORIGINALS = 4
_MOST_RUSSIAN = 6
_SHORTEST_GUESS = 3
_WEAK = 0.55
_MOST_BY_SOUND = {"kana": 8, "hangul": 6, "hebrew": 10}
_SHORTEST_BY_SOUND = {"han": 2, "kana": 2, "hangul": 2, "hebrew": 2}
"""How many letters a spelling by sound has at least: shorter ones are parts of too many words."""
_SURE_BY_SOUND, _WEAK_BY_SOUND = 0.7, 0.57
_MOST = {"ru": 8, "uk": 8, "bg": 9, "latin": 24, "arabic": 16, "greek": 8}
_GROUPS = cyrillic.LANGUAGES | {"fa"}
"""Languages whose spellings are counted by themselves, not among those of their script."""
_MOST_OF_ARABIC = {**_MOST, "latin": 40, "ru": 14, "greek": 12}


class LikelySpelling(NamedTuple):
    """One lower-case spelling, the language whose endings it takes (empty: any of its script), and its confidence.

    It `takes_article` if it is the guessed Arabic spelling of an Arabic name (Assad, الأسد). It counts in articles
    of its language only if it is `only_at_home`.
    `rank` counts the spellings by sound that are likelier: the more, the fewer particles it takes.
    """

    text: str
    language: str = ""
    source: str = GUESS
    confidence: float = 1.0
    takes_article: bool = False
    only_at_home: bool = False
    rank: int = 0


def as_written(text: str, source: str, confidence: float = 1.0) -> list[LikelySpelling]:
    """Return a user's spelling, once for each language that its letters allow."""
    script = script_of(text)
    if script != "cyrillic":
        own = _latin_language(text) if source == ALIAS and script == "latin" else ""
        return [LikelySpelling(text, own, source, confidence)]
    return [LikelySpelling(text, language, source, confidence) for language in cyrillic.written_languages(text)]


def _latin_language(text: str) -> str:
    """Return the language whose endings an alias in Latin letters takes: by its letters, else all but Turkish ones."""
    if text.endswith(_POLISH_ENDINGS):
        return "pl"
    return next((language for language, letters in _LETTERS.items() if letters & frozenset(text)), WESTERN)


def guessed_spellings(word: str, known_scripts: Iterable[str] = (), *, is_arabic: bool = False) -> list[LikelySpelling]:
    """Return spellings of the lower-case `word` in scripts that are not among `known_scripts`, likeliest first.

    For Cyrillic, these are the languages `ru`, `uk` and `bg`.
    `is_arabic` tells that a Latin word is an Arabic name, which its letters do not always show.
    """
    script = script_of(word)
    known = frozenset(known_scripts)
    if script == "latin":
        found = _from_latin(word, known, is_arabic=is_arabic or looks_arabic(word))
    elif script == "cyrillic":
        found = _from_cyrillic(word, known)
    elif script in ("arabic", "greek"):
        found = _from_arabic_or_greek(word, script, known)
    else:
        found = [_weak(one) for one in _with_confidence(latin_of_syllables(word, script), "")]
    return _select(word, found) + _without_capitals(word, script, known, is_arabic=is_arabic)


def _from_arabic_or_greek(word: str, script: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Transliterate from Arabic or Greek: to Latin and Cyrillic by tables, to each other through these."""
    latin = latin_from(word, script)
    found = [] if "latin" in known else _with_confidence(latin, "", _OTHER_SCRIPT_COST)
    russian = cyrillic_arabic_greek_spellings(word, script, "cyrillic")
    if "ru" not in known:
        found += _with_confidence(russian, "ru", _OTHER_SCRIPT_COST)
    if "uk" not in known:
        found += [
            one
            for text, cost in russian[:4]
            for one in _with_confidence(ukrainian_spellings(text, slavic=False), "uk", cost + _OTHER_SCRIPT_COST)
        ]
    nearest = [_by_sound(russian, "greek" if script == "arabic" else "arabic")]
    if script == "greek":
        for text, cost in latin[:3]:
            arabic = _in_arabic(text, is_arabic=False)
            nearest.append([one._replace(confidence=round(one.confidence - cost, 2)) for one in arabic])
    return found + [one for several in nearest for one in several if script_of(one.text) not in known]


def _from_latin(word: str, known: frozenset[str], *, is_arabic: bool) -> list[LikelySpelling]:
    """Transliterate from Latin to Russian, through it to Ukrainian and other Latin spellings, to Arabic and Greek."""
    slavic = looks_slavic(word)
    spelled = cyrillic_spellings(word, is_arabic=is_arabic)
    russian = spelled["ru"]
    found: list[LikelySpelling] = []
    for language in sorted(cyrillic.LANGUAGES - known):
        found += _with_confidence(spelled[language], language)
    found += [] if "bg" in known else _bulgarian_of(russian[:_MOST_RUSSIAN])
    if slavic or (may_be_slavic(word) and not is_arabic):
        found += slavic_spellings(word, known, 0.0 if slavic else MAYBE_COST)
    if is_arabic or (
        may_be_arabic(word) and not (slavic or is_english_surname(word)) and len(word) >= MIN_GUESS_ABROAD
    ):
        cost = _LATIN_TO_LATIN_COST + (0.0 if is_arabic else _UNLIKELY_COST)
        for text, more in romanised_spellings(word):
            found += _with_confidence([(text, more)], "de" if "sch" in text else "", cost)
    if "latin" not in known:
        for language, text, cost in spellings_at_home(word, is_arabic=is_arabic):
            found += [one._replace(only_at_home=True) for one in _with_confidence([(text, cost)], language)]
    if "arabic" not in known:
        found += _in_arabic(word, is_arabic=is_arabic)
        found += [] if is_arabic else _by_sound(russian[:_MOST_SOUNDS], "arabic")
        found += [] if is_arabic else _with_confidence(persian_spellings(word), "fa", _OTHER_SCRIPT_COST)
    if "greek" not in known:
        found += _with_confidence(greek_spellings(word), "", _OTHER_SCRIPT_COST)
        found += _by_sound(russian[:_MOST_SOUNDS], "greek")
    return found


def _in_arabic(word: str, *, is_arabic: bool) -> list[LikelySpelling]:
    """Transliterate from Latin or Cyrillic to Arabic, as the name of a foreigner and perhaps as that of an Arab."""
    native_cost, foreign_cost = (0.0, _UNLIKELY_COST) if is_arabic else (_UNLIKELY_COST, 0.0)
    spelled = native_arabic_spellings(word) if is_arabic or may_be_arabic(word) else ()
    native = _with_confidence(spelled, "ar", _OTHER_SCRIPT_COST + native_cost)
    texts = {one.text for one in native}
    foreign = _with_confidence(arabic_spellings(word), "ar", _OTHER_SCRIPT_COST + foreign_cost)
    return [one._replace(takes_article=one.text in texts) for one in (*native, *foreign)]


def _by_sound(russian: Sequence[tuple[str, float]], script: str) -> list[LikelySpelling]:
    """Transliterate the Russian spellings of a Latin word, which follow its sound (Уилсон), as Greek does: Γουίλσον."""
    return [
        one
        for text, cost in russian
        for one in _with_confidence(
            cyrillic_arabic_greek_spellings(text, "cyrillic", script)[:3], "", cost + _OTHER_SCRIPT_COST + _SOUND_COST
        )
    ]


def _from_cyrillic(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Transliterate from Russian, Ukrainian or Bulgarian: to each other, to Latin, Arabic and Greek."""
    found: list[LikelySpelling] = []
    languages = cyrillic.languages_of(word)
    originals = originals_of_cyrillic(word)
    for text, language, cost in originals[len(languages) :]:
        if language not in known:
            found += _with_confidence([(text, cost)], language)
    if "bg" in languages:
        found += _from_bulgarian(word, known)
    else:
        found += _bulgarian_of([(word, 0.0)] if "ru" in languages else russian_from_ukrainian(word))
    if "latin" not in known:
        for text, language, cost in foreign_spellings(word, languages[0], CONVENTIONS):
            found += _with_confidence([(text, cost)], language)
        found += [] if looks_foreign(word) else _latin_of_originals(originals, 0.0)
    if "arabic" not in known:
        found += _in_arabic(word, is_arabic=False)
        found += _with_confidence(persian_spellings(word), "fa", _OTHER_SCRIPT_COST)
    if "greek" not in known:
        greek = cyrillic_arabic_greek_spellings(word, "cyrillic", "greek")
        found += _with_confidence(greek, "", _OTHER_SCRIPT_COST)
    return found


def _bulgarian_of(russian: Iterable[tuple[str, float]]) -> list[LikelySpelling]:
    """Return the Bulgarian spellings of Russian ones, given with their costs."""
    return [one for text, cost in russian for one in _with_confidence(bulgarian_from_russian(text), "bg", cost)]


def _from_bulgarian(word: str, known: frozenset[str]) -> list[LikelySpelling]:
    """Transliterate from Bulgarian to Russian, and through it to Ukrainian."""
    russian = russian_from_bulgarian(word)
    found = [] if "ru" in known else _with_confidence(russian, "ru")
    for text, cost in () if "uk" in known else russian:
        found += _with_confidence(ukrainian_spellings(text, slavic=True), "uk", cost)
    return found


def originals_of_cyrillic(word: str) -> tuple[Original, ...]:
    """Return a lower-case Cyrillic word in its own languages, then in Ukrainian or Russian if it is in the other."""
    languages = cyrillic.languages_of(word)
    originals = [Original(word, language, 0.0) for language in languages]
    if "ru" in languages:
        originals += [Original(text, "uk", cost) for text, cost in ukrainian_spellings(word, slavic=True)]
    if "uk" in languages:
        originals += [Original(text, "ru", cost) for text, cost in russian_from_ukrainian(word)]
    return tuple(originals)


def slavic_spellings(word: str, known: frozenset[str], extra: float) -> list[LikelySpelling]:
    """Return the Russian and Ukrainian words that a Latin spelling may stand for, and other Latin spellings of them.

    `extra` is a further cost of the Latin ones.
    """
    originals = slavic_originals(word)
    found: list[LikelySpelling] = []
    for text, language, cost in originals if looks_like_slavic_place(word) else ():
        found += [] if language in known else _with_confidence([(text, cost)], language)
    if "latin" not in known:
        latin = _latin_of_originals(originals, round(_LATIN_TO_LATIN_COST + extra, 2))
        # A short spelling counts only where its own language is known: Jan is no Khan in most.
        found += [one for one in latin if one.language or len(one.text.replace("'", "")) >= MIN_GUESS_ABROAD]
    return found


def _latin_of_originals(originals: Iterable[Original], cost: float) -> list[LikelySpelling]:
    """Transliterate the likeliest Russian and the likeliest Ukrainian originals to Latin; `cost` is a further one."""
    spelled = []
    for language in ("ru", "uk", "bg"):
        likeliest = list(dict.fromkeys(one for one in originals if one.language == language))[:_MOST_ORIGINALS]
        spelled += [latin_of(text, language, round(one + cost, 2)) for text, _, one in likeliest]
    # Of equally likely ones, those of the first conventions come first for every original.
    return [one for several in zip_longest(*spelled) for one in several if one]


def latin_of(word: str, language: str, cost: float) -> list[LikelySpelling]:
    """Transliterate a Russian or Ukrainian word by the convention of each language that news is written in."""
    sounds = sounds_of_ukrainian(word) if language == "uk" else word
    found = []
    for convention in CONVENTIONS if language == "ru" else (language, *CONVENTIONS[1:]):
        own = convention if convention in _WITH_ENDINGS else ""
        spelled = _with_confidence(latin_spellings(sounds, convention), own, cost)
        # The French -e behind -in makes words and names of its own: Marine of Marin.
        found += [_weak(one) if one.text.endswith("ine") and is_listed(one.text, "fr") else one for one in spelled]
    # -off is how French wrote such names, and how emigrants still do: Smirnoff.
    if word.endswith(("ов", "ев")) and language == "ru":
        # None for a word with a character that no table has.
        off = [(stem[:-1] + "ff", _EMIGRANT_COST) for stem, _ in latin_spellings(word, "en")[:1]]
        found += _with_confidence(off, "", cost)
    return found


def _weak(spelling: LikelySpelling) -> LikelySpelling:
    """Return a spelling that is a word or name by itself, too weak to count alone."""
    return spelling._replace(confidence=min(spelling.confidence, _WEAK))


def _without_capitals(word: str, script: str, known: frozenset[str], *, is_arabic: bool) -> list[LikelySpelling]:
    """Transliterate from Latin or Cyrillic to Chinese, Japanese, Korean and Hebrew, by the sounds of the word."""
    if script not in ("latin", "cyrillic"):
        return []
    found = [] if "han" in known else [("han", chinese_spellings(word, script))]
    targets = [pair for pair in _MOST_BY_SOUND.items() if pair[0] not in known]
    found += [(target, spelled_by_sound(word, script, target, most, is_arabic=is_arabic)) for target, most in targets]
    return [
        LikelySpelling(text, "", GUESS, _SURE_BY_SOUND if is_sure else _WEAK_BY_SOUND, rank=rank)
        for target, texts in found
        for rank, (text, _) in enumerate(texts)
        if len(text) >= _SHORTEST_BY_SOUND[target]
        for is_sure in (proves_itself(text, target) or is_established(word, text),)
    ]


def _with_confidence(texts: Iterable[tuple[str, float]], language: str, cost: float = 0.0) -> list[LikelySpelling]:
    """Return transliterations, given with their costs, as spellings; `cost` is a further one for all of them."""
    return [
        LikelySpelling(text, language, GUESS, round(GUESS_CONFIDENCE - cost - table_cost, 2))
        for text, table_cost in texts
    ]


def _select(word: str, spellings: list[LikelySpelling]) -> list[LikelySpelling]:
    """Return the likeliest spellings of each script (Cyrillic: language), without the word itself and duplicates."""
    taken = {fold(word), *(fold(word) + one for one in _ALSO_DECLINED)} if script_of(word) != "cyrillic" else set()
    counts: dict[str, int] = {}
    # Arabic lacks short vowels, so that many Latin spellings are likely; they take no endings.
    most, shortest = (_MOST_OF_ARABIC, 4) if script_of(word) == "arabic" else (_MOST, _SHORTEST_GUESS)
    likeliest = []
    # What counts in all languages goes before the same in one: Usyk is English, and Polish.
    spellings = sorted(spellings, key=lambda one: one.language != "" and len(one.text) < MIN_GUESS_ABROAD)
    for spelling in sorted(spellings, key=lambda one: -one.confidence):
        if len(spelling.text) < shortest <= len(word) and script_of(spelling.text) != "cyrillic":
            continue  # لي (Lee) is also "to me", and Μα "but"
        group = spelling.language if spelling.language in _GROUPS else script_of(spelling.text)
        key = fold(spelling.text) + (group if group in _GROUPS else "")
        # A spelling that several languages share takes the endings of each: Peskov, English and Czech.
        declined = key + spelling.language if spelling.language in _ALSO_DECLINED else key
        if declined in taken or counts.get(group, 0) >= most.get(group, 4) or spelling.confidence < 0.5:
            continue
        counts[group] = counts.get(group, 0) + (key not in taken)
        taken |= {key, declined}
        likeliest.append(spelling)
    return likeliest
