"""Make the Polish table of name endings from the names of SGJP: `python -m tests.packaging.polish_names`.

Needs `pip install morfeusz2 wordfreq` (SGJP is the dictionary that morfeusz2 reads). Every word that wordfreq lists for
Polish and that SGJP knows as a name is declined; what the endings of these names say of a name that has the same last
letters is written to `data/names.pl.txt`, as `monitor/text/forms/name_endings.py` reads it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data"

CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
PEOPLES = "nazwa_pospolita"
"""How SGJP marks words with a capital that are no names: Polak, Rosjanin. Their plural is as usual as the singular."""
SURNAME = "nazwisko"
PLACE = "nazwa_geograficzna"
ONLY_PART_OF_A_NAME = {"człon_nazwy_geograficznej"}

SHARE_OF_PLACES = 2.0
"""How much more a place counts: SGJP has three times as many surnames, but news names as many places."""
HEAVIEST = 8.0
"""What the most frequent names count for; a rare one counts for 1."""
FAMILY = 0.45
"""What the plural of a surname (the Kaczyńskis) counts for beside its cases: too little to be more than likely."""
USUAL, LEAST = 0.5, 0.12
"""The shares of the names with an ending from which on a form is usual, and from which on it is written at all."""
COST_OF_A_WRONG_FORM = 0.25
LEAST_GAIN = 12.0
"""What a line must improve, in names of weight 1 with one form each."""

STATEMENT = """\
# How Polish names decline: the end of the name, then what stands instead of it in the other cases and, where that is
# usual, the plural; "~" marks less likely ones, "-" the bare stem, "^" the beginning of a name. The longest end counts.
# Derived from the names of SGJP ({version}) by tests/packaging/polish_names.py, under the licence of SGJP:
#
{licence}
"""
OWN_LINES = "# Own lines, which polish_names.py keeps, instead of those that it would write of the same ends:"
"""Below it stand in the table the lines that SGJP does not give: foreign names, and the plural of some peoples."""


Reading = tuple[str, str, str, list[str], list[str]]
"""A form as morfeusz2 gives it: the form, its lemma, its tag, what kind of name it is, and its style."""
Predicted = dict[tuple[int, str], float]
"""Changes that make forms of a name, each with the share of names that have it."""


@dataclass(frozen=True)
class Declined:
    """A name with how much each of its other forms counts, and how much the name itself counts."""

    name: str
    forms: Mapping[str, float]
    weight: float = 1.0

    @property
    def changes(self) -> dict[tuple[int, str], float]:
        """Each form as how many letters of the name it lacks and what it has instead."""
        return {change(self.name, form): share for form, share in self.forms.items()}


def change(name: str, form: str) -> tuple[int, str]:
    """How many letters to cut from a name, and what to add, to make a form of it."""
    pairs = enumerate(zip(name, form, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(name), len(form)))
    return len(name) - shared, form[shared:]


def ending_lines(names: Sequence[Declined], least_gain: float = LEAST_GAIN) -> list[str]:
    """The table of these names: from short ends to long ones, each that says something better than the shorter one."""
    by_end: dict[str, list[Declined]] = defaultdict(list)
    for one in names:
        marked = "^" + one.name
        for start in range(len(marked)):
            by_end[marked[start:]].append(one)
    table: dict[str, Predicted] = {}
    for end in sorted(by_end, key=lambda end: (len(end), end)):
        shorter, own = table.get(end_of(end[1:], table), {}), predicted(end, by_end[end])
        if own.keys() != shorter.keys() and loss(shorter, by_end[end]) - loss(own, by_end[end]) >= least_gain:
            table[end] = own
    used = {end_of("^" + one.name, table) for one in names}
    return [line(end, table[end]) for end in sorted(table, key=lambda end: end[::-1]) if end in used]


def end_of(marked: str, table: Mapping[str, Any]) -> str:
    """The longest end of a name that the table has; empty if it has none."""
    return next((marked[start:] for start in range(len(marked)) if marked[start:] in table), "")


def predicted(end: str, names: Iterable[Declined]) -> Predicted:
    """The likely changes of names with this end, with their shares; only those that change nothing before the end."""
    counts: dict[tuple[int, str], float] = defaultdict(float)
    total = 0.0
    for one in names:
        total += one.weight
        for (cut, added), share in one.changes.items():
            if cut <= len(end.lstrip("^")):
                counts[cut, added] += one.weight * share
    return {each: count / total for each, count in counts.items() if count / total >= LEAST}


def loss(forms: Predicted, names: Iterable[Declined]) -> float:
    """How wrong a prediction is for these names: forms that it lacks, and at a lower cost those that do not exist."""
    lost = 0.0
    for one in names:
        changes = one.changes
        lacking = sum(share for each, share in changes.items() if each not in forms)
        lost += one.weight * (lacking + COST_OF_A_WRONG_FORM * len(forms.keys() - changes.keys()))
    return lost


def line(end: str, forms: Predicted) -> str:
    """One line of the table, the usual forms first."""
    letters = end.lstrip("^")
    ranked = sorted(forms.items(), key=lambda item: (item[1] < USUAL, item[0]))
    written = (letters[: len(letters) - cut] + added or "-" for (cut, added), _ in ranked)
    return " ".join([end, *(f"{'~' * (share < USUAL)}{one}" for one, (_, share) in zip(written, ranked, strict=True))])


def names_of(morfeusz: Any, frequencies: Mapping[str, float]) -> list[Declined]:
    """The names among these words, each with the forms of all its readings in SGJP."""
    lemmas: dict[str, float] = defaultdict(float)
    kinds: dict[str, set[str]] = defaultdict(set)
    for word, frequency in frequencies.items():
        for at, _, (_, lemma, tag, kind, _) in morfeusz.analyse(word.capitalize()) if word.isalpha() else ():
            if at == 0 and tag.startswith("subst") and lemma[:1].isupper() and not lemma.partition(":")[0].isupper():
                lemmas[lemma] += frequency
                kinds[lemma] |= set(kind)
    forms: dict[str, dict[str, float]] = defaultdict(dict)
    counts: dict[str, float] = defaultdict(float)
    places: set[str] = set()
    for lemma, frequency in lemmas.items():
        if kinds[lemma] != ONLY_PART_OF_A_NAME:
            name = lemma.partition(":")[0].lower()
            counts[name] += frequency
            places |= {name} if PLACE in kinds[lemma] else set()
            for form, share in declined(morfeusz.generate(lemma), name, kinds[lemma]).items():
                forms[name][form] = max(share, forms[name].get(form, 0.0))
    return [
        Declined(name, found, weight(counts[name]) * (SHARE_OF_PLACES if name in places else 1.0))
        for name, found in sorted(forms.items())
    ]


def declined(readings: Iterable[Reading], name: str, kinds: set[str]) -> dict[str, float]:
    """The forms of one reading of a name in its number, and of those that have a usual plural also that."""
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form, _, tag, _, _ in readings:
        if tag.startswith("subst:"):
            _, numbers, cases, *_ = tag.split(":")
            for number, case in product(numbers.split("."), cases.split(".")):
                cells[number, case].add(form.lower().replace("’", "'"))
    number = "sg" if any(number == "sg" for number, _ in cells) else "pl"
    plural = 1.0 if PEOPLES in kinds or not kinds else FAMILY if SURNAME in kinds else 0.0
    found = {form: 1.0 for case in CASES for form in cells[number, case]}
    for case in (CASES if plural == 1.0 else CASES[:2]) if plural else ():
        for form in cells["pl", case]:
            found.setdefault(form, plural)
    found.pop(name, None)
    return {form: share for form, share in found.items() if "-" not in form}


def weight(frequency: float) -> float:
    """How much a name counts: with the square root of its frequency, so that frequent ones do not decide alone."""
    return min(HEAVIEST, 1.0 + math.sqrt(frequency * 1e6))


def main() -> None:
    """Write the table."""
    from morfeusz2 import Morfeusz
    from wordfreq import get_frequency_dict

    morfeusz = Morfeusz()
    names = names_of(morfeusz, get_frequency_dict("pl", "best"))
    licence = "\n".join(f"# {each}".rstrip() for each in morfeusz.dict_copyright().strip().splitlines())
    header = STATEMENT.format(version=morfeusz.dict_id(), licence=licence)
    table = DATA / "names.pl.txt"
    _, _, own = table.read_text(encoding="utf-8").partition(OWN_LINES)
    ends = {each.partition(" ")[0] for each in own.splitlines()}
    derived = [each for each in ending_lines(names) if each.partition(" ")[0] not in ends]
    table.write_text(header + "\n" + "\n".join(derived) + f"\n\n{OWN_LINES}{own}", encoding="utf-8")


if __name__ == "__main__":
    main()
