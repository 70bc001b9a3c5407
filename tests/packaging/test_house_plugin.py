from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = {
    "test": "import pytest\ndef test_it(): pytest.skip('no reason')\n",
    "mark": "import pytest\n@pytest.mark.skip(reason='no reason')\ndef test_it(): pass\n",
    "module": "import pytest\npytest.skip('no reason', allow_module_level=True)\n",
    "expected": "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n",
}
"""Three that skip, and a failure that is expected."""


def outcomes(folder: Path, **environment: str) -> tuple[dict[str, int], str]:
    """How often each outcome is counted when these tests run, and what was printed."""
    for name, code in TESTS.items():
        (folder / f"test_{name}.py").write_text(code)
    kept = {name: value for name, value in os.environ.items() if name not in ("MONITOR_TEST_DATA", "CI")}
    options = ("-p", "tests.house_plugin", "-p", "no:cacheprovider", "--continue-on-collection-errors")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", folder, folder],
        env={**kept, **environment, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return pytest.RunResult.parse_summary_nouns(done.stdout.splitlines()), done.stdout


def test_a_skip_fails_where_the_data_is_set_and_an_expected_failure_stays_one(tmp_path: Path) -> None:
    counted, printed = outcomes(tmp_path, MONITOR_TEST_DATA=str(tmp_path))
    # What skips before the test itself begins is an error of its setup or collection.
    assert counted == {"failed": 1, "errors": 2, "xfailed": 1}, printed
    assert printed.count("MONITOR_TEST_DATA is set, so nothing may be skipped: Skipped: no reason") == 3


def test_a_skip_is_a_skip_without_the_data(tmp_path: Path) -> None:
    counted, printed = outcomes(tmp_path)
    assert counted == {"skipped": 3, "xfailed": 1}, printed
