"""Define the matchers that a query compiles to: each finds its hits, names its triggers and explains its failure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum, auto

from monitor.query.document import Document, DocumentText
from monitor.query.hits import Hit, text_order
from monitor.query.operators.pairing import Binary, hits_with_partner, hits_without_partner
from monitor.query.weights import group_share

TriggerGroup = tuple[str, ...]


class Position(Enum):
    """Where the hits of a matcher stand: at places of its own, at none, at several, or where those of its parts do.

    Of several, a positional operator could not choose.
    """

    OWN = auto()
    NONE = auto()
    SEVERAL = auto()
    OF_PARTS = auto()


class Matcher(ABC):
    """A compiled part of a rule; it holds no state of any article, so that threads and indexes can share it."""

    __slots__ = ()
    position = Position.OWN

    @abstractmethod
    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        """Return the hits in the text, or None where it does not match.

        The list is empty where the matcher is true of the article as a whole.
        """

    @abstractmethod
    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        """Return groups of triggers (words, `prefix*`, `field:value`).

        A matching article holds at least one trigger of each group.
        """

    def triggers(self) -> TriggerGroup | None:
        """Return the group with the smallest estimated share of articles, or None where nothing triggers this."""
        groups = self.trigger_groups()
        return groups[0] if len(groups) == 1 else min(groups, key=group_share, default=None)

    @abstractmethod
    def to_text(self) -> str:
        """Return this part of the rule as text."""

    def patterns(self) -> tuple[TriggerGroup, ...]:
        """Return groups of search patterns in canonical spelling.

        A matching article satisfies at least one pattern of each group.
        """
        return ()

    def outlets(self) -> frozenset[str] | None:
        """Return the outlets that matching articles come from, or None where any outlet can match."""
        return None

    def parts(self) -> Sequence[Matcher]:
        """Return the matchers that this one consists of."""
        return ()

    def forms(self) -> Iterable[str]:
        """Return every form that is looked for, with its languages; an upgrade compares them."""
        return (form for part in self.parts() for form in part.forms())

    def failure_reason(self, _text: DocumentText, _now: datetime) -> str:
        """Return why a text does not match although every part does, or there are no parts."""
        return "it is not there"


_NO_TRIGGERS = 9.0
"""A share above any other, so that parts without triggers are sorted last."""


def _estimated_share(part: Matcher) -> float:
    """Return the estimated share of articles that hold a trigger of this part; parts without triggers sort last."""
    triggers = part.triggers()
    return _NO_TRIGGERS if triggers is None else group_share(triggers)


def as_operand(part: Matcher) -> str:
    """Return the text of a part as an operand, in brackets where needed."""
    return f"({part.to_text()})" if isinstance(part, AllOf | AnyOf | NotMatcher | PairMatcher) else part.to_text()


class AllOf(Matcher):
    """Matches where every part matches."""

    __slots__ = ("_evaluation_order", "_parts")
    position = Position.SEVERAL

    def __init__(self, parts: tuple[Matcher, ...]) -> None:
        self._parts = parts
        self._evaluation_order: tuple[Matcher, ...] = ()
        """The order of evaluation; computed at the first use, because most rules never meet an article."""

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        if not self._evaluation_order:
            # The rarest part comes last: it has triggered the rule, so that it most likely matches.
            rarest, *others = sorted(self._parts, key=_estimated_share)
            self._evaluation_order = (*others, rarest)
        for part in self._evaluation_order:
            part_hits = part.find_hits(text, now)
            if part_hits is None:
                return None
            hits += part_hits
        return hits

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        groups: list[TriggerGroup] = []
        for part in self._parts:
            groups += part.trigger_groups()
        return tuple(groups)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return tuple(group for part in self._parts for group in part.patterns())

    def outlets(self) -> frozenset[str] | None:
        known = [names for part in self._parts if (names := part.outlets()) is not None]
        return frozenset.intersection(*known) if known else None

    def parts(self) -> Sequence[Matcher]:
        return self._parts

    def to_text(self) -> str:
        return " AND ".join(map(as_operand, self._parts))


class AnyOf(Matcher):
    """Matches where at least one part matches."""

    __slots__ = ("_parts",)
    position = Position.OF_PARTS

    def __init__(self, parts: tuple[Matcher, ...]) -> None:
        self._parts = parts

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        # All parts are asked, not only the first that matches: operators and quotations need every hit.
        is_found = False
        for part in self._parts:
            part_hits = part.find_hits(text, now)
            if part_hits is not None:
                is_found = True
                hits += part_hits
        return hits if is_found else None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        gathered: dict[str, None] = {}
        for part in self._parts:
            keys = part.triggers()
            if keys is None:
                return ()
            gathered.update(dict.fromkeys(keys))
        return (tuple(gathered),)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        groups = [min(part.patterns(), key=group_share, default=None) for part in self._parts]
        if any(group is None for group in groups):
            return ()
        return (tuple(dict.fromkeys(pattern for group in groups if group for pattern in group)),)

    def outlets(self) -> frozenset[str] | None:
        known = [part.outlets() for part in self._parts]
        if any(names is None for names in known):
            return None
        return frozenset().union(*(names for names in known if names is not None))

    def parts(self) -> Sequence[Matcher]:
        return self._parts

    def to_text(self) -> str:
        return " OR ".join(map(as_operand, self._parts))


class NotMatcher(Matcher):
    """Matches where the inner matcher does not."""

    __slots__ = ("inner",)
    position = Position.NONE

    def __init__(self, inner: Matcher) -> None:
        self.inner = inner

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [] if self.inner.find_hits(text, now) is None else None

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return ()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def to_text(self) -> str:
        return f"NOT {as_operand(self.inner)}"


class PairMatcher(Matcher):
    """Matches two parts whose positions satisfy a positional operator."""

    __slots__ = ("count", "left", "operator", "right")

    def __init__(self, operator: Binary, count: int | None, left: Matcher, right: Matcher) -> None:
        self.operator = operator
        self.count = count
        self.left = left
        self.right = right

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        left = self.left.find_hits(text, now)
        if not left:
            return None
        right = self.right.find_hits(text, now)
        if self.operator.excludes_partner:
            return hits_without_partner(left, right or [], self._reach(text.document)) or None
        return (hits_with_partner(self.operator, left, right, self._reach(text.document)) or None) if right else None

    def _reach(self, document: Document) -> Callable[[int, int], bool]:
        reach, count = self.operator.is_in_reach, self.count or 0
        assert reach is not None  # noqa: S101 (AND and OR are joined, not placed)
        return lambda end, start: reach(document, count, end, start)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return self.left.trigger_groups() + (() if self.operator.excludes_partner else self.right.trigger_groups())

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return self.left.patterns() + (() if self.operator.excludes_partner else self.right.patterns())

    def parts(self) -> Sequence[Matcher]:
        return (self.left, self.right)

    def to_text(self) -> str:
        count = "" if self.count is None else f"/{self.count}"
        return f"{as_operand(self.left)} {self.operator.name}{count} {as_operand(self.right)}"


class PartMatcher(Matcher):
    """Matches a matcher within a part of the text."""

    __slots__ = ("inner",)
    position = Position.OF_PARTS

    def __init__(self, inner: Matcher) -> None:
        self.inner = inner

    @abstractmethod
    def narrowed(self, text: DocumentText) -> DocumentText:
        """Return the part of the text that the inner matcher looks at."""

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return self.inner.find_hits(self.narrowed(text), now)

    def outlets(self) -> frozenset[str] | None:
        return self.inner.outlets()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)


class FieldMatcher(PartMatcher):
    """Matches within one field."""

    __slots__ = ("_field",)

    def __init__(self, field: str, inner: Matcher) -> None:
        super().__init__(inner)
        self._field = field

    def narrowed(self, text: DocumentText) -> DocumentText:
        """Return the field."""
        return text.in_field(self._field)

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        clauses, field = self.inner.trigger_groups(), self._field
        # The index of rules holds the words of title and body without a field.
        if field in ("title", "body"):
            return clauses
        return tuple(tuple(key if ":" in key else f"{field}:{key}" for key in group) for group in clauses)

    def patterns(self) -> tuple[TriggerGroup, ...]:
        # The full-text index of stored articles does not hold addresses, authors and tags.
        return () if self._field in ("url", "author", "tag") else self.inner.patterns()

    def to_text(self) -> str:
        return f"{self._field}:{as_operand(self.inner)}"


class SharedMatcher(Matcher):
    """The matcher of a list or saved rule; its hits are cached for each text, because many rules use it."""

    __slots__ = ("_clauses", "inner", "name")
    position = Position.OF_PARTS

    def __init__(self, name: str, inner: Matcher) -> None:
        self.name = name
        self.inner = inner
        keys = inner.triggers()
        self._clauses = () if keys is None else (keys,)

    def find_hits(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        memory = text.document.hit_cache
        key = (self.inner, text, now)
        if key not in memory:
            memory[key] = self.inner.find_hits(text, now)
        return memory[key]

    def trigger_groups(self) -> tuple[TriggerGroup, ...]:
        return self._clauses

    def patterns(self) -> tuple[TriggerGroup, ...]:
        return self.inner.patterns()

    def outlets(self) -> frozenset[str] | None:
        return self.inner.outlets()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def to_text(self) -> str:
        return f"@{self.name}" if self.name.replace("-", "").replace(".", "").isalnum() else f'@"{self.name}"'


def in_text_order(hits: list[Hit]) -> list[Hit]:
    """Sort the hits by their positions, in place, and return them."""
    hits.sort(key=text_order)
    return hits
