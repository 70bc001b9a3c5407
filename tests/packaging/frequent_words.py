"""Make the lists of frequent Arabic and Persian words of wordfreq's counts: `python -m tests.packaging.frequent_words`.

wordfreq is no dependency: install it to run this. A word is taken if it also takes the article, pronouns or plurals,
which names hardly do, so that the names among the frequent words stay out.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from monitor.text.tokens import canonical

FOLDER = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
FREQUENT, KNOWN, TAKEN = 12_000, 60_000, 1_600
IS_PERSIAN = re.compile("[ء-ی]{3,6}").fullmatch
IS_WORD = re.compile("[ء-ي]{3,7}").fullmatch
PERSIAN_ENDINGS = ("ها", "هاي", "هايي", "ي", "ات", "م", "ش", "شان", "تر", "اند")
WITH_ARTICLE = ["الان", "التي", "الذي", "الذين"]
"""Frequent words that begin as if with the article; all others with it are left out."""
PERSIAN_ENDINGS = ("ها", "هاي", "هايي", "ي", "ات", "م", "ش", "شان", "تر", "اند")
STATEMENT = """\
# Frequent {language} words that are no names, likeliest first: a guessed spelling of a name that is one proves little.
# Taken from the counts of wordfreq {version} (Robyn Speer), CC BY-SA 4.0, by tests/packaging/frequent_words.py.
"""


def is_plain_word(word: str, known: set[str]) -> bool:
    """Tell whether at least two inflected forms of a word are known, too."""
    stem = word.removesuffix("ه")
    bound = word if stem == word else f"{stem}ت"
    kin = {f"ال{word}", f"لل{word}", f"ي{word}", f"ت{word}", f"{word}وا", f"{stem}ات", f"{stem}ه"} - {word}
    return len((kin | {f"{bound}{pronoun}" for pronoun in ("ها", "هم", "نا")}) & known) > 1


def is_plain_persian(word: str, known: set[str]) -> bool:
    """Tell whether at least two inflected forms of a word are known, too."""
    return sum(word + ending in known for ending in PERSIAN_ENDINGS) > 1


def arabic() -> list[str]:
    """Return the Arabic words."""
    most_frequent = import_module("wordfreq").top_n_list
    known = set(map(canonical, most_frequent("ar", KNOWN)))
    words = dict.fromkeys(filter(IS_WORD, map(canonical, most_frequent("ar", FREQUENT))))
    chosen = [word for word in words if not word.startswith("ال") and is_plain_word(word, known)][:TAKEN]
    return chosen + WITH_ARTICLE


def persian() -> list[str]:
    """Return the Persian words."""
    words = dict.fromkeys(map(canonical, import_module("wordfreq").top_n_list("fa", KNOWN)))
    return [word for word in words if IS_PERSIAN(word) and is_plain_persian(word, set(words))]


def main() -> None:
    """Write the files."""
    for language, words in (("Arabic", arabic()), ("Persian", persian())):
        lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
        text = STATEMENT.format(language=language, version=version("wordfreq")) + "\n" + "\n".join(lines) + "\n"
        (FOLDER / f"frequent-{language.lower()}-words.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
