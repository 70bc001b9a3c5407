"""A query made ready to run: each part says whether a text has it and where, what triggers it, and what failed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from monitor.query.document import Document, DocumentText
from monitor.query.hits import Hit, apart, in_order
from monitor.query.operators.pairing import Binary, alone, pairs
from monitor.query.weights import total

Group = tuple[str, ...]


class Matcher(ABC):
    """A part of a rule; it holds nothing of any article, so that many threads and indexes can share it."""

    __slots__ = ()

    @abstractmethod
    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        """Where the text has this; an empty list where it is true of no place in particular, None where it fails."""

    @abstractmethod
    def clauses(self) -> tuple[Group, ...]:
        """Groups of triggers (words, `prefix*`, `field:value`): a matching article holds at least one of each group."""

    def keys(self) -> Group | None:
        """The group that the fewest articles meet, None where nothing triggers this."""
        groups = self.clauses()
        return groups[0] if len(groups) == 1 else min(groups, key=total, default=None)

    @abstractmethod
    def shown(self) -> str:
        """This part as text."""

    def patterns(self) -> tuple[Group, ...]:
        """Groups of canonical patterns, each of which a matching article meets by one member."""
        return ()

    def outlets(self) -> frozenset[str] | None:
        """The outlets that a matching article comes from, None where they do not matter."""
        return None

    def parts(self) -> Sequence[Matcher]:
        """The parts that this one is made of."""
        return ()

    def forms(self) -> Iterable[str]:
        """Every form that this looks for, with the languages that it counts in: what an upgrade may change."""
        return (form for part in self.parts() for form in part.forms())

    def why(self, _text: DocumentText) -> str:
        """Why a text does not have this, for a part that has no parts."""
        return "it is not there"


def _share(part: Matcher) -> float:
    """The share of articles that a part is looked for in; those that nothing triggers come after all others."""
    keys = part.keys()
    return 9.0 if keys is None else total(keys)


def bracketed(part: Matcher) -> str:
    """A part as an operand."""
    return f"({part.shown()})" if isinstance(part, All | AnyOf | Without | Placed) else part.shown()


class All(Matcher):
    """Every part is there."""

    __slots__ = ("_in_turn", "_parts")

    def __init__(self, parts: tuple[Matcher, ...]) -> None:
        self._parts = parts
        self._in_turn: tuple[Matcher, ...] = ()
        """The order in which the parts are asked, once they are: most rules never meet an article."""

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        if not self._in_turn:
            # The rarest comes last: it is what has triggered the rule.
            rarest, *others = sorted(self._parts, key=_share)
            self._in_turn = (*others, rarest)
        for part in self._in_turn:
            got = part.found(text, now)
            if got is None:
                return None
            hits += got
        return hits

    def clauses(self) -> tuple[Group, ...]:
        groups: list[Group] = []
        for part in self._parts:
            groups += part.clauses()
        return tuple(groups)

    def patterns(self) -> tuple[Group, ...]:
        return tuple(group for part in self._parts for group in part.patterns())

    def outlets(self) -> frozenset[str] | None:
        known = [names for part in self._parts if (names := part.outlets()) is not None]
        return frozenset.intersection(*known) if known else None

    def parts(self) -> Sequence[Matcher]:
        return self._parts

    def shown(self) -> str:
        return " AND ".join(map(bracketed, self._parts))


class AnyOf(Matcher):
    """One part or more is there."""

    __slots__ = ("_parts",)

    def __init__(self, parts: tuple[Matcher, ...]) -> None:
        self._parts = parts

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits: list[Hit] = []
        some = False
        for part in self._parts:
            got = part.found(text, now)
            if got is not None:
                some = True
                hits += got
        return hits if some else None

    def clauses(self) -> tuple[Group, ...]:
        gathered: dict[str, None] = {}
        for part in self._parts:
            keys = part.keys()
            if keys is None:
                return ()
            gathered.update(dict.fromkeys(keys))
        return (tuple(gathered),)

    def patterns(self) -> tuple[Group, ...]:
        groups = [min(part.patterns(), key=total, default=None) for part in self._parts]
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

    def shown(self) -> str:
        return " OR ".join(map(bracketed, self._parts))


class Without(Matcher):
    """The part is not there."""

    __slots__ = ("inner",)

    def __init__(self, inner: Matcher) -> None:
        self.inner = inner

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return [] if self.inner.found(text, now) is None else None

    def clauses(self) -> tuple[Group, ...]:
        return ()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def shown(self) -> str:
        return f"NOT {bracketed(self.inner)}"


class Placed(Matcher):
    """Two parts that stand to each other as an operator wants."""

    __slots__ = ("count", "left", "operator", "right")

    def __init__(self, operator: Binary, count: int | None, left: Matcher, right: Matcher) -> None:
        self.operator = operator
        self.count = count
        self.left = left
        self.right = right

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        left = self.left.found(text, now)
        if not left:
            return None
        right = self.right.found(text, now)
        if self.operator.without:
            return alone(left, right or [], self._reach(text.document)) or None
        return (pairs(self.operator, left, right, self._reach(text.document)) or None) if right else None

    def _reach(self, document: Document) -> Callable[[int, int], bool]:
        reach, count = self.operator.reach, self.count or 0
        assert reach is not None  # noqa: S101 (AND and OR are joined, not placed)
        return lambda end, start: reach(document, count, end, start)

    def clauses(self) -> tuple[Group, ...]:
        return self.left.clauses() + (() if self.operator.without else self.right.clauses())

    def patterns(self) -> tuple[Group, ...]:
        return self.left.patterns() + (() if self.operator.without else self.right.patterns())

    def parts(self) -> Sequence[Matcher]:
        return (self.left, self.right)

    def shown(self) -> str:
        count = "" if self.count is None else f"/{self.count}"
        return f"{bracketed(self.left)} {self.operator.name}{count} {bracketed(self.right)}"


class InField(Matcher):
    """A part that is looked for in one field, or (`first`) in the first words of each."""

    __slots__ = ("_where", "inner")

    def __init__(self, where: str | int, inner: Matcher) -> None:
        self._where = where
        self.inner = inner

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        return self.inner.found(self.narrowed(text), now)

    def narrowed(self, text: DocumentText) -> DocumentText:
        """The text that this part looks at."""
        return text.first(self._where) if isinstance(self._where, int) else text.within(self._where)

    def clauses(self) -> tuple[Group, ...]:
        clauses, field = self.inner.clauses(), self._where
        if not isinstance(field, str) or field in ("title", "body"):
            return clauses
        return tuple(tuple(key if ":" in key else f"{field}:{key}" for key in group) for group in clauses)

    def patterns(self) -> tuple[Group, ...]:
        # Addresses, authors and tags are not in the index of stored words.
        return () if self._where in ("url", "author", "tag") else self.inner.patterns()

    def outlets(self) -> frozenset[str] | None:
        return self.inner.outlets()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def shown(self) -> str:
        if isinstance(self._where, int):
            return f"first/{self._where}({self.inner.shown()})"
        return f"{self._where}:{bracketed(self.inner)}"


class AtLeastSo(Matcher):
    """A part with so many hits that do not overlap."""

    __slots__ = ("_count", "inner")

    def __init__(self, count: int, inner: Matcher) -> None:
        self._count = count
        self.inner = inner

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        hits = self.inner.found(text, now)
        if hits is None or apart(map(text.document.extent, hits), self._count) < self._count:
            return None
        return hits

    def clauses(self) -> tuple[Group, ...]:
        return self.inner.clauses()

    def patterns(self) -> tuple[Group, ...]:
        return self.inner.patterns()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def shown(self) -> str:
        return f"atleast{self._count}({self.inner.shown()})"


class Shared(Matcher):
    """A list or saved rule that many rules use: looked for once in each text of an article."""

    __slots__ = ("_clauses", "inner", "name")

    def __init__(self, name: str, inner: Matcher) -> None:
        self.name = name
        self.inner = inner
        keys = inner.keys()
        self._clauses = () if keys is None else (keys,)

    def found(self, text: DocumentText, now: datetime) -> list[Hit] | None:
        memory = text.document.memory
        key = (self.inner, text, now)
        if key not in memory:
            memory[key] = self.inner.found(text, now)
        return memory[key]

    def clauses(self) -> tuple[Group, ...]:
        return self._clauses

    def patterns(self) -> tuple[Group, ...]:
        return self.inner.patterns()

    def outlets(self) -> frozenset[str] | None:
        return self.inner.outlets()

    def parts(self) -> Sequence[Matcher]:
        return (self.inner,)

    def shown(self) -> str:
        return f"@{self.name}" if self.name.replace("-", "").replace(".", "").isalnum() else f'@"{self.name}"'


def ordered(hits: list[Hit]) -> list[Hit]:
    """Hits in the order of the text."""
    hits.sort(key=in_order)
    return hits
