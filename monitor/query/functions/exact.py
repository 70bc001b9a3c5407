"""Define `exact(words)`: these words as they are written, in any case."""

from __future__ import annotations

from monitor.query.functions.definition import TextFunction
from monitor.query.terms.exact_spelling import ExactSpelling, normalize_signs


def is_exact(wanted: str, original: str) -> bool:
    """Tell whether both are the same but for case, spaces and kinds of quotation marks."""
    return normalize_signs(wanted).casefold() == normalize_signs(original).casefold()


EXACT = TextFunction("exact", lambda call, term, _scope, _state: ExactSpelling(is_exact, call.argument, term))
