"""One file by itself: mistakes that only its text shows."""

from __future__ import annotations

import pytest

from monitor.config.reading import read


@pytest.mark.parametrize("indent", [2, 5, 6])
def test_a_query_line_that_is_indented_wrongly_is_not_taken_for_a_query_that_yaml_cannot_read(indent: int) -> None:
    text = f"rules:\n  - name: a\n    to: [desk]\n{' ' * indent}query: talks\n"
    (problem,) = read("rules.yaml", "rules", text).problems
    assert (problem.line, "cannot read" in problem.message) == (4, False)
    assert "in one column" in problem.hint
