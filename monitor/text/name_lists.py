"""Tell several forms of a name that stand in one text from one form with a comma: Пескоф, Песькоф; Peskov, Dmitry."""

from __future__ import annotations

import re

from monitor.text.forms.known_spellings import is_given_name

_parts = re.compile(r"[,،、，;；\r\n\u2028\u2029]+").split
_AFTER_COMMA = frozenset({"inc", "ltd", "llc", "corp", "co", "plc", "jr", "sr", "gmbh"})
"""What stands behind the comma of one name, besides a given name or an initial."""


def several_forms(text: str) -> tuple[str, ...]:
    """Return the forms that commas or line breaks divide; a name with a comma of its own, and any other, is one."""
    parts = [" ".join(part.split()) for part in _parts(text)]
    parts = [part for part in parts if part]
    if len(parts) == 2 and _is_behind_comma(parts[1]):
        return (" ".join(text.split()),)
    return tuple(parts)


def _is_behind_comma(text: str) -> bool:
    """Tell whether a text ends the name before it: Dmitry, D. S., Inc."""
    first = text.split()[0].lower().rstrip(".")
    return len(first) == 1 or "." in first or first in _AFTER_COMMA or is_given_name(first)
