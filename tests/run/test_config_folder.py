"""A command reads the configuration folder, and says how to make one where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.run.config_folder import read_config


def test_a_folder_that_is_not_there_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder") as caught:
        read_config(tmp_path / "config", tmp_path / "data")
    assert "monitor init" in str(caught.value)


def test_a_folder_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "names.yaml").write_text("names:\n  - {name: Peskov}\n", encoding="utf-8")
    assert list(read_config(folder, tmp_path / "data").require_config().names) == ["Peskov"]
