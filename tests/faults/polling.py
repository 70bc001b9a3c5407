"""Faults: servers whose word changes from poll to poll."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
