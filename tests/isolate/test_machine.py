"""How many pages are understood at a time, by the size of the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.isolate import memory, processors, usual_parsers


@pytest.mark.parametrize(
    ("cores", "size", "parsers"), [(1, 10**10, 1), (2, 10**9, 1), (2, 1_500_000_000, 2), (64, 10**12, 2)]
)
def test_a_small_machine_understands_one_page_at_a_time(cores: int, size: int, parsers: int) -> None:
    assert usual_parsers(cores, size) == parsers


@pytest.mark.parametrize(("limit", "is_limit"), [("1000000\n", True), ("max\n", False), (None, False)])
def test_a_container_has_its_own_memory(tmp_path: Path, limit: str | None, is_limit: bool) -> None:
    file = tmp_path / "memory.max"
    if limit:
        file.write_text(limit)
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert memory(file) == (1_000_000 if is_limit else physical)
    assert processors() >= 1
