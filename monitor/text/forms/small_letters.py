"""Tell which Cyrillic case forms of a name prove it in small letters: no ordinary words (own heuristic)."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.text.forms import morphology
from monitor.text.forms.known_spellings import is_place
from monitor.text.forms.translit import russian_from_ukrainian

_SHORTEST_LISTED = 5
_SHORTEST_UNKNOWN = 6
# зеленский is an adjective to whoever makes one, though no dictionary has it.
_like_adjective = re.compile("(?:[иыоі]й|[аоеыи]е|ая|[зсц]ьк[аеі])$").search


def is_proof(form: str, name: str) -> bool:
    """Tell whether `form`, a lower-case case form of `name`, is a word of that name alone in Russian and Ukrainian.

    The name itself is none: tags, addresses and brands have it in small letters without any talk of it (#россия).
    """
    if len(form) < _SHORTEST_LISTED or form == name or not is_only_name(name):
        return False
    is_listed = any(morphology.ordinary_lemmas(form, language) is not None for language in ("ru", "uk"))
    if is_listed:
        return is_only_name(form)
    # The dictionaries lack most of what is joined by a hyphen.
    return len(form) >= _SHORTEST_UNKNOWN and form.isalpha() and not _like_adjective(name)


@lru_cache(maxsize=4096)
def is_only_name(word: str) -> bool:
    """Tell whether both dictionaries know a word as a name or place, or not at all."""
    ukrainian = morphology.ordinary_lemmas(word, "uk") or ()
    return not morphology.ordinary_lemmas(word, "ru") and all(map(_is_ukrainian_place, ukrainian))


@lru_cache(maxsize=1024)
def _is_ukrainian_place(lemma: str) -> bool:
    """Tell whether a lemma of the Ukrainian dictionary, which marks no places, is only a name in the Russian one."""
    russian = (text for text, _ in russian_from_ukrainian(lemma)[:2])
    return is_place(lemma) or any(morphology.ordinary_lemmas(text, "ru") == frozenset() for text in russian)
