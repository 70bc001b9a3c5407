"""Make the list of frequent Arabic words from wordfreq's counts: `python -m tests.packaging.frequent_words`.

wordfreq is no dependency: install it to run this. A word is taken if it also takes the article, pronouns or plurals,
which names hardly do, so that the names among the frequent words stay out.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from monitor.text.tokens import canonical

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "frequent-arabic-words.txt"
FREQUENT, KNOWN, TAKEN = 12_000, 60_000, 1_500
IS_WORD = re.compile("[ء-ي]{3,7}").fullmatch
WITH_ARTICLE = ["الان", "التي", "الذي", "الذين"]
"""Frequent words that begin as if with the article; all others with it are left out."""
STATEMENT = """\
# Frequent Arabic words that are no names, likeliest first: a guessed spelling of a name that is one proves little.
# Taken from the counts of wordfreq {version} (Robyn Speer), CC BY-SA 4.0, by tests/packaging/frequent_words.py.
"""


def is_plain_word(word: str, known: set[str]) -> bool:
    """Tell whether at least two inflected forms of a word are known, too."""
    stem = word.removesuffix("ه")
    bound = word if stem == word else f"{stem}ت"
    kin = {f"ال{word}", f"لل{word}", f"ي{word}", f"ت{word}", f"{word}وا", f"{stem}ات", f"{stem}ه"} - {word}
    return len((kin | {f"{bound}{pronoun}" for pronoun in ("ها", "هم", "نا")}) & known) > 1


def main() -> None:
    """Write the file."""
    most_frequent = import_module("wordfreq").top_n_list
    known = set(map(canonical, most_frequent("ar", KNOWN)))
    words = dict.fromkeys(filter(IS_WORD, map(canonical, most_frequent("ar", FREQUENT))))
    chosen = [word for word in words if not word.startswith("ال") and is_plain_word(word, known)][:TAKEN]
    chosen += WITH_ARTICLE
    lines = [" ".join(chosen[start : start + 12]) for start in range(0, len(chosen), 12)]
    FILE.write_text(STATEMENT.format(version=version("wordfreq")) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
