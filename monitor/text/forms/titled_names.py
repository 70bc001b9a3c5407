"""Leave aside the titles that a user writes before a name, since articles write others there or none."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from monitor.text.forms.chinese_names import chinese_person
from monitor.text.forms.dictionary import is_listed
from monitor.text.forms.known_spellings import is_given_name, is_place
from monitor.text.forms.script import fold
from monitor.text.forms.titles import known_words

_SCRIPTS = ("latin", "cyrillic")
_OFFICES, _, _SOVEREIGNS = _KINDS = ("offices", "courtesies", "sovereigns")
_LONGEST_TITLE = 4
_SHORTEST_NAME = 3
_OF = frozenset({"of", "for", "the", "de", "du", "des", "der", "della", "del", "da", "do"})
"""Words behind which an office goes on: Minister of Health."""


class _Title(NamedTuple):
    kind: str
    length: int


def without_titles(name: str) -> str:
    """Return a name without the titles before it: Macron for President Macron; all of it where that is in doubt.

    Dr. Who and General Motors are no persons with a title, and King Charles would be any Charles.
    """
    words, kinds = name.split(), set[str]()
    while title := _title_before(words):
        kinds.add(title.kind)
        words = words[title.length :]
    # Pan is a courtesy in Polish and a surname in Chinese.
    is_titled = kinds and _is_name_alone(words, kinds) and not chinese_person(name.split())
    return " ".join(words) if is_titled else name


def _title_before(words: list[str]) -> _Title | None:
    """Return the longest title that the words begin with."""
    folded = [fold(word.rstrip(".")) for word in words[:_LONGEST_TITLE]]
    for length in range(len(folded), 0, -1):
        if kind := _titles().get("_".join(folded[:length])):
            return _Title(kind, length)
    return None


@cache
def _titles() -> dict[str, str]:
    """Return the kind of each folded title."""
    return {fold(title): kind for script in _SCRIPTS for kind in _KINDS for title in known_words(script, kind)}


def _is_name_alone(words: list[str], kinds: set[str]) -> bool:
    """Tell whether the words behind titles of these kinds are the name of one person without them, too."""
    if len("".join(words)) < _SHORTEST_NAME or words[0] in _OF:
        return False
    first, last = words[0].lower(), words[-1].lower()
    if _SOVEREIGNS in kinds:
        return len(words) > 1 and not is_listed(last, "en")
    if kinds == {_OFFICES} or (len(words) > 1 and is_given_name(first)):
        return True
    return not (is_listed(first, "en") or is_given_name(first) or is_place(first))
