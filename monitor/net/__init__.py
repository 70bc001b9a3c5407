"""The one guarded HTTP client and the address gate at the socket: addresses in, answers or named errors out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monitor.net.completeness import is_whole
from monitor.net.gate import ANYWHERE, Allowance, Gate, allowance
from monitor.net.resolver import system_resolver

if TYPE_CHECKING:
    from monitor.net.client import Client

__all__ = ["ANYWHERE", "Allowance", "Client", "Gate", "allowance", "is_whole", "system_resolver"]


def __getattr__(name: str) -> Any:
    """The client comes when it is asked for: its libraries take longer to import than a short command may run."""
    if name != "Client":
        raise AttributeError(name)
    from monitor.net.client import Client

    return Client
