"""A rule and an article that it did not match come in, the smallest parts of the rule that failed go out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.model import Span
from monitor.query.compiled import Compiled
from monitor.query.document import Document, DocumentText
from monitor.query.hits import apart, with_support
from monitor.query.matchers import All, AnyOf, AtLeastSo, InField, Matcher, Placed, Shared, Without

_MOST = 10_000
_COMPOUND = (All, AnyOf, AtLeastSo, InField, Placed, Shared, Without)


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a rule that failed, why, and the places that say so (what a NOT forbids, for one)."""

    part: str
    reason: str
    spans: tuple[Span, ...] = ()


def explain_failure(compiled: Compiled, document: Document, now: datetime) -> tuple[Failure, ...]:
    """Why an article does not match, by the smallest parts; empty where it does."""
    return tuple(dict.fromkeys(_failures(compiled.plan, document.main, now)))


def _failures(plan: Matcher, text: DocumentText, now: datetime) -> list[Failure]:
    if plan.found(text, now) is not None:
        return []
    reason = _REASONS.get(type(plan))
    return reason(plan, text, now) if reason else [Failure(plan.shown(), plan.why(text))]


def _all(plan: All, text: DocumentText, now: datetime) -> list[Failure]:
    return [failure for part in plan.parts() for failure in _failures(part, text, now)]


def _any_of(plan: AnyOf, text: DocumentText, now: datetime) -> list[Failure]:
    """Plain alternatives fail together; those that are made of parts fail by their own."""
    made = [part for part in plan.parts() if isinstance(part, _COMPOUND)]
    if not made:
        return [Failure(plan.shown(), "none of these is there")]
    plain = " OR ".join(part.shown() for part in plan.parts() if not isinstance(part, _COMPOUND))
    first = [Failure(plain, "none of these is there" if " OR " in plain else "it is not there")] if plain else []
    return first + [failure for part in made for failure in _failures(part, text, now)]


def _without(plan: Without, text: DocumentText, now: datetime) -> list[Failure]:
    spans = text.document.spans(with_support(plan.inner.found(text, now) or ()))
    return [Failure(plan.shown(), "what it forbids is there", spans)]


def _placed(plan: Placed, text: DocumentText, now: datetime) -> list[Failure]:
    if plan.operator.without:
        missing = _failures(plan.left, text, now)
        return missing or [Failure(plan.shown(), "each one is too near")]
    missing = _failures(plan.left, text, now) + _failures(plan.right, text, now)
    return missing or [Failure(plan.shown(), "both are there, but not in such places")]


def _in_field(plan: InField, text: DocumentText, now: datetime) -> list[Failure]:
    if plan.inner.found(text, now) is not None:
        return [Failure(plan.shown(), "it is there, but not in that part of the article")]
    return _failures(plan.inner, plan.narrowed(text), now)


def _at_least(plan: AtLeastSo, text: DocumentText, now: datetime) -> list[Failure]:
    hits = plan.inner.found(text, now)
    if hits is None:
        return _failures(plan.inner, text, now)
    return [Failure(plan.shown(), f"there are only {apart(map(text.document.extent, hits), _MOST)}")]


def _shared(plan: Shared, text: DocumentText, now: datetime) -> list[Failure]:
    inner = _failures(plan.inner, text, now)
    return inner if isinstance(plan.inner, _COMPOUND) and len(inner) > 1 else [Failure(plan.shown(), inner[0].reason)]


_REASONS: dict[type[Matcher], Callable[[Any, DocumentText, datetime], list[Failure]]] = {
    All: _all,
    AnyOf: _any_of,
    Without: _without,
    Placed: _placed,
    InField: _in_field,
    AtLeastSo: _at_least,
    Shared: _shared,
}
