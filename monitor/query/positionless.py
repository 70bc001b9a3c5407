"""Tell which matchers have no position, which the positional operators and atleast need of the lists they name."""

from __future__ import annotations

from monitor.query.matchers import Matcher, Position, SharedMatcher


def is_positionless(matcher: Matcher) -> bool:
    """Tell whether a matcher, perhaps behind names of lists, is true of an article as a whole."""
    while matcher.position is Position.OF_PARTS and len(matcher.parts()) == 1:
        matcher = matcher.parts()[0]
    return matcher.position is Position.NONE


def lists_without_positions(matcher: Matcher) -> str | None:
    """Return the first alternative, a list or saved rule, without a position or with several to choose from."""
    stack: list[tuple[str, Matcher]] = [("", matcher)]
    seen: set[int] = set()  # lists that name one list many times are looked into once
    while stack:
        name, part = stack.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if name and part.position in (Position.NONE, Position.SEVERAL):
            return name
        if isinstance(part, SharedMatcher):
            name = name or part.to_text()
        if part.position is Position.OF_PARTS:
            stack += [(name, each) for each in part.parts()]
    return None
