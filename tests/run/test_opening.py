"""What a daemon opens first."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.run.opening import make_folder


def test_the_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    make_folder(tmp_path / "data")
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="--data"):
        make_folder(tmp_path / "data")
