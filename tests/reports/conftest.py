"""The world that the tests of steps have, once on each database."""

from __future__ import annotations

from tests.steps.conftest import world

__all__ = ["world"]
