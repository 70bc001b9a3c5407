"""Define `first/50(query)`: what the first words of each field have to satisfy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.query.ast import QueryCall
from monitor.query.document import DocumentText
from monitor.query.functions.definition import QueryFunction
from monitor.query.matchers import Matcher, PartMatcher, TriggerGroup

if TYPE_CHECKING:
    from monitor.query.build_state import BuildState


class FirstWordsMatcher(PartMatcher):
    """Matches within the first `count` words of each field."""

    __slots__ = ("_count",)

    def __init__(self, count: int, inner: Matcher) -> None:
        super().__init__(inner)
        self._count = count

    def narrowed(self, text: DocumentText) -> DocumentText:
        """Return the first words of each field."""
        return text.first_words(self._count)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return self.inner.trigger_groups()

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return self.inner.patterns()

    def to_text(self) -> str:
        return f"{FIRST.written(self._count)}({self.inner.to_text()})"


def build_first(call: QueryCall, inner: Matcher, state: BuildState) -> Matcher:
    """Return the matcher of a call."""
    if call.count < 1:
        state.error("first/0 holds no word", call, f"write {FIRST.example}(…)")
    return FirstWordsMatcher(call.count, inner)


FIRST = QueryFunction("first", 50, build_first, separator="/")
