"""Make `surnames.ja.txt` and `names.ja.txt`: Japanese surnames and characters of given names with their readings.

    python -m tests.packaging.japanese_names

It needs janome (the dictionary IPADIC) and wordfreq (how often each surname stands in texts), which are not installed
with the tests. How the characters of a given name share its reading is estimated from all given names of two
characters (expectation maximisation, Dempster, Laird and Rubin 1977).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"
SURNAMES, READINGS, LEAST_NAMES, LEAST_SHARE, ROUNDS, COSTLIEST = 1600, 4, 4, 0.04, 12, 99999
SOURCE = """\
# Made by tests/packaging/japanese_names.py of IPADIC (mecab-ipadic 2.7.0, Copyright 2000-2003 Nara Institute of Science
# and Technology, whose licence is in ipadic.licence.txt) as Janome 0.5.1 has it (Apache licence
# 2.0), in the order of wordfreq's counts. Readings are in Hepburn romanisation without marks of length.
"""
LETTERS = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
    "ヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ"
)
SOUNDS = """
a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru
re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu
"""
KANA = dict(zip(LETTERS, SOUNDS.split(), strict=True))
SMALL = {"ゃ": ["~ya"], "ゅ": ["~yu"], "ょ": ["~yo"]}
"""Small kana, which take the place of the vowel before them: しょ is sho."""
HIRAGANA = {chr(ord(letter) - 0x60): [sound] for letter, sound in KANA.items()} | SMALL
COMMON = """
林 森 原 関 島 東 南 西 菅 岸 星 堀 柳 泉 岡 辻 浜 平
山口 山下 石川 清水 松本 池田 上野 松田 石田 本田 福島 福井 宮崎 川崎 千葉 平野 高山 大島
中野 小山 青山 松山 成田 黒田 太田 石井 松下 馬場 岩田 中谷 大谷 上川 前原 長島 宮沢 河野
玉木 小池 石破 岩屋 枝野 江藤 金子 小倉
"""
"""Surnames among the most frequent, that stay although they are words or places, too; own list."""
_is_han = re.compile("[一-鿿々]+").fullmatch


def romanised(kana: str) -> str:
    """Return a reading in katakana in Latin letters."""
    text = ""
    for letter, following in pairwise(kana + " "):
        if letter in "ャュョ":
            base = text[:-1]
            text = base + ("" if base.endswith(("sh", "ch", "j")) else "y") + {"ャ": "a", "ュ": "u", "ョ": "o"}[letter]
        elif letter == "ッ":
            text += "t" if following == "チ" else KANA[following][0]
        else:
            text += KANA[letter]
    return re.sub("(?<=o)[ou](?!e)|(?<=u)u", "", text)


def character_readings(names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the readings of characters in given names of two, the most frequent first."""
    pairs = [(name, reading) for name, readings in names.items() for reading in readings]
    shares: dict[tuple[str, str], float] = defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        counts: dict[tuple[str, str], float] = defaultdict(float)
        for (first, second), reading in pairs:
            cuts = [((first, reading[:at]), (second, reading[at:])) for at in range(1, len(reading))]
            weights = [shares[one] * shares[other] for one, other in cuts]
            for (one, other), weight in zip(cuts, weights, strict=True):
                counts[one] += weight / sum(weights)
                counts[other] += weight / sum(weights)
        totals: dict[str, float] = defaultdict(float)
        for (character, _), count in counts.items():
            totals[character] += count
        shares = defaultdict(float, {key: count / totals[key[0]] for key, count in counts.items()})
    found: dict[str, list[str]] = defaultdict(list)
    for (character, reading), share in sorted(shares.items(), key=lambda pair: -pair[1]):
        if share >= LEAST_SHARE and totals[character] >= LEAST_NAMES and len(found[character]) < READINGS:
            found[character].append(reading)
    return found


def main() -> None:
    """Write both tables."""
    from janome.sysdic import entries
    from wordfreq import get_frequency_dict

    names: dict[str, dict[str, list[tuple[int, str]]]] = {"姓": defaultdict(list), "名": defaultdict(list)}
    as_word: dict[str, int] = {}
    values: Iterable[Any] = entries().values()
    for surface, _, _, cost, kind, _, _, _, reading, _ in values:
        if kind.startswith("名詞") and kind.split(",")[3] not in names:
            as_word[surface] = min(cost, as_word.get(surface, cost))
        elif kind.split(",")[3] in names and _is_han(surface) and set(reading) <= {*KANA, *"ャュョッ"}:
            names[kind.split(",")[3]][surface].append((cost, romanised(reading)))
    frequency = get_frequency_dict("ja")
    # What is rather a word or a place (世代, 上海) is none: the lower its cost, the likelier a word is in IPADIC.
    kept = COMMON.split()
    surnames = [
        name for name, several in names["姓"].items() if name in kept or min(several)[0] < as_word.get(name, COSTLIEST)
    ]
    ranked = sorted(surnames, key=lambda name: (-frequency.get(name, 0.0), name))[:SURNAMES]
    _write(
        "surnames.ja.txt",
        "Japanese surnames by frequency",
        {name: list(dict.fromkeys(reading for _, reading in sorted(names["姓"][name])))[:READINGS] for name in ranked},
    )
    of_two = {name: [text for _, text in several] for name, several in names["名"].items() if len(name) == 2}
    characters = dict(sorted(character_readings(of_two).items()))
    for name, several in sorted(names["名"].items()):
        if len(name) == 1:
            whole = list(dict.fromkeys(text for _, text in sorted(several)))[:READINGS]
            characters[name] = [*characters.get(name, []), "|", *whole]
    _write("names.ja.txt", "Characters of Japanese given names, and kana", characters | HIRAGANA)


def _write(file: str, what: str, rows: Mapping[str, Iterable[str]]) -> None:
    head = f"# {what}: characters, a tab, readings, the usual first; after | those of a whole name.\n{SOURCE}\n"
    lines = "".join(f"{name}\t{' '.join(readings)}\n" for name, readings in rows.items() if readings)
    (DATA / file).write_text(head + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
