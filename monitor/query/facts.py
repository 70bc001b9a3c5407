"""Match conditions on the whole article: its origin, language, length and date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.query.date_range import DateRange
from monitor.query.document import Document, DocumentText
from monitor.query.hits import Hit
from monitor.query.matchers import Matcher, Position, TriggerGroup
from monitor.query.scope import Scope


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of identifiers: what one is called, which the configuration knows, and which an article has."""

    noun: str
    configured: Callable[[Scope], Collection[str]]
    values: Callable[[Document], Collection[str]]


FACTS: Mapping[str, Fact] = {
    "outlet": Fact("outlet", lambda scope: scope.outlets, lambda document: (document.outlet.name,)),
    "group": Fact("group", lambda scope: scope.groups, lambda document: document.outlet.groups),
    "country": Fact("country", lambda scope: scope.countries, lambda document: (document.outlet.country,)),
    "lang": Fact("language", lambda scope: scope.languages, lambda document: (document.language,)),
}
"""The fields that hold identifiers of the configuration."""

ALIASES: Mapping[str, str] = {"language": "lang"}
"""Other names of fields."""


def fact_triggers(document: Document) -> list[str]:
    """Return the triggers of an article's origin and language, as `field:value`."""
    return [f"{name}:{value}" for name, fact in FACTS.items() for value in fact.values(document) if value]


class HasFact(Matcher):
    """Matches articles that have an identifier."""

    __slots__ = ("_field", "_members", "_value")
    position = Position.NONE

    def __init__(self, field: str, value: str, members: frozenset[str] | None = None) -> None:
        self._field = field
        self._value = value
        self._members = members

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [] if self._value in FACTS[self._field].values(text.document) else None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ((f"{self._field}:{self._value}",),)

    def outlets(self) -> frozenset[str] | None:
        return self._members

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        values = ", ".join(sorted(filter(None, FACTS[self._field].values(text.document))))
        return f"it is {values}" if values else "none is known"

    def to_text(self) -> str:
        return f"{self._field}:{self._value}"


class WordCount(Matcher):
    """Matches articles with more, or fewer, than `count` words in title and body together."""

    __slots__ = ("_count", "_sign")
    position = Position.NONE

    def __init__(self, sign: str, count: int) -> None:
        self._sign = sign
        self._count = count

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        words = text.document.word_count
        return [] if (words > self._count if self._sign == ">" else words < self._count) else None

    def is_unusual(self, short: int, long: int) -> bool:
        """Tell whether only articles shorter than `short` or longer than `long` words match."""
        return self._count >= long if self._sign == ">" else self._count <= short

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ()

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        return f"it has {text.document.word_count} words"

    def to_text(self) -> str:
        return f"words{self._sign}{self._count}"


class Published(Matcher):
    """Matches articles published within a range of time.

    An article without a date of its own counts from when it was first seen. One that was published at another moment
    than its feed claims counts from either, so that no correction of a clock hides it.
    """

    __slots__ = ("_value", "_window")
    position = Position.NONE

    def __init__(self, value: str, window: DateRange) -> None:
        self._value = value
        self._window = window

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        article = text.document.article
        claimed = min(article.claimed, article.seen or now) if article.claimed else None
        moments = (article.published or article.seen, claimed)
        return [] if any(moment and self._window.contains(moment, now) for moment in moments) else None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ()

    def failure_reason(self, text: DocumentText, _now: datetime) -> str:
        moment = text.document.article.published or text.document.article.seen
        return f"it is of {moment:%Y-%m-%d %H:%M}" if moment else "it names no time"

    def to_text(self) -> str:
        return f"published:{self._value}"
