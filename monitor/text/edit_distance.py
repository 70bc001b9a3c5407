"""Count the letters by which two words differ."""

from __future__ import annotations


def edit_distance(first: str, second: str) -> int:
    """Return how many letters must be inserted, deleted or replaced to turn one text into the other.

    Levenshtein's distance by the algorithm of Wagner and Fischer, "The String-to-String Correction Problem" (1974), in
    time proportional to the product of the lengths.
    """
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(second, 1):
            cost = diagonal + (letter != other)
            diagonal = row[at]
            row[at] = min(cost, row[at] + 1, row[at - 1] + 1)
    return row[-1]
