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
KNOWN = 60_000
ENOUGH = ((8_000, 2), (30_000, 3))
"""How many of the most frequent Arabic words are taken if so many of their inflected forms are known, too."""
IS_PERSIAN = re.compile("[ء-ی]{3,6}").fullmatch
IS_WORD = re.compile("[ء-ي]{3,7}").fullmatch
PERSIAN_ENDINGS = ("ها", "هاي", "هايي", "ي", "ات", "م", "ش", "شان", "تر", "اند")
ALSO_NAMES = ("اسد", "نيل")
"""Frequent words that news writes as names at least as often: Assad, the Nile."""
WITH_ARTICLE = ["الان", "التي", "الذي", "الذين"]
"""Frequent words that begin as if with the article; all others with it are left out."""
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
    return [*(word for word in chosen if word not in ALSO_NAMES), *WITH_ARTICLE]


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
