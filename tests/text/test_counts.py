"""A number and its noun agree."""

from __future__ import annotations

import pytest

from monitor.text.counts import counted


@pytest.mark.parametrize(
    ("count", "nouns", "written"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (1200, ("article",), "1,200 articles"),
        (1, ("story", "stories"), "1 story"),
        (2, ("story", "stories"), "2 stories"),
    ],
)
def test_a_count_is_written_with_its_noun(count: int, nouns: tuple[str, ...], written: str) -> None:
    assert counted(count, *nouns) == written
