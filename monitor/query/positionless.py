"""A plan comes in, whether it stands at a place goes out: operators on places and atleast ask it of what lists name."""

from __future__ import annotations

from monitor.query.facts import Has, Length, Published
from monitor.query.matchers import All, AnyOf, AtLeastSo, InField, Matcher, Shared, Without

_TRUE_OF_THE_WHOLE = (Has, Length, Published, Without)
_LEAVES_OPEN = (All, AtLeastSo)
_WITH_ALTERNATIVES = (Shared, InField, AnyOf)


def is_positionless(plan: Matcher) -> bool:
    """Whether a plan, perhaps behind names of lists, is true of an article as a whole."""
    while isinstance(plan, Shared | InField):
        plan = plan.inner
    return isinstance(plan, _TRUE_OF_THE_WHOLE)


def lists_without_positions(plan: Matcher) -> str | None:
    """The first list or saved rule among the alternatives that has no place, or leaves open which of its is meant."""
    if not isinstance(plan, _WITH_ALTERNATIVES):
        return None
    waiting: list[tuple[str, Matcher]] = [("", plan)]
    seen: set[int] = set()  # lists that name one list many times are looked into once
    while waiting:
        name, part = waiting.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if name and isinstance(part, _TRUE_OF_THE_WHOLE + _LEAVES_OPEN):
            return name
        if isinstance(part, Shared):
            waiting.append((name or part.shown(), part.inner))
        elif isinstance(part, InField):
            waiting.append((name, part.inner))
        elif isinstance(part, AnyOf):
            waiting += [(name, each) for each in part.parts()]
    return None
