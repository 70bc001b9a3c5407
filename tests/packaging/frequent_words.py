"""Make the lists of frequent Arabic, Persian and Greek words of wordfreq's counts.

    python -m tests.packaging.frequent_words

Neither wordfreq nor simplemma is a dependency of this: install both to run it. A word is taken if it also takes the
article, pronouns or plurals, which names hardly do, so that the names among the frequent words stay out; a Greek one if
simplemma's dictionary knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from monitor.text.forms.known_spellings import is_arabic_given_name, is_given_name, is_place
from monitor.text.forms.script import fold
from monitor.text.tokens import canonical

FOLDER = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
KNOWN = 60_000
ENOUGH = ((8_000, 2), (30_000, 3))
"""How many of the most frequent Arabic words are taken if so many of their inflected forms are known, too."""
FREQUENT_GREEK = 5_000
IS_GREEK = re.compile("[ά-ώ]{2,6}").fullmatch
IS_PERSIAN = re.compile("[ء-ی]{3,6}").fullmatch
IS_WORD = re.compile("[ء-ي]{3,7}").fullmatch
MOST_SHARE_OF_NAMES = 3.0
IS_SHORT_WORD = re.compile("[ء-ي]{3,6}").fullmatch
ATTACHED = "وبفلك"
"""The particles of Arabic that are written onto a word."""
ARABIC_ENDINGS = ("ا", "ه", "ها", "هم", "ات", "ين")
PERSIAN_ENDINGS = ("ها", "هاي", "هايي", "ي", "ات", "م", "ش", "شان", "تر", "اند")
ALSO_NAMES = ("اسد", "نيل", "برهان")
"""Frequent words that news writes as names at least as often: Assad, the Nile, Burhan."""
WITH_ARTICLE = ["الان", "التي", "الذي", "الذين"]
"""Frequent words that begin as if with the article; all others with it are left out."""
OFTEN, LEAST_SHARE, MOST_RATIO = 2e-6, 0.06, 2.2
"""Further words of three to six letters are taken from this frequency on if the accusative, a pronoun or a plural has
that share of it, and the word with the article at most so much: العون is hardly more frequent than عون."""
STATEMENT = """\
# Frequent {language} words that are no names, likeliest first: a guessed spelling of a name that is one proves little.
# Taken from the counts of wordfreq {version} (Robyn Speer), CC BY-SA 4.0, by tests/packaging/frequent_words.py.
"""


def inflected(word: str, known: set[str]) -> int:
    """Return how many inflected forms of a word are known."""
    stem = word.removesuffix("ه")
    bound = word if stem == word else f"{stem}ت"
    kin = {f"ال{word}", f"لل{word}", f"ي{word}", f"ت{word}", f"{word}وا", f"{stem}ات", f"{stem}ه"} - {word}
    return len((kin | {f"{bound}{pronoun}" for pronoun in ("ها", "هم", "نا")}) & known)


def is_plain_persian(word: str, known: set[str]) -> bool:
    """Tell whether at least two inflected forms of a word are known, too."""
    return sum(word + ending in known for ending in PERSIAN_ENDINGS) > 1


def arabic() -> list[str]:
    """Return the Arabic words."""
    most_frequent = import_module("wordfreq").top_n_list
    known = set(map(canonical, most_frequent("ar", KNOWN)))
    chosen: dict[str, None] = {}
    for frequent, enough in ENOUGH:
        words = filter(IS_WORD, map(canonical, most_frequent("ar", frequent)))
        plain = (word for word in words if not word.startswith("ال") and inflected(word, known) >= enough)
        chosen |= dict.fromkeys(plain)
    further = [*takes_endings(most_frequent("ar", 30_000)), *ends_in_alif(most_frequent("ar", KNOWN))]
    chosen |= dict.fromkeys(word for word in further if not (is_given_name(word) or is_arabic_given_name(word)))
    return [*(word for word in chosen if word not in ALSO_NAMES), *WITH_ARTICLE]


def ends_in_alif(words: Iterable[str]) -> list[str]:
    """Return the Arabic nouns with the article that end in ى, and not in the ي of names: المنفى, exile."""
    frequency_of = import_module("wordfreq").word_frequency
    return [
        canonical(word[2:])
        for word in words
        if word.startswith("ال")
        and word.endswith("ى")
        and IS_SHORT_WORD(canonical(word[2:]))
        and frequency_of(word, "ar") > MOST_SHARE_OF_NAMES * frequency_of(f"{word[:-1]}ي", "ar")
    ]


def takes_endings(words: Iterable[str]) -> list[str]:
    """Return the Arabic words that stand with endings often, and with the article not much oftener than without."""
    frequency_of = import_module("wordfreq").word_frequency
    counts: dict[str, float] = {}
    for word in words:
        counts[canonical(word)] = counts.get(canonical(word), 0.0) + frequency_of(word, "ar")
    return [
        word
        for word, count in counts.items()
        if IS_SHORT_WORD(word)
        and not word.startswith("ال")
        and not (word[0] in ATTACHED and counts.get(word[1:], 0.0) > count)
        and count >= OFTEN
        and counts.get(f"ال{word}", 0.0) <= MOST_RATIO * count
        and max(counts.get(word + ending, 0.0) for ending in ARABIC_ENDINGS) >= LEAST_SHARE * count
    ]


def persian() -> list[str]:
    """Return the Persian words."""
    words = dict.fromkeys(map(canonical, import_module("wordfreq").top_n_list("fa", KNOWN)))
    return [word for word in words if IS_PERSIAN(word) and is_plain_persian(word, set(words))]


def greek() -> list[str]:
    """Return the short Greek words, without accents."""
    is_known = import_module("simplemma").is_known
    listed = filter(IS_GREEK, import_module("wordfreq").top_n_list("el", FREQUENT_GREEK))
    # wordfreq writes the last letter as any other.
    words = (re.sub("σ$", "ς", word) for word in listed)
    plain = dict.fromkeys(fold(word) for word in words if is_known(word, "el"))
    return [word for word in plain if not is_given_name(word) and not is_place(word)]


def main() -> None:
    """Write the files."""
    for language, words in (("Arabic", arabic()), ("Persian", persian()), ("Greek", greek())):
        lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
        text = STATEMENT.format(language=language, version=version("wordfreq")) + "\n" + "\n".join(lines) + "\n"
        (FOLDER / f"frequent-{language.lower()}-words.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
