"""Collect what is wrong with a query: the message, its columns, the likely fix and the severity."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from monitor.text.similar_names import did_you_mean

ERROR, WARNING, HINT = "error", "warning", "hint"
MAX_PER_SEVERITY = 50
UNOPENED_BRACKET = ("this closing bracket has no opening one", "take it out, or open one before")
UNCLOSED_BRACKET = ("this bracket is not closed", 'add ")" where it should end')
MAX_MESSAGE_CHARS = 600
"""Longer messages are shortened, because they can quote a query of any length."""


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
        diagnostic = Diagnostic(_without_middle(message), span[0] + 1, end, _without_middle(hint), severity)
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


def excerpt(text: str, most: int) -> str:
    """Return a part of a query to quote in a message: at most `most` characters, with an ellipsis where it is cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _without_middle(text: str) -> str:
    half = MAX_MESSAGE_CHARS // 2
    return text if len(text) <= MAX_MESSAGE_CHARS else f"{text[:half]} … {text[-half:]}"


class Stop(Exception):  # noqa: N818 (it is caught here, never shown)
    """Raised where the rest of a query cannot be understood; the reason is among the diagnostics."""


def name_hint(word: str, known: Collection[str]) -> str:
    """Return “did you mean NAME?” for the nearest known name, else the first few known names."""
    if question := did_you_mean(word, known):
        return question
    some = sorted(known)[:8]
    return f"known: {', '.join(some)}{', …' if len(known) > len(some) else ''}" if some else "none is configured"
