"""Explain why a rule did not match an article, by the smallest parts of the rule that failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Span
from monitor.query.compiled import Compiled
from monitor.query.document import Document, DocumentText
from monitor.query.hits import with_support
from monitor.query.matchers import (
    AnyOf,
    Matcher,
    NotMatcher,
    PairMatcher,
    PartMatcher,
    SharedMatcher,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a rule that failed, the reason, and the spans that caused it, such as what a NOT forbids."""

    part: str
    reason: str
    spans: tuple[Span, ...] = ()


def explain_failure(compiled: Compiled, document: Document, now: datetime) -> tuple[Failure, ...]:
    """Return why an article does not match, by the smallest parts of the rule; empty where it matches."""
    return tuple(dict.fromkeys(_failures(compiled.matcher, document.main, now)))


def _failures(matcher: Matcher, text: DocumentText, now: datetime) -> list[Failure]:
    if matcher.find_hits(text, now) is not None:
        return []
    reasons = (reasons for kind, reasons in _REASONS.items() if isinstance(matcher, kind))
    return next(reasons, _of_parts)(matcher, text, now)


def _of_parts(matcher: Matcher, text: DocumentText, now: datetime) -> list[Failure]:
    """Report the parts that failed, or where there are none the matcher itself by its own reason."""
    missing = [failure for part in matcher.parts() for failure in _failures(part, text, now)]
    return missing or [Failure(matcher.to_text(), matcher.failure_reason(text, now))]


def _of_alternatives(matcher: AnyOf, text: DocumentText, now: datetime) -> list[Failure]:
    """Report alternatives that are single terms together, and compound ones by their own parts."""
    compound = [part for part in matcher.parts() if part.parts()]
    if not compound:
        return [Failure(matcher.to_text(), "none of these is there")]
    plain = " OR ".join(part.to_text() for part in matcher.parts() if not part.parts())
    first = [Failure(plain, "none of these is there" if " OR " in plain else "it is not there")] if plain else []
    return first + [failure for part in compound for failure in _failures(part, text, now)]


def _of_not(matcher: NotMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    """Report the words that a NOT forbids."""
    spans = text.document.spans(with_support(matcher.inner.find_hits(text, now) or ()))
    return [Failure(matcher.to_text(), "what it forbids is there", spans)]


def _of_pair(matcher: PairMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    """Report the sides that are missing, or where both are there that they are too near or too far."""
    if matcher.operator.excludes_partner:
        missing = _failures(matcher.left, text, now)
        return missing or [Failure(matcher.to_text(), "each one is too near")]
    missing = _failures(matcher.left, text, now) + _failures(matcher.right, text, now)
    return missing or [Failure(matcher.to_text(), "both are there, but not in such places")]


def _of_part(matcher: PartMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    """Report what is missing from the whole text, or else that it stands in another part of the article."""
    if matcher.inner.find_hits(text, now) is not None:
        return [Failure(matcher.to_text(), "it is there, but not in that part of the article")]
    return _failures(matcher.inner, matcher.narrowed(text), now)


def _of_list(matcher: SharedMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    """Report a list or saved rule by its name, where one reason is enough for it."""
    inner = _failures(matcher.inner, text, now)
    return inner if matcher.inner.parts() and len(inner) > 1 else [Failure(matcher.to_text(), inner[0].reason)]


_REASONS: dict[type[Any], Callable[[Any, DocumentText, datetime], list[Failure]]] = {
    AnyOf: _of_alternatives,
    NotMatcher: _of_not,
    PairMatcher: _of_pair,
    PartMatcher: _of_part,
    SharedMatcher: _of_list,
}
