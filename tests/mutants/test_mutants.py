"""Every mutant of the table still breaks something: its text stands once in its file, and its tests are there."""

from __future__ import annotations

import pytest

from tests.mutants.repository import ROOT
from tests.mutants.table import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.what)
def test_a_mutant_can_be_made(mutant: Mutant) -> None:
    assert (ROOT / "monitor" / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new
    assert all((ROOT / path).exists() for path in mutant.tests)


def test_each_mutant_has_its_own_description() -> None:
    assert len({mutant.what for mutant in MUTANTS}) == len(MUTANTS)
