"""Define `atleast3(query)`: a query that needs so many hits that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.query.ast import QueryCall
from monitor.query.document import DocumentText
from monitor.query.functions.definition import QueryFunction
from monitor.query.hits import Hit, count_non_overlapping
from monitor.query.matchers import Matcher, Position, TriggerGroup

if TYPE_CHECKING:
    from monitor.query.build_state import BuildState

_MAX_COUNTED = 10_000


class AtLeastMatcher(Matcher):
    """Matches where the inner matcher has at least `count` hits that do not overlap."""

    __slots__ = ("_count", "inner")
    position = Position.SEVERAL

    def __init__(self, count: int, inner: Matcher) -> None:
        self._count = count
        self.inner = inner

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits = self.inner.find_hits(text, now)
        if hits is None or count_non_overlapping(map(text.document.extent, hits), self._count) < self._count:
            return None
        return hits

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return self.inner.trigger_groups()

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return self.inner.patterns()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def failure_reason(self, text: DocumentText, now: datetime) -> str:
        hits = self.inner.find_hits(text, now) or []
        return f"there are only {count_non_overlapping(map(text.document.extent, hits), _MAX_COUNTED)}"

    def to_text(self) -> str:
        return f"{ATLEAST.written(self._count)}({self.inner.to_text()})"


def build_at_least(call: QueryCall, inner: Matcher, state: BuildState) -> Matcher:
    """Return the matcher of a call."""
    if call.count < 1:
        state.error("atleast0 is met by every article", call, "write atleast2(…)")
    return AtLeastMatcher(call.count, inner)


ATLEAST = QueryFunction("atleast", 3, build_at_least, counts_hits=True)
