"""Faults: settings that were read wrongly."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
