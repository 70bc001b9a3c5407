"""Tell which matchers have no position, which the positional operators and atleast need of the lists they name."""

from __future__ import annotations

from monitor.query.facts import HasFact, Published, WordCount
from monitor.query.matchers import AllOf, AnyOf, AtLeastMatcher, FieldMatcher, Matcher, NotMatcher, SharedMatcher

_ABOUT_WHOLE_ARTICLE = (HasFact, WordCount, Published, NotMatcher)
_AMBIGUOUS = (AllOf, AtLeastMatcher)
_WITH_ALTERNATIVES = (SharedMatcher, FieldMatcher, AnyOf)


def is_positionless(matcher: Matcher) -> bool:
    """Tell whether a matcher, perhaps behind names of lists, is true of an article as a whole."""
    while isinstance(matcher, SharedMatcher | FieldMatcher):
        matcher = matcher.inner
    return isinstance(matcher, _ABOUT_WHOLE_ARTICLE)


def lists_without_positions(matcher: Matcher) -> str | None:
    """Return the first alternative, a list or saved rule, without a position or with several to choose from."""
    if not isinstance(matcher, _WITH_ALTERNATIVES):
        return None
    stack: list[tuple[str, Matcher]] = [("", matcher)]
    seen: set[int] = set()  # lists that name one list many times are looked into once
    while stack:
        name, part = stack.pop()
        if id(part) in seen:
            continue
        seen.add(id(part))
        if name and isinstance(part, _ABOUT_WHOLE_ARTICLE + _AMBIGUOUS):
            return name
        if isinstance(part, SharedMatcher):
            stack.append((name or part.to_text(), part.inner))
        elif isinstance(part, FieldMatcher):
            stack.append((name, part.inner))
        elif isinstance(part, AnyOf):
            stack += [(name, each) for each in part.parts()]
    return None
