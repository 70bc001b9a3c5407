"""Turn any record of this package into what JSON holds: its fields are the keys.

Fields that begin with _ are left out; one that is a keyword of Python (`from_`) loses the _ at its end (PEP 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any


def as_json(value: object) -> Any:
    """Return records as objects, times in ISO 8601, bytes in hexadecimal, and what JSON does not know as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value.value if isinstance(value, Enum) else value
    if is_dataclass(value):
        shown = (field.name for field in fields(value) if not field.name.startswith("_"))
        return {name.removesuffix("_"): as_json(getattr(value, name)) for name in shown}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        # A NamedTuple, such as the spans of a match.
        return {name: as_json(part) for name, part in zip(value._fields, value, strict=True)}
    if isinstance(value, Mapping):
        return {str(key): as_json(part) for key, part in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Sequence | Set):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else str(value)
