"""Make `frequent-chinese-words.txt`: `python -m tests.packaging.frequent_chinese_words`.

Needs `wordfreq` (frequencies, CC BY-SA 4.0) and `opencc-python-reimplemented` (traditional shapes, Apache licence 2.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from importlib import import_module
from pathlib import Path

from monitor.text.forms.data_files import data_lines

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "frequent-chinese-words.txt"
is_han = re.compile("[一-鿿]+").fullmatch
MOST, ON_A_LINE = 25_000, 30
HEAD = """\
# Frequent Chinese words of two characters, simplified and traditional: those of which one is a surname (纸张, 韩国),
# and those that may hold an end of a short name of established-names.txt or -places.txt (汽油 of 上汽).
# Made by tests/packaging/frequent_chinese_words.py of wordfreq 3.1.1 (Robyn Speer, CC BY-SA 4.0,
# https://creativecommons.org/licenses/by-sa/4.0/) and OpenCC (Apache licence 2.0); selected. It is under CC BY-SA 4.0.
"""


def words_of(
    ranked: Iterable[str], surnames: Collection[str], names: Iterable[str], shape: Callable[[str], str]
) -> list[str]:
    """Return the words of two characters of which one is a surname or an end of a name, each in both shapes."""
    ends = [(name[0], name[-1]) for name in names]
    firsts, lasts = {first for first, _ in ends}, {last for _, last in ends}
    chosen = [
        word
        for word in ranked
        if len(word) == 2 and (not surnames.isdisjoint(word) or word[1] in firsts or word[0] in lasts)
    ]
    return list(dict.fromkeys(one for word in chosen for one in (word, shape(word))))


def main() -> None:
    """Write the file."""
    surnames = {one for line in data_lines("surnames.zh.txt") for one in line.split("\t")[1].split()}
    counts = import_module("wordfreq").get_frequency_dict("zh")
    ranked = sorted((word for word in counts if is_han(word)), key=lambda word: (-counts[word], word))[:MOST]
    tables = ("established-names.txt", "established-places.txt")
    listed = (part for table in tables for line in data_lines(table) for part in line.split(", "))
    names = [part for part in listed if len(part) == 2 and is_han(part)]
    words = words_of(ranked, frozenset(surnames), names, import_module("opencc").OpenCC("s2t").convert)
    lines = [" ".join(words[at : at + ON_A_LINE]) for at in range(0, len(words), ON_A_LINE)]
    FILE.write_text(f"{HEAD}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
