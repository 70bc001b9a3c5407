"""Processes that lock a folder, and what happens where they cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.channels import folder_lock as module
from monitor.channels.folder_lock import folder_lock, try_lock


async def test_only_one_is_inside(tmp_path: Path) -> None:
    other = os.open(tmp_path, os.O_RDONLY)
    async with folder_lock(tmp_path):
        assert not try_lock(other)
    assert try_lock(other)
    os.close(other)


async def test_one_that_hangs_is_waited_for_no_longer_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    other = os.open(tmp_path, os.O_RDONLY)
    assert try_lock(other)
    async with folder_lock(tmp_path):
        pass
    os.close(other)


async def test_a_folder_that_is_not_there_or_cannot_be_locked_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with folder_lock(tmp_path / "gone"):
        pass

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(module.fcntl, "flock", refused)
    async with folder_lock(tmp_path):
        pass
