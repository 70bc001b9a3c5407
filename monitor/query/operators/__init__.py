"""Collect the operators between two queries; a new one is a file beside this one and a line in `BINARY`."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.query.operators.near import NEAR
from monitor.query.operators.notnear import NOT_NEAR
from monitor.query.operators.pairing import Binary
from monitor.query.operators.pre import PRE
from monitor.query.operators.same import SAME
from monitor.query.operators.sent import SENT

__all__ = ["BINARY", "Binary"]

BINARY: Mapping[str, Binary] = {
    "NEAR": NEAR,
    "PRE": PRE,
    "NOT NEAR": NOT_NEAR,
    "SENT": SENT,
    "SAME": SAME,
    "AND": Binary("AND", precedence=1),
    "OR": Binary("OR", precedence=0),
}
"""Every operator by its name; the one with the higher precedence binds first."""
