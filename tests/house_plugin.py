"""Loaded by pytest before all tests: where the shared data is at hand, a test that skips has failed."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


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
