"""Faults: mails that did not leave, or left wrong."""

from __future__ import annotations

from tests.faults.check import Check

CHECKS: dict[str, Check] = {}
