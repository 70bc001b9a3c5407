"""What is to be said of a query: where, what, the likely fix, and how bad it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

ERROR, WARNING, HINT = "error", "warning", "hint"
MOST = 50
LONGEST = 600
"""What is quoted of a query in a remark stays readable, however long the query is."""
_COMPARED = 5_000


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say of a query; columns [column, end) count from 1 over all its lines."""

    message: str
    column: int
    end: int
    hint: str = ""
    severity: str = ERROR


class Diagnostics(list[Diagnostic]):
    """The remarks of one check, at most `MOST` of each severity."""

    def say(self, severity: str, message: str, place: tuple[int, int], hint: str = "") -> None:
        """Add a remark on the characters [start, end) of the text, counted from 0."""
        end = max(place[1], place[0] + 1) + 1
        remark = Diagnostic(_short(message), place[0] + 1, end, _short(hint), severity)
        if remark not in self and sum(other.severity == severity for other in self) < MOST:
            self.append(remark)

    def error(self, message: str, place: tuple[int, int], hint: str = "") -> None:
        """Add an error."""
        self.say(ERROR, message, place, hint)

    def warn(self, message: str, place: tuple[int, int], hint: str = "") -> None:
        """Add a warning."""
        self.say(WARNING, message, place, hint)

    def hint(self, message: str, place: tuple[int, int], hint: str = "") -> None:
        """Add a hint."""
        self.say(HINT, message, place, hint)

    @property
    def failed(self) -> bool:
        """Whether any of them is an error."""
        return bool(self) and any(remark.severity == ERROR for remark in self)

    @property
    def full(self) -> bool:
        """Whether enough errors were found for one reading."""
        return sum(remark.severity == ERROR for remark in self) >= MOST


def _short(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} … {text[-half:]}"


class Stop(Exception):  # noqa: N818 (it is caught here, never shown)
    """The rest of the text cannot be understood; the reason was remarked."""


def nearest(word: str, known: Collection[str]) -> str:
    """The known name that a misspelt one most likely means, or an empty string."""
    folded = {name.casefold(): name for name in known}
    if exact := folded.get(word.casefold()):
        return exact
    first = word[:1].casefold()
    names = list(folded)
    if len(names) > _COMPARED:
        names = [name for name in names if name.startswith(first) and abs(len(name) - len(word)) < 4][:_COMPARED]
    close = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """The nearest known name as a question, else the first few that there are."""
    if name := nearest(word, known):
        return f"did you mean {name}?"
    some = sorted(known)[:8]
    return f"known: {', '.join(some)}{', …' if len(known) > len(some) else ''}" if some else "none is configured"
