"""Faults: answers of servers that curl reads."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
