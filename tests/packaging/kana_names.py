"""Make `names-in-kana.txt`: `python -m tests.packaging.kana_names JAMDICT.DB`.

Takes the database of the package `jamdict-data` (JMdict and JMnedict of the Electronic Dictionary Research and
Development Group, CC BY-SA 3.0), unpacked. Needs `wordfreq` (counts, CC BY-SA 4.0) and `names` (surnames and given
names of the census of the United States of 1990, in the public domain). Only what our rules do not make is taken.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from monitor.text.forms.translit.by_sound import spelled_by_rules

FILE = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "names-in-kana.txt"
LEAST, MOST_OF_NO_SURNAME = 1.5e-7, 1.5e-5
"""The share of English words that a name has at least, and one that no census lists as a surname at most."""
LEAST_IN_JAPANESE = 3e-7
"""The share of Japanese words that a spelling has at least beside the likeliest guess of our rules."""
MOST, GUESSES = 2, 8
KINDS = frozenset(("surname", "fem", "masc", "given", "person"))
_QUERY = """
select kana.text, gloss.text, kind.text from NEKana kana
join NETranslation sense on sense.idseq = kana.idseq join NETransGloss gloss on gloss.tid = sense.ID
left join NETransType kind on kind.tid = sense.ID
where not exists (select 1 from NEKanji kanji where kanji.idseq = kana.idseq)
"""
_WORDS = "select kana.text from Kana kana where not exists (select 1 from Kanji where Kanji.idseq = kana.idseq)"
_is_kana, _is_name = re.compile("[ァ-ヺー・]{2,}").fullmatch, re.compile("[a-z]{4,}").fullmatch
HEAD = """\
# Foreign names in katakana that our rules of sounds do not make, by their lower-case Latin spelling.
# Made by tests/packaging/kana_names.py of JMnedict, the property of the Electronic Dictionary Research and Development
# Group (https://www.edrdg.org/), used in conformance with its licence, CC BY-SA 3.0
# (https://creativecommons.org/licenses/by-sa/3.0/), under which this file is, too; selected by the counts of wordfreq
# (CC BY-SA 4.0).
"""


def names_of(rows: Iterable[tuple[str, str, str | None]]) -> dict[str, dict[str, set[str]]]:
    """Return, by lower-case name, its spellings and their kinds; of a person's full name, the surname."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for kana, gloss, kind in rows:
        parts = kana.split("・")
        words = re.sub(r"\(.*?\)", "", gloss).lower().split()
        is_alike = _is_kana(kana) and len(parts) == len(words) and (len(parts) == 1 or kind == "person")
        if is_alike and _is_name(words[-1]):
            found[words[-1]].setdefault(parts[-1], set()).add(kind or "")
    return found


def chosen(spellings: Collection[str], guesses: Collection[str], shares: Mapping[str, float]) -> list[str]:
    """Return the most frequent spellings that are no guesses; where the likeliest is one, frequent ones only."""
    ranked = sorted(spellings, key=lambda one: -shares.get(one, 0.0))
    least = LEAST_IN_JAPANESE if ranked[0] in guesses else 0.0
    return [one for one in ranked if one not in guesses and shares.get(one, 0.0) >= least][:MOST]


def main() -> None:
    """Write the file."""
    database = sqlite3.connect(sys.argv[1])
    words = {text for (text,) in database.execute(_WORDS)}
    english, japanese = (import_module("wordfreq").get_frequency_dict(one) for one in ("en", "ja"))
    lists = ("dist.all.last", "dist.male.first", "dist.female.first")
    census = {
        line.split()[0].lower() for one in lists for line in files("names").joinpath(one).read_text().splitlines()
    }
    lines = []
    for name, spellings in sorted(names_of(database.execute(_QUERY)).items()):
        is_person = name in census or any(kinds & KINDS for kinds in spellings.values())
        share = english.get(name, 0.0)
        if is_person and share >= LEAST and (share <= MOST_OF_NO_SURNAME or name in census):
            guesses = [text for text, _ in spelled_by_rules(name, "latin", "kana", GUESSES)]
            own = [one for one in chosen(spellings, guesses, japanese) if one not in words]
            lines += [f"{name} {' '.join(own)}"] if own else []
    FILE.write_text(f"{HEAD}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
