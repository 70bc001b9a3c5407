"""What a mutation run is made of: tables that still fit, and mutants that somebody could notice."""

from __future__ import annotations

import pytest

from tests.mutants.repository import ROOT
from tests.mutation.mutants import MutantDiff, mutants_of, sample
from tests.mutation.table import MORE_TESTS, modules, nearest_tests

SOURCE = """
def x_add__mutmut_orig(numbers, others):
    log_event("sum", f"of {numbers}", count=2)
    return [a + b for a, b in zip(numbers, others, strict=True)]

def x_add__mutmut_1(numbers, others):
    log_event("sum", f"of {numbers}", count=2)
    return [a - b for a, b in zip(numbers, others, strict=True)]
"""


def test_the_scope_is_there_and_every_module_has_tests() -> None:
    scope = modules(ROOT)
    assert len(scope) > 40
    assert [module for module in scope if not nearest_tests(ROOT, module)] == []
    assert set(MORE_TESTS) <= set(scope)
    assert [path for module in scope for path in nearest_tests(ROOT, module) if not (ROOT / path).exists()] == []


def test_a_mutant_is_its_name_and_what_it_changes() -> None:
    (mutant,) = mutants_of("sums", SOURCE, ["x_add__mutmut_1"])
    assert mutant.name == "sums.x_add__mutmut_1"
    assert [line[:16] for line in mutant.diff.splitlines()] == ["-    return [a +", "+    return [a -"][:2]


@pytest.mark.parametrize(
    ("old", "new", "is_tried"),
    [
        ("strict=True", "strict=False", False),
        (", strict=True", "", False),
        ('f"of {numbers}"', "None", False),
        ('"sum"', "None", True),
        ("count=2", "count=3", True),
    ],
)
def test_what_nobody_could_notice_is_not_tried(old: str, new: str, is_tried: bool) -> None:
    original, _, mutant = SOURCE.replace("a - b", "a + b").partition("\n\n")
    found = mutants_of("sums", f"{original}\n\n{mutant.replace(old, new)}", ["x_add__mutmut_1"])
    assert bool(found) is is_tried


def test_a_seed_chooses_the_same_sample_again() -> None:
    mutants = [MutantDiff(str(number), "") for number in range(100)]
    first = sample(mutants, 10, "1")
    assert (len(first), sample(mutants, 10, "1")) == (10, first)
    assert sample(mutants, 10, "2") != first
    assert sample(mutants, 0, "1") == sample(mutants, 200, "1") == mutants
