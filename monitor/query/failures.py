"""Explain why a rule did not match an article, by the smallest parts of the rule that failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Span
from monitor.query.compiled import Compiled
from monitor.query.document import Document, DocumentText
from monitor.query.hits import count_non_overlapping, with_support
from monitor.query.matchers import (
    AllOf,
    AnyOf,
    AtLeastMatcher,
    FieldMatcher,
    Matcher,
    NotMatcher,
    PairMatcher,
    SharedMatcher,
)

_MAX_COUNTED = 10_000
_COMPOUND = (AllOf, AnyOf, AtLeastMatcher, FieldMatcher, PairMatcher, SharedMatcher, NotMatcher)


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
    reason = _REASONS.get(type(matcher))
    return reason(matcher, text, now) if reason else [Failure(matcher.to_text(), matcher.failure_reason(text))]


def _all(matcher: AllOf, text: DocumentText, now: datetime) -> list[Failure]:
    return [failure for part in matcher.parts() for failure in _failures(part, text, now)]


def _any_of(matcher: AnyOf, text: DocumentText, now: datetime) -> list[Failure]:
    """Report alternatives that are single terms together, and compound ones by their own parts."""
    compound = [part for part in matcher.parts() if isinstance(part, _COMPOUND)]
    if not compound:
        return [Failure(matcher.to_text(), "none of these is there")]
    plain = " OR ".join(part.to_text() for part in matcher.parts() if not isinstance(part, _COMPOUND))
    first = [Failure(plain, "none of these is there" if " OR " in plain else "it is not there")] if plain else []
    return first + [failure for part in compound for failure in _failures(part, text, now)]


def _without(matcher: NotMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    spans = text.document.spans(with_support(matcher.inner.find_hits(text, now) or ()))
    return [Failure(matcher.to_text(), "what it forbids is there", spans)]


def _placed(matcher: PairMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    if matcher.operator.excludes_partner:
        missing = _failures(matcher.left, text, now)
        return missing or [Failure(matcher.to_text(), "each one is too near")]
    missing = _failures(matcher.left, text, now) + _failures(matcher.right, text, now)
    return missing or [Failure(matcher.to_text(), "both are there, but not in such places")]


def _in_field(matcher: FieldMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    if matcher.inner.find_hits(text, now) is not None:
        return [Failure(matcher.to_text(), "it is there, but not in that part of the article")]
    return _failures(matcher.inner, matcher.narrowed(text), now)


def _at_least(matcher: AtLeastMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    hits = matcher.inner.find_hits(text, now)
    if hits is None:
        return _failures(matcher.inner, text, now)
    return [
        Failure(
            matcher.to_text(), f"there are only {count_non_overlapping(map(text.document.extent, hits), _MAX_COUNTED)}"
        )
    ]


def _shared(matcher: SharedMatcher, text: DocumentText, now: datetime) -> list[Failure]:
    inner = _failures(matcher.inner, text, now)
    return (
        inner
        if isinstance(matcher.inner, _COMPOUND) and len(inner) > 1
        else [Failure(matcher.to_text(), inner[0].reason)]
    )


_REASONS: dict[type[Matcher], Callable[[Any, DocumentText, datetime], list[Failure]]] = {
    AllOf: _all,
    AnyOf: _any_of,
    NotMatcher: _without,
    PairMatcher: _placed,
    FieldMatcher: _in_field,
    AtLeastMatcher: _at_least,
    SharedMatcher: _shared,
}
