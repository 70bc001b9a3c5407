"""Faults: words that were not found."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
