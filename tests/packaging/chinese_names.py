"""Make `names.zh.txt`, the characters of Chinese given names by their Latin spelling (pinyin).

    python -m tests.packaging.chinese_names CHARFREQ.CSV

Needs the packages `pypinyin` (readings of characters, MIT licence) and `opencc-python-reimplemented` (their traditional
shapes, Apache licence 2.0), and the file `charfreq.csv` of `ngender` 0.1.1 (MIT licence, Jingchao Hu), which counts the
characters of 16 million given names.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "names.zh.txt"
MOST = 2500
"""How many characters are taken, the most frequent: they are more than .995 of those in given names."""
_READINGS = 2
_HEAD = """\
# Characters of Chinese given names by their Latin spelling: a syllable of pinyin without tones, a tab, the characters
# that are read so, simplified and traditional, those most frequent in given names first; after | those that usually are
# read otherwise.
# Made by tests/packaging/chinese_names.py of ngender 0.1.1, Copyright (c) 2015 Jingchao Hu (the counts of characters in
# given names), pypinyin (readings), both MIT licence, and OpenCC (traditional shapes), Apache licence 2.0.

"""


def characters(counts: list[tuple[str, int]]) -> list[str]:
    """Return the most frequent characters of given names, given with their counts."""
    return [character for character, _ in sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:MOST]]


def without_tone(reading: str) -> str:
    """Return a syllable of pinyin as passports and newsrooms write it: lǜ is lu, and zhōng zhong."""
    return "".join(letter for letter in unicodedata.normalize("NFD", reading) if not unicodedata.combining(letter))


def by_syllable(
    ranked: list[str], readings: dict[str, list[str]], traditional: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Return the characters of each syllable in their order, each followed by its traditional shapes.

    After a stroke stand those whose first reading is another one.
    """
    usual, rare = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for character in ranked:
        for rank, syllable in enumerate(dict.fromkeys(readings.get(character, ()))):
            row = rare[syllable] if rank else usual[syllable]
            row += [one for one in traditional[character] if one not in usual[syllable] + rare[syllable]]
    return {one: usual[one] + (["|", *rare[one]] if rare[one] else []) for one in {**usual, **rare}}


def main() -> None:
    """Write the table from the file of counts that is named on the command line."""
    from pypinyin import Style, pinyin

    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as lines:
        counts = [(row["char"], int(row["male"]) + int(row["female"])) for row in csv.DictReader(lines)]
    ranked = characters(counts)
    readings = {
        one: [without_tone(reading) for reading in pinyin(one, style=Style.TONE, heteronym=True)[0][:_READINGS]]
        for one in ranked
    }
    shapes = (files("opencc") / "dictionary" / "STCharacters.txt").read_text(encoding="utf-8").splitlines()
    others = {line.split("\t")[0]: line.split("\t")[1].split() for line in shapes}
    traditional = {one: list(dict.fromkeys([one, *others.get(one, ())])) for one in ranked}
    rows = by_syllable(ranked, readings, traditional)
    text = "".join(f"{syllable}\t{''.join(rows[syllable])}\n" for syllable in sorted(rows) if syllable.isascii())
    TARGET.write_text(_HEAD + text, encoding="utf-8")


if __name__ == "__main__":
    main()
