"""Tell when what an outlet gives falls far below what is usual: characters of a page or summary, entries of a listing.

Own heuristic. Five in a row under a third of the median are no chance where at most one in eight was so low before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median_low

IN_A_ROW = 5
"""So many low amounts in a row tell that something broke."""
WELL_AGAIN = 3
"""So many usual ones in a row tell that it is over."""
_PART = 3
_LOW_AT_MOST = 8  # one of so many
_KNOWN = 8  # amounts from which on something is usual
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class UsualAmount:
    """The latest amounts, and those in a row after them that are far `below` what is usual.

    Once these are IN_A_ROW, they are never taken for usual, and `well` counts the usual ones in a row since.
    """

    amounts: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    well: int = 0

    @property
    def usual(self) -> int:
        """What is usual; 0 where that is not known."""
        return median_low(self.amounts) if len(self.amounts) >= _KNOWN else 0

    @property
    def has_fallen(self) -> bool:
        """Whether the amount has fallen far below what is usual, and has not been as usual for a while since."""
        return len(self.below) >= IN_A_ROW

    def with_amount(self, amount: int) -> UsualAmount:
        """Return what is known after one more amount."""
        if self._is_below(amount):
            return replace(self, below=(*self.below, amount)[-IN_A_ROW:], well=0)
        if not self.has_fallen:
            return UsualAmount((*self.amounts, *self.below, amount)[-_REMEMBERED:])
        is_over = self.well + 1 >= WELL_AGAIN
        return UsualAmount((*self.amounts, amount)[-_REMEMBERED:]) if is_over else replace(self, well=self.well + 1)

    def _is_below(self, amount: int) -> bool:
        low = [one for one in self.amounts if one * _PART < self.usual]
        return amount * _PART < self.usual and len(low) * _LOW_AT_MOST <= len(self.amounts)

    def as_text(self) -> str:
        """Return it as a short text, to be stored."""
        return f"{','.join(map(str, self.amounts))}|{','.join(map(str, self.below))}|{self.well}"


def usual_amount_from_text(text: str) -> UsualAmount:
    """Return what was stored; of a text that is no such, that nothing is known."""
    try:
        amounts, below, well = text.split("|")
        return UsualAmount(_numbers(amounts), _numbers(below), int(well))
    except ValueError:
        return UsualAmount()


def is_as_usual(text: str) -> bool:
    """Whether of an amount that was stored as text none was below what is usual lately; cheaper than to read it."""
    return "||" in text or not text


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)
