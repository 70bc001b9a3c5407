"""Make the lists of frequent words in Latin letters: `python -m tests.packaging.frequent_latin_words`.

Needs `pip install wordfreq morfeusz2 spacy-lookups-data`. Of the words that wordfreq counts most often, those are taken
that a dictionary has in small letters: SGJP, which morfeusz2 reads, for Polish, and the word lists of the package for
the others. English and Spanish words are those that spaCy's data counts most often in small letters, since wordfreq
does not tell Trump from trump.
"""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from monitor.text.forms.dictionary import is_small_word

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
FREQUENT, SHORTEST, LONGEST = 50_000, 3, 8
LONGEST_CASED, LEAST_LOGARITHM, LEAST_SMALL = 10, -12.5, -2.0
"""Of English and Spanish words: their longest, the least natural logarithm of their probability in small letters, and
of how much likelier that is than their capital: Canada is rarer so, but not rare (own bounds)."""
WIDTH = 118
NAMES = {"imię", "nazwisko", "nazwa_geograficzna", "nazwa_organizacji", "nazwa_własna", "patronimicum"}
"""How SGJP marks names."""
SOURCES = {
    "pl": "Those that SGJP (https://sgjp.pl/, BSD licence, see names.pl.txt) has not only as names were taken",
    "cs": "Those that cs.words (see words.txt) has in small letters were taken",
    "de": "Those that de.words (see words.txt) has in small letters were taken",
}
CASED = {"en": "en.words", "es": "es.words"}
CASED_STATEMENT = """\
# Frequent words: a name as its user writes it that is one proves nothing where any word has a capital. Most frequent
# first. From the probabilities of spacy-lookups-data {version} (Explosion, MIT License), those of words in small
# letters that {words} (see words.txt) has, by tests/packaging/frequent_latin_words.py.
"""
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


def words_in_small_letters(probabilities: dict[str, float], language: str) -> list[str]:
    """Return the words that are frequent in small letters, by their logarithms, and that the word list has so."""
    likely = [word for word, value in probabilities.items() if value >= LEAST_LOGARITHM and word == word.lower()]
    return [
        word
        for word in sorted(likely, key=lambda word: (-probabilities[word], word))
        if word.isalpha()
        and SHORTEST <= len(word) <= LONGEST_CASED
        and probabilities[word] - probabilities.get(word.capitalize(), -99.0) > LEAST_SMALL
        and is_small_word(word, language)
    ]


def lines_of(words: list[str]) -> list[str]:
    """Return the words in lines of at most WIDTH characters."""
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) + 1 > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def write(language: str, head: str, words: list[str]) -> None:
    """Write the file of a language."""
    text = head + "\n" + "\n".join(lines_of(words)) + "\n"
    (DATA / f"frequent-words.{language}.txt").write_text(text, encoding="utf-8")


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
        write(language, STATEMENT.format(version=version("wordfreq"), source=source), chosen)
    for language, words_file in CASED.items():
        packed = files("spacy_lookups_data").joinpath(f"data/{language}_lexeme_prob.json.gz").read_bytes()
        chosen = words_in_small_letters(json.loads(gzip.decompress(packed)), language)
        write(language, CASED_STATEMENT.format(version=version("spacy-lookups-data"), words=words_file), chosen)


if __name__ == "__main__":
    main()
