"""Attach Turkish suffix chains with vowel harmony to plain words and to names without an apostrophe.

Canonical tokens split at apostrophes, so Peskov'un is found through Peskov. Chains are written with archiphonemes, as
in grammars of Turkish: A is a or e, I is ı i u ü, D is d or t, C is c or ç, and a letter in brackets stands only after
a vowel (y, s, n, ş) or only after a consonant (I). The selection of chains is our own.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWELS = "aıoueiöü"
_BACK = frozenset("aıou")
_ROUND = frozenset("oöuü")
_VOICELESS = frozenset("fstkçşhp")
_SOFTENED = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}
_FRONT_VOWELS = {"a": "e", "ı": "i", "o": "ö", "u": "ü"}
_LOAN_ENDINGS = ("al", "ol", "ul", "at", "aat")
_SHORTEST_CALLED = 5
"""From how many letters on a name is also called with `my` (Allahım), which is another word of shorter ones (Kurum)."""
_SHORTEST_READ = 4
"""From how many letters on an acronym may be read as a word: NATO, TÜİK."""
_CIRCUMFLEXES = str.maketrans("âîû", "aiu")

_CASES = ("(y)I", "(n)In", "(y)A", "DA", "DAn", "(y)lA")
_AFTER_POSSESSIVE = ("nI", "nIn", "nA", "nDA", "nDAn", "ylA", "nDAki")
_KI = ("DAki", "DAkiler", "DAkilere", "DAkileri", "DAkilerin", "DAkini", "DAkine", "DAkinin", "ninki")
_PLURAL = ("lAr", "lArI", "lArIn", "lArA", "lArDA", "lArDAn", "lArlA", "lArDAki")
_NAME_CHAINS = ("DAki", "DAkiler", "lAr", "lArI", "lArIn", "lArA", "lArDA", "lArDAn",
             "(s)I", "(s)InI", "(s)InIn", "(s)InA", "(s)InDA", "(s)InDAn", "(s)IylA", "(s)InDAki",
             "lArInI", "lArInIn", "lArInA", "lArInDA", "lArInDAn")  # fmt: skip
_DERIVATIONS = (
    "lI",
    "lIlAr",
    "lIlArI",
    "lIlArIn",
    "lIlArA",
    "lIyI",
    "lInIn",
    "lIyA",
    "lIlArDAn",
    "CA",
    "CI",
    "CIlAr",
    "CIyI",
    "CInIn",
    "CIyA",
    "CIsI",
    "CIlArI",
    "CIlArIn",
    "CIlArA",
    "CIlArDAn",
    "sIz",
)
_FIRST_AND_SECOND_POSSESSIVES = (
    "(I)m",
    "(I)mI",
    "(I)mIn",
    "(I)mA",
    "(I)mDA",
    "(I)mDAn",
    "(I)mIz",
    "(I)mIzI",
    "(I)mIzIn",
    "(I)mIzA",
    "(I)mIzDA",
    "(I)mIzDAn",
    "(I)mDAki",
    "(I)mIzDAki",
    "(I)mIzlA",
    "(I)n",
    "(I)nIz",
    "(I)nIzI",
    "(I)nIzA",
    "(I)nIzDA",
)
_THIRD_POSSESSIVES = (
    "(s)I",
    "(s)InI",
    "(s)InIn",
    "(s)InA",
    "(s)InDA",
    "(s)InDAn",
    "(s)IylA",
    "(s)InDAki",
    "(s)InDAkiler",
)
_PLURAL_POSSESSIVES = (
    "lArInI",
    "lArInIn",
    "lArInA",
    "lArInDA",
    "lArInDAn",
    "lArIylA",
    "lArInDAki",
    "lArIm",
    "lArImIz",
    "lArImIzI",
    "lArImIzIn",
    "lArImIzA",
    "lArImIzDA",
    "lArImIzDAn",
    "lArInIz",
)
_COPULA = ("DIr", "(y)DI", "(y)mIş", "(y)sA", "lArDIr", "dIrlAr")
_VERBAL = (
    "", "(y)Ip", "DI", "DIlAr", "DIk", "DIm", "mIş", "mIştI", "mIştIr", "mIşlAr", "(y)AcAk", "(y)AcAklAr", "(y)AcAktIr",
    "(y)AcAğI", "(y)AcAğInI", "(y)AcAğInA", "(y)An", "(y)AnlAr", "(y)AnlArIn", "(y)AnlArI", "DIğI", "DIğInI", "DIğInA",
    "DIğIndA", "DIklArI", "DIklArInI", "mAk", "mAktA", "mAktAn", "mAktAdIr", "mAyA", "mAsI", "mAsInI", "mAsInA",
    "mAsInIn", "mAsIndA", "mAsIndAn", "mAsIylA", "mAlArI", "mAlArInI", "mAlArInA", "mAlI", "mAlIdIr", "mAdI", "mAdIlAr",
    "mAyAcAk", "mAyAn", "mAz", "mAmIş", "mAdAn", "(y)ArAk", "(y)IncA", "sA", "sIn", "(y)Abilir", "(y)Abilecek",
    "mAyI", "mAnIn", "mA", "mAk", "(I)yor", "(I)yorlAr", "(I)yordu", "(I)yorum", "(I)yoruz", "mIyor", "mIyorlAr",
)  # fmt: skip


def _harmony(stem: str) -> str:
    """Return the last vowel of a stem; `e` if it has none, as initials are pronounced with it."""
    return next((letter for letter in reversed(stem) if letter in _VOWELS), "e")


def attach(stem: str, chain: str) -> str:
    """Return `stem` with one suffix chain, each archiphoneme resolved by what stands before it."""
    # Only the last vowel and the last letter of the stem matter, so that the cache is small.
    last = stem[-1]
    end = last if last in _VOWELS else _harmony(stem) + last
    return stem + _attached(end, chain)[len(end) :]


@lru_cache(maxsize=16384)
def _attached(stem: str, chain: str) -> str:
    """Do the same as `attach` for the end of a stem that decides the suffix."""
    built = stem
    position = 0
    while position < len(chain):
        letter = chain[position]
        position += 1
        if letter == "(":
            buffer, position = chain[position], position + 2
            vowel_before = built[-1] in _VOWELS
            if vowel_before != (buffer == "I"):
                built += _resolve(built, buffer)
        else:
            built += _resolve(built, letter)
    return built


def _resolve(built: str, letter: str) -> str:
    """Return the letter that an archiphoneme is after `built`; any other letter is itself."""
    if letter == "A":
        return "a" if _harmony(built) in _BACK else "e"
    if letter == "I":
        vowel = _harmony(built)
        high = "uü" if vowel in _ROUND else "ıi"
        return high[0] if vowel in _BACK else high[1]
    if letter in "DC":
        hard, soft = ("t", "d") if letter == "D" else ("ç", "c")
        return hard if built[-1] in _VOICELESS else soft
    return letter


def _attach_all(word: str, chains: tuple[str, ...]) -> list[str]:
    """Attach each chain; a word that may be a loan (Kemal, gol, saat) also takes front endings: golü, saatler."""
    found = [attach(word, chain) for chain in chains]
    if word.endswith(_LOAN_ENDINGS) and len(word) > 2:
        # The endings of the word as if its last back vowel were the front one, attached to the word as it is.
        at = max(word.rfind(letter) for letter in _BACK)
        fronted = word[:at] + _FRONT_VOWELS[word[at]] + word[at + 1 :]
        found += [word + attach(fronted, chain)[len(word) :] for chain in chains]
    return found


def _softened(word: str) -> str:
    """Return the stem before a vowel, with its last consonant softened: kitap -> kitab, renk -> reng."""
    # Words of one syllable mostly keep their consonant: saç, saçı.
    if sum(letter in _VOWELS for letter in word) < 2 or word[-1] not in _SOFTENED:
        return word[:-1] + "g" if word.endswith("nk") else word
    if word.endswith("nk"):
        return word[:-1] + "g"
    if word[-1] == "t" and word[-2] not in _VOWELS + "r":
        return word
    return word[:-1] + _SOFTENED[word[-1]]


def _with_softening(word: str, chains: tuple[str, ...]) -> list[str]:
    """Attach each chain to the word, and those that begin with a vowel also to its softened stem."""
    soft = _softened(word)
    found = _attach_all(word, chains)
    if soft != word:
        begins_with_vowel = tuple(chain for chain in chains if attach(word, chain)[len(word)] in _VOWELS)
        found += _attach_all(soft, begins_with_vowel)
    return found


# Ends of names that foreign readers hear otherwise than Turkish writes them, and the vowel that is heard last, or `e`
# for none behind a silent e: Biden'a is Bidena, Johnson'ın, Trump'ın, Lagarde'dan. Own table.
_HEARD = tuple(
    (re.compile(end).search, heard)
    for end, heard in (
        ("[^aeıioöuü]e[nrl]s?$", "a"),
        ("o[nr]s?$", "a"),
        ("u(?:mp|[snrc]k|nn|ck|ff|bb|tt|st|sh|ll|n[sd])s?$", "a"),
        ("a[^aeıioöuüwy]{2}e$|u[^aeıioöuüwy]{2}e$", "a"),
        ("[ei][^aeıioöuüwy]{2}e$", "e"),
    )
)


def _by_sound(word: str) -> list[str]:
    """Return a foreign name in the cases that its sound asks for, where these are not those of its letters."""
    heard = next((vowel for is_end, vowel in _HEARD if is_end(word)), "")
    if not heard:
        return []
    consonant = word.rstrip("e")[-1]
    return [word + attach(heard + consonant, chain)[2:] for chain in _CASES]


def acronym_suffixes(acronym: str) -> tuple[str, ...]:
    """Return an acronym in its cases without apostrophe, read letter by letter (ABDnin), or as a word (NATOya)."""
    word = _lower(acronym)
    spelled = word if word[-1] in _VOWELS else f"{word}e"
    read = [word + attach(spelled, chain)[len(spelled) :] for chain in _CASES]
    is_word = len(word) >= _SHORTEST_READ and sum(letter in _VOWELS for letter in word) > 1
    return tuple(dict.fromkeys([*read, *(attach(word, chain) for chain in _CASES if is_word)]))


def case_suffixes(name: str) -> tuple[tuple[str, float], ...]:
    """Return a name without apostrophe in its cases alone, with confidences."""
    word = _lower(name).translate(_CIRCUMFLEXES)
    if not word[-1:].isalpha():
        return ()
    return tuple(dict.fromkeys(_with_softening(word, _CASES), 0.9).items())


@lru_cache(maxsize=4096)
def name_suffixes(name: str) -> tuple[tuple[str, float], ...]:
    """Return a name without apostrophe in its cases, -ki, plural and -si, with confidences that fall with rarity."""
    word = _lower(name).translate(_CIRCUMFLEXES)
    if not (found := dict(case_suffixes(word))):
        return ()
    if word[-1] in "ıiuü":
        found |= dict.fromkeys(_attach_all(word, _AFTER_POSSESSIVE), 0.8)
    for form in _by_sound(word):
        found.setdefault(form, 0.85)
    for form in _with_softening(word, _NAME_CHAINS):
        found.setdefault(form, 0.7)
    if len(word) >= _SHORTEST_CALLED and word[-1] not in _VOWELS:
        found.setdefault(attach(word, "Im"), 0.7)
    found.pop(word, None)
    return tuple(found.items())


def body_suffixes(head: str) -> tuple[str, ...]:
    """Return the case endings of a body whose last word has a possessive ending: Meclisi, Meclisince."""
    word = _lower(head)
    return tuple(attach(word, chain)[len(word) :] for chain in (*_AFTER_POSSESSIVE, "ncA"))


@lru_cache(maxsize=4096)
def word_suffixes(written: str) -> tuple[tuple[str, float], ...]:
    """Return a word with every chain of one or two suffixes; an infinitive (-mak, -mek) is conjugated, too."""
    word = _lower(written).translate(_CIRCUMFLEXES)
    if not word[-1:].isalpha():
        return ()
    chains = (
        _CASES
        + _KI
        + _PLURAL
        + _DERIVATIONS
        + _FIRST_AND_SECOND_POSSESSIVES
        + _THIRD_POSSESSIVES
        + _PLURAL_POSSESSIVES
        + _COPULA
    )
    found = dict.fromkeys(_with_softening(word, chains), 0.9)
    if word[-1] in "ıiuü":
        found |= dict.fromkeys(_attach_all(word, _AFTER_POSSESSIVE), 0.8)
    if len(word) > 4 and word.endswith(("mak", "mek")):
        found |= dict.fromkeys(_verb(word[:-3]), 0.9)
    found.pop(word, None)
    return tuple(found.items())


def _verb(stem: str) -> list[str]:
    """Return the forms of a verb by its stem: tenses, participles and verbal nouns, affirmative and negative."""
    aorist = "r" if stem[-1] in _VOWELS else ("Ar" if sum(c in _VOWELS for c in stem) == 1 else "Ir")
    forms = [attach(stem, chain) for chain in (*_VERBAL, aorist, aorist + "lAr", aorist + "sA")]
    if stem[-1] in "ae":
        # The vowel narrows before -yor: bekle-, bekliyor.
        narrow = stem[:-1]
        forms += [attach(narrow, chain) for chain in ("Iyor", "IyorlAr", "Iyordu")]
    return forms + [attach(stem, "mA" + suffix) for suffix in (*_PLURAL, "dA", "dAn", "ylA")]


def _lower(text: str) -> str:
    """Return the lower case; I is ı where another letter shows that the text is Turkish, else i (ISTANBUL)."""
    return text.replace("İ", "i").replace("I", "ı" if set(text) & set("ışğçöüİŞĞÇÖÜ") else "i").lower()
