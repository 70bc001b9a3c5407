"""How fast this machine is now: a fixed mix of work on words, so that figures of different machines can be compared."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable

REFERENCE = 0.022
"""CPU seconds that the mix took on the machine that the targets are meant for."""

_WORDS = [
    f"{first}{second}{number % 97}" for number in range(250) for first in ("ка", "Ist") for second in ("ров", "an")
]
_TEXT = " ".join(_WORDS) * 4
_find = re.compile(r"\w+").findall


def mix() -> float:
    """Do the work once; return its CPU seconds."""
    begun = time.process_time()
    for _ in range(12):
        places: dict[str, list[int]] = {}
        for place, word in enumerate(_find(_TEXT)):
            places.setdefault(word.casefold(), []).append(place)
        ordered = sorted((tuple(found), word) for word, found in places.items())
        " ".join(word for _, word in ordered)
    return time.process_time() - begun


def at_reference(run: Callable[[], object]) -> float:
    """The CPU seconds that something would take on the machine that bounds are meant for, if this one is slower.

    What earlier tests left is no part of it: in a large heap the garbage collector takes longer than the work.
    """
    gc.collect()
    gc.freeze()
    stick = Yardstick()
    return stick.cpu(run) / max(stick.factor, 1.0)


class Yardstick:
    """Measures work together with the mix, before and after it, so that a machine that slows down slows both."""

    def __init__(self) -> None:
        mix()
        self.factor = 1.0
        """How much slower than the reference the machine was around the last measurement."""

    def cpu(self, run: Callable[[], object]) -> float:
        """The CPU seconds that something takes."""
        before = min(mix() for _ in range(3))
        begun = time.process_time()
        run()
        spent = time.process_time() - begun
        self.factor = (before + min(mix() for _ in range(3))) / 2 / REFERENCE
        return spent

    def note(self, figure: float, unit: str = "s", digits: int = 2) -> str:
        """A figure as measured, and as it would be on the reference machine."""
        return f"{figure:.{digits}f} {unit} ({figure / self.factor:.{digits}f} at the reference speed)"
