"""Floor of how well names of Arabs, Persians and Israelis are found between languages, of one row in sixteen."""

from __future__ import annotations

from tests.bench.levant_names import levant


def test_names_of_the_levant_are_found_between_languages() -> None:
    tally = levant(every=16)
    assert tally.wanted >= 100
    assert tally.recall >= 0.62, tally.missed
    assert tally.wrong <= 1, tally.false
