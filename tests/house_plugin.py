"""Loaded by pytest before all tests: where the shared data is at hand, a test that skips has failed; temporary folders
in memory, since databases wait for a disk with each commit; and one folder for forms, since finding those of a small
configuration anew takes seconds."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

_CACHE = "MONITOR_CACHE"
_MEMORY = "/dev/shm"
_ENOUGH = 2**30
"""Bytes that must be free there; a container often has 64 MB."""
_made = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Let this run's temporary folders lie in memory, and give it one for forms, which all its processes share."""
    if "TMPDIR" not in os.environ and Path(_MEMORY).is_dir() and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        os.environ["TMPDIR"] = tempfile.tempdir = _MEMORY
    if _CACHE not in os.environ:
        config.stash[_made] = os.environ[_CACHE] = tempfile.mkdtemp(prefix="monitor-forms-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder; a worker, which was given it, does not."""
    if folder := config.stash.get(_made, ""):
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_skips(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and "MONITOR_TEST_DATA" in os.environ and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"MONITOR_TEST_DATA is set, so nothing may be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one."""
    report = yield
    _refuse_skips(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that skips itself into an error of its collection."""
    report = yield
    _refuse_skips(report)
    return report
