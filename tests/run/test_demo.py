"""`monitor demo` shows the whole road, with no network and no configuration."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.run.daemons import COMMAND, environment


@pytest.mark.slow
def test_the_demo_ends_well_within_a_minute(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "demo"], cwd=tmp_path, capture_output=True, text=True, env=environment(), timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []
