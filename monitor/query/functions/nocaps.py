"""Define `nocaps(words)`: these words without any capital."""

from __future__ import annotations

from monitor.query.functions.definition import TextFunction
from monitor.query.terms.exact_spelling import ExactSpelling


def is_without_caps(_wanted: str, original: str) -> bool:
    """Tell whether the original has no capital."""
    return original == original.lower()


NOCAPS = TextFunction("nocaps", lambda call, term, _scope, _state: ExactSpelling(is_without_caps, call.argument, term))
