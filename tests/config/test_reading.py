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


@pytest.mark.parametrize(
    ("path", "text", "place", "said"),
    [
        ("people.yaml", "people:\n  - {name: olga, mail: olga@press,test}\n", "2:35", "unknown key “test”"),
        ("outlets.yaml", "outlets:\n  - {name: a, feed: https://a.test/rss, langauge: }\n", "2:41", "mean language?"),
        ("monitor.yaml", "timezone: UTC\nopertor:\n", "2:1", "did you mean operator?"),
        ("rules.yaml", "rules:\n  - {name: x, to: [a@b.test], query: heron, activ}\n", "2:45", "did you mean active?"),
    ],
)
def test_a_key_that_nobody_knows_is_told_without_a_value_too(path: str, text: str, place: str, said: str) -> None:
    (problem,) = read(path, path.partition(".")[0], text).problems
    assert f"{path}:{place}: error" in str(problem)
    assert said in str(problem)


def test_a_known_key_without_a_value_counts_as_absent() -> None:
    assert not read("people.yaml", "people", "people:\n  - {name: olga, mail: o@press.test, quiet: }\n").problems
