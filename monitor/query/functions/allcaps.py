"""Define `allcaps(words)`: these words in capitals throughout, which are rare even for common words."""

from __future__ import annotations

from monitor.query.functions.definition import TextFunction
from monitor.query.terms.exact_spelling import ExactSpelling


def is_all_caps(_wanted: str, original: str) -> bool:
    """Tell whether the original has capitals only."""
    return original.isupper()


ALLCAPS = TextFunction(
    "allcaps", lambda call, term, _scope, _state: ExactSpelling(is_all_caps, call.argument, term, is_rare=True)
)
