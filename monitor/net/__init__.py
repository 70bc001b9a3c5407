"""Make HTTP requests through one client whose every connection the address gate checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.net.completeness import is_whole
from monitor.net.gate import ANYWHERE, Allowance, Gate, allowance
from monitor.net.inflate import LIMIT as BODY_LIMIT
from monitor.net.resolver import system_resolver

if TYPE_CHECKING:
    from monitor.net.client import Client

__all__ = ["ANYWHERE", "BODY_LIMIT", "Allowance", "Client", "Gate", "allowance", "is_whole", "system_resolver"]


def __getattr__(name: str) -> Any:
    """Import the client at its first use: its libraries take longer to import than a short command runs."""
    if name != "Client":
        raise AttributeError(name)
    from monitor.net.client import Client

    return Client
