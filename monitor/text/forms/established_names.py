"""Look up what Chinese, Japanese and Korean papers call companies, bodies, persons and cities: Goldman Sachs, 高盛.

The tables are `data/established-names.txt`, our own, and `established-places.txt`, made of GeoNames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from monitor.model import Form
from monitor.text.forms.affixes import CONFIDENCE, guess_affixed
from monitor.text.forms.data_files import data_lines
from monitor.text.forms.script import fold, script_of
from monitor.text.forms.translit.established_surnames import without_v

ESTABLISHED = "established names"
"""The source of such forms."""
_FILES = ("established-names.txt", "established-places.txt")
_SURE = 0.88
"""Less than that of a listed name, so that no letters of a longer name may touch a short one."""
_WEAK, _DOUBTFUL = 0.57, "~"
_SHORTEST_LATIN = 4
"""How many letters a Latin name has that is looked for from another script: fewer are acronyms of many."""


def established_forms(name: str, known: Collection[str]) -> list[Form]:
    """Return what a company, body, person or city is called in scripts not among `known`, perhaps with particles."""
    script = script_of(name)
    forms: list[Form] = []
    for line in _lines().get(_key(name), ()):
        for part in line.split(", "):
            text = part.removeprefix(_DOUBTFUL)
            own = _script_of_name(text)
            is_short = own == "latin" and len(text) < _SHORTEST_LATIN
            if own not in known and not is_short and not own == script == "latin":
                forms += _with_particles(text, own, _SURE if text == part else _WEAK)
    return forms


def release() -> None:
    """Free the index; the next use reads it again (0.05 s)."""
    _lines.cache_clear()


def _with_particles(text: str, script: str, confidence: float) -> list[Form]:
    particles = guess_affixed(text, script, 0) if script == "hangul" else []
    share = round(confidence * CONFIDENCE, 2)
    return [
        *(Form(one, "", ESTABLISHED, confidence, script == "latin") for one in dict.fromkeys((text, without_v(text)))),
        *(Form(form, "", f"{ESTABLISHED}, particle", share) for form in particles),
    ]


def _script_of_name(text: str) -> str:
    """Return the script of the first letter that is not Latin, if there is one: that of SK하이닉스 is Hangul."""
    scripts = [script for script in map(script_of, text) if script]
    return next((script for script in scripts if script != "latin"), "latin")


def _key(name: str) -> str:
    return fold(name.removeprefix(_DOUBTFUL)).replace("-", " ")


@cache
def _lines() -> dict[str, list[str]]:
    """Return, by each folded name, the lines of the tables that have it."""
    index: dict[str, list[str]] = defaultdict(list)
    for line in (line for file in _FILES for line in data_lines(file)):
        for key in {_key(part) for part in line.split(", ")}:
            index[key].append(line)
    return dict(index)
