"""Every folder of `faults/` passes its check: one parametrised test, and none without a check."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults import answers, identity, mail, polling, reading, settings, words

_DATA = os.environ.get("MONITOR_TEST_DATA", "")
pytestmark = pytest.mark.skipif(not _DATA, reason="MONITOR_TEST_DATA is not set")
CHECKS = {
    name: check
    for module in (answers, identity, mail, polling, reading, settings, words)
    for name, check in module.CHECKS.items()
}
FOLDERS = {path.parent.name: path.parent for path in Path(_DATA, "faults").rglob("expect.txt")} if _DATA else {}


def test_every_fault_has_its_check() -> None:
    assert sorted(FOLDERS.keys() - CHECKS.keys()) == []


@pytest.mark.parametrize("name", sorted(CHECKS.keys() & FOLDERS.keys()) if _DATA else [""])
async def test_the_fault_is_mended(name: str, tmp_path: Path) -> None:
    await CHECKS[name](FOLDERS[name], tmp_path)
