"""Name the worker in every token, so that a start or a stop releases its own claims and nobody else's."""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa

EMBEDDED = "embedded"
"""The worker inside the daemon: its name is fixed, so that a start after a kill releases what its predecessor held."""


def new_token(worker: str) -> str:
    """Return a token for one claim: the worker's name, a colon and what no other claim has."""
    return f"{worker}:{secrets.token_hex(8)}"


def worker_of(token: str) -> str:
    """Return the worker that a token names."""
    return token.rpartition(":")[0]


def is_held_by(column: sa.Column[Any], worker: str | None) -> sa.ColumnElement[bool]:
    """Return the condition that a token is one of this worker's (None: anybody's)."""
    return column.is_not(None) if worker is None else column.startswith(f"{worker}:", autoescape=True)
