"""Define what a function of queries is: all that the parser, the builder and the hints know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.query.ast import Call, QueryCall
from monitor.query.matchers import Matcher

if TYPE_CHECKING:
    # Printing a query needs the functions, and the state of a build prints queries.
    from monitor.query.build_state import BuildState
    from monitor.query.scope import Scope


@dataclass(frozen=True, slots=True)
class TextFunction:
    """A function of a text, such as `name(Peskov)`.

    `build` returns the matcher of a call whose text holds a word, given the term that stands for it in matches; it
    reports errors to the state and raises Stop. `is_literal`: only the text as it is written is looked for.
    """

    name: str
    build: Callable[[Call, str, Scope, BuildState], Matcher]
    is_literal: bool = True

    @property
    def example(self) -> str:
        """How it is written before its bracket."""
        return self.name


@dataclass(frozen=True, slots=True)
class QueryFunction:
    """A function of a query with a number, such as `atleast3(…)` or, with a separator, `first/50(…)`.

    `build` returns the matcher of a call, given that of the query inside; it reports errors to the state.
    `counts_hits`: it judges how many hits there are, so that what has no place cannot stand inside, it stands at no
    single place itself, and finding more inside may mean finding less outside.
    """

    name: str
    usual_count: int
    build: Callable[[QueryCall, Matcher, BuildState], Matcher]
    separator: str = ""
    counts_hits: bool = False

    @property
    def example(self) -> str:
        """How it is written before its bracket."""
        return self.written(self.usual_count)

    def written(self, count: int) -> str:
        """Return its name with a number."""
        return f"{self.name}{self.separator}{count}"

    def count_in(self, number: str) -> int | None:
        """Return the number that is written behind the name with its separator, or None where it is none."""
        digits = number.removeprefix(self.separator)
        is_number = number.startswith(self.separator) and digits.isdecimal()
        # Nine digits are more than any text has words, and bound the time to read them.
        return int(digits[:9]) if is_number else None
