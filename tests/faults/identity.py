"""Faults: feeds whose ids and links come back with other pieces."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
