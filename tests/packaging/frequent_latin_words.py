"""Make the lists of frequent Polish, Czech and German words: `python -m tests.packaging.frequent_latin_words`.

Needs `pip install wordfreq morfeusz2`. Of the words that wordfreq counts most often, those are taken that a dictionary
has in small letters: SGJP, which morfeusz2 reads, for Polish, and the word lists of the package for the others.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.text.forms.dictionary import is_small_word

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
FREQUENT, SHORTEST, LONGEST = 50_000, 3, 8
WIDTH = 118
NAMES = {"imię", "nazwisko", "nazwa_geograficzna", "nazwa_organizacji", "nazwa_własna", "patronimicum"}
"""How SGJP marks names."""
SOURCES = {
    "pl": "Those that SGJP (https://sgjp.pl/, BSD licence, see names.pl.txt) has not only as names were taken",
    "cs": "Those that cs.words (see words.txt) has in small letters were taken",
    "de": "Those that de.words (see words.txt) has in small letters were taken",
}
STATEMENT = """\
# Frequent words: a case form of a name that is one proves nothing at the start of a sentence. Most frequent first.
# From the counts of wordfreq {version} (Robyn Speer), CC BY-SA 4.0.
# {source},
# by tests/packaging/frequent_latin_words.py.
"""


def is_polish_word(readings: list[Any]) -> bool:
    """Tell whether a word has, of the readings that morfeusz2 gives it, one that is no name."""
    readings = [reading for _, _, reading in readings]
    words = [lemma.partition(":")[0] for _, lemma, tag, kinds, _ in readings if tag != "ign" and not NAMES & set(kinds)]
    return any(word == word.lower() for word in words)


def lines_of(words: list[str]) -> list[str]:
    """Return the words in lines of at most WIDTH characters."""
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def main() -> None:
    """Write the files."""
    frequent = import_module("wordfreq").top_n_list
    polish = import_module("morfeusz2").Morfeusz()
    for language, source in SOURCES.items():
        words = [one for one in frequent(language, FREQUENT) if one.isalpha() and SHORTEST <= len(one) <= LONGEST]
        chosen = [
            word
            for word in words
            if (is_polish_word(polish.analyse(word)) if language == "pl" else is_small_word(word, language))
        ]
        head = STATEMENT.format(version=version("wordfreq"), source=source)
        text = head + "\n" + "\n".join(lines_of(chosen)) + "\n"
        (DATA / f"frequent-words.{language}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
