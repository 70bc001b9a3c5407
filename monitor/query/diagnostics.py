"""Collect what is wrong with a query: the message, its columns, the likely fix and the severity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

ERROR, WARNING, HINT = "error", "warning", "hint"
MAX_PER_SEVERITY = 50
MAX_MESSAGE_CHARS = 600
"""Longer messages are shortened, because they can quote a query of any length."""
_MAX_COMPARED = 5_000


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message about a query; the columns [column, end) count from 1 over all its lines."""

    message: str
    column: int
    end: int
    hint: str = ""
    severity: str = ERROR


class Diagnostics(list[Diagnostic]):
    """The diagnostics of one check, at most `MAX_PER_SEVERITY` of each severity."""

    def add(self, severity: str, message: str, span: tuple[int, int], hint: str = "") -> None:
        """Add a diagnostic of the characters [start, end) of the text, counted from 0."""
        end = max(span[1], span[0] + 1) + 1
        diagnostic = Diagnostic(_shorten_middle(message), span[0] + 1, end, _shorten_middle(hint), severity)
        if diagnostic not in self and sum(other.severity == severity for other in self) < MAX_PER_SEVERITY:
            self.append(diagnostic)

    def error(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        """Add an error."""
        self.add(ERROR, message, span, hint)

    def warn(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        """Add a warning."""
        self.add(WARNING, message, span, hint)

    def hint(self, message: str, span: tuple[int, int], hint: str = "") -> None:
        """Add a hint."""
        self.add(HINT, message, span, hint)

    @property
    def has_errors(self) -> bool:
        """Whether any of them is an error."""
        return bool(self) and any(diagnostic.severity == ERROR for diagnostic in self)

    @property
    def is_full(self) -> bool:
        """Whether there are as many errors as one check collects."""
        return sum(diagnostic.severity == ERROR for diagnostic in self) >= MAX_PER_SEVERITY


def _shorten_middle(text: str) -> str:
    half = MAX_MESSAGE_CHARS // 2
    return text if len(text) <= MAX_MESSAGE_CHARS else f"{text[:half]} … {text[-half:]}"


class Stop(Exception):  # noqa: N818 (it is caught here, never shown)
    """Raised where the rest of a query cannot be understood; the reason is among the diagnostics."""


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known name that is most similar to a misspelt one, or an empty string.

    The similarity is that of difflib. Of more than 5,000 names only those with the same first letter and a similar
    length are compared.
    """
    folded = {name.casefold(): name for name in known}
    if exact := folded.get(word.casefold()):
        return exact
    first = word[:1].casefold()
    names = list(folded)
    if len(names) > _MAX_COMPARED:
        names = [name for name in names if name.startswith(first) and abs(len(name) - len(word)) < 4][:_MAX_COMPARED]
    is_close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return folded[is_close[0]] if is_close else ""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return “did you mean NAME?” for the nearest known name, else the first few known names."""
    if name := nearest(word, known):
        return f"did you mean {name}?"
    some = sorted(known)[:8]
    return f"known: {', '.join(some)}{', …' if len(known) > len(some) else ''}" if some else "none is configured"
