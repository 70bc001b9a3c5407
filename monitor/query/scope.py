"""Hold the names that a rule can use: the lists, saved rules, forms and identifiers of the configuration."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.model import Form


def as_written(text: str) -> tuple[Form, ...]:
    """Return the text as its only form, where no others are known."""
    return (Form(text),)


def is_never_known(_name: str) -> bool:
    """Tell that no word is a known name."""
    return False


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that a rule can use.

    `groups` may map each group to the outlets in it; `lists` hold queries, one an entry; `queries` are the texts of the
    saved rules; `words` and `names` return the forms of a word and of a name; `known` tells whether a word is a known
    name; `language_hint` returns the hint for a language that does not exist. The caches make the rules of one scope
    share their lists and words.
    """

    outlets: Collection[str] = ()
    groups: Collection[str] = ()
    countries: Collection[str] = ()
    languages: Collection[str] = ()
    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)
    words: Callable[[str], tuple[Form, ...]] = as_written
    names: Callable[[str], tuple[Form, ...]] = as_written
    known: Callable[[str], bool] = is_never_known
    language_hint: Callable[[str], str] | None = None
    reference_cache: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The built lists and saved rules, by kind (`list` or `rule`) and name."""
    forms_cache: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The forms of words of one common script: a single canonical word, or all forms."""
