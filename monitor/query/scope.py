"""What a rule may speak of: the names, lists, rules and forms that the configuration gives it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.model import Form


def as_written(text: str) -> tuple[Form, ...]:
    """The word or name alone, where nobody knows other forms of it."""
    return (Form(text),)


def unknown(_name: str) -> bool:
    """No word is a known name."""
    return False


@dataclass(frozen=True, slots=True)
class Scope:
    """The world of a rule.

    `groups` may map each group to the outlets in it; `lists` hold queries, one an entry; `queries` are the texts of the
    saved rules; `words` and `names` give the forms of a word and of a name; `known` says if a word is a known name;
    `language_meant` gives the hint for a language that does not exist.
    What lists and words come to is remembered inside, so that the rules of one scope share it.
    """

    outlets: Collection[str] = ()
    groups: Collection[str] = ()
    countries: Collection[str] = ()
    languages: Collection[str] = ()
    lists: Mapping[str, Collection[str]] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)
    words: Callable[[str], tuple[Form, ...]] = as_written
    names: Callable[[str], tuple[Form, ...]] = as_written
    known: Callable[[str], bool] = unknown
    language_meant: Callable[[str], str] | None = None
    memory: dict[tuple[str, str], Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What lists and saved rules came to, by kind and name."""
    forms: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What words of one common script came to: a canonical word alone, or all its forms."""
