"""What a check of one fault is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

Check = Callable[[Path, Path], Awaitable[None]]
"""A folder of `faults/` and an empty folder to work in; raises AssertionError where the fault is back."""
