"""Give English nouns that no list has their regular plural."""

from __future__ import annotations

from monitor.text.forms.endings import Endings

_ENGLISH = Endings(r"""
[sxz]|ch|sh           0  es
[^aeiou]y             1  ies
[^s]                  0  s
""")


def english_plurals(word: str) -> list[str]:
    """Return the plural of a lower-case word; none of one that is a plural already, or ends otherwise."""
    return [form for form, _ in _ENGLISH.inflect(word)]
