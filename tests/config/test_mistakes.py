"""One folder for each mistake: what the user wrote, and beside it what we answer, to the letter."""

from pathlib import Path

import pytest

from monitor.channels import ENDPOINTS
from monitor.config import load
from monitor.config.models import ADDRESS_KEYS
from monitor.config.people_models import ADDRESSES_OF_PERSON

# What the tables of sources and channels add to a message stands in braces.
OF_THE_TABLES = {
    "{addresses}": f"{', '.join([*ADDRESS_KEYS][:-1])} or {[*ADDRESS_KEYS][-1]}",
    "{addresses of a person}": " or ".join(ADDRESSES_OF_PERSON),
    "{endpoints}": ", ".join(ENDPOINTS),
}
CASES = sorted(path.parent for path in Path(__file__).parent.glob("testdata/*/expected.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mistake(case: Path) -> None:
    text = (case / "expected.txt").read_text(encoding="utf-8")
    for words, meaning in OF_THE_TABLES.items():
        text = text.replace(words, meaning)
    found = load(case, data=Path("data")).problems
    assert [str(problem).replace("\n", "\\n") for problem in found] == text.splitlines()


def test_there_is_a_case_for_every_kind_of_mistake() -> None:
    assert len(CASES) >= 40


def test_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    for case in CASES:
        for path in case.rglob("*.yaml"):
            target = tmp_path / path.relative_to(case)
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_bytes(path.read_bytes())
    places = [(problem.file, problem.line, problem.column) for problem in load(tmp_path).problems]
    assert len(places) > 10
    assert places == sorted(places)
