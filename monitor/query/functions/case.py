"""Define `case(words)`: these words as they are written, capitals too."""

from __future__ import annotations

from monitor.query.functions.definition import TextFunction
from monitor.query.terms.exact_spelling import ExactSpelling, normalize_signs


def is_same_case(wanted: str, original: str) -> bool:
    """Tell whether both are the same but for spaces and kinds of quotation marks."""
    return normalize_signs(wanted) == normalize_signs(original)


CASE = TextFunction("case", lambda call, term, _scope, _state: ExactSpelling(is_same_case, call.argument, term))
