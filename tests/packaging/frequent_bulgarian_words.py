"""Make the list of frequent short Bulgarian words from wordfreq's counts.

    python -m tests.packaging.frequent_bulgarian_words

Neither wordfreq nor simplemma is a dependency of this: install both to run it. A word is taken if simplemma's Bulgarian
dictionary knows it and the Russian dictionary lists it neither as a surname nor as a given name.
"""

from __future__ import annotations

import re
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from monitor.text.forms.morphology import is_listed_name

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "frequent-bulgarian-words.txt"
FREQUENT = 25_000
IS_SHORT_WORD = re.compile("[а-я]{2,5}").fullmatch
STATEMENT = """\
# Frequent Bulgarian words of at most five letters that are no names, likeliest first: a guessed spelling of a name that
# is one proves little. Taken from the counts of wordfreq {version} (Robyn Speer), CC BY-SA 4.0, by
# tests/packaging/frequent_bulgarian_words.py.
"""


def main() -> None:
    """Write the file."""
    is_known = import_module("simplemma").is_known
    words = filter(IS_SHORT_WORD, import_module("wordfreq").top_n_list("bg", FREQUENT))
    chosen = [word for word in dict.fromkeys(words) if is_known(word, "bg") and not is_listed_name(word, "ru")]
    lines = [" ".join(chosen[start : start + 18]) for start in range(0, len(chosen), 18)]
    FILE.write_text(STATEMENT.format(version=version("wordfreq")) + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
