"""Tell several forms of a name that stand in one text from one form with a comma: Пескоф, Песькоф; Peskov, Dmitry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.config.cross_file_problems import ProblemReport
from monitor.config.file_parser import ParsedFile
from monitor.config.values import quoted
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


def warn_of_several_forms(files: Iterable[ParsedFile], report: ProblemReport) -> None:
    """Warn of spellings that are several with commas between; older files have them, and they count as one."""
    for parsed_file in files:
        for loc, entry in parsed_file.entries("names"):
            for key, texts in (("also", entry.also), ("not", entry.excluded)):
                for number, text in enumerate(texts):
                    if len(forms := several_forms(text)) > 1:
                        hint = f"expected a list: {key}: [{', '.join(forms)}]"
                        report.warn(parsed_file, (*loc, key, number), f"{quoted(text)} counts as one spelling", hint)
