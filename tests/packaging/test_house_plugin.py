from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPS = {
    "test": "import pytest\ndef test_it(): pytest.skip('no reason')\n",
    "mark": "import pytest\n@pytest.mark.skip(reason='no reason')\ndef test_it(): pass\n",
    "module": "import pytest\npytest.skip('no reason', allow_module_level=True)\n",
}


def run(folder: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(code)
    kept = {name: value for name, value in os.environ.items() if name != "MONITOR_TEST_DATA"}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.house_plugin",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            folder,
            folder,
        ],
        env={**kept, **environment, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("kind", SKIPS)
def test_a_skip_fails_where_the_data_is_set(kind: str, tmp_path: Path) -> None:
    done = run(tmp_path, SKIPS[kind], MONITOR_TEST_DATA=str(tmp_path))
    assert done.returncode in {1, 2}, done.stdout
    assert "nothing may be skipped" in done.stdout


@pytest.mark.parametrize("kind", SKIPS)
def test_a_skip_is_a_skip_without_the_data(kind: str, tmp_path: Path) -> None:
    assert run(tmp_path, SKIPS[kind]).returncode in {0, 5}


def test_an_expected_failure_stays_one(tmp_path: Path) -> None:
    code = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"
    assert run(tmp_path, code, MONITOR_TEST_DATA=str(tmp_path)).returncode == 0
