"""Define the keys of `hosts:`, which says of hosts how they may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from monitor.config import scalars as v
from monitor.config.key_types import StrictKeys
from monitor.config.values import quoted, refuse
from monitor.hostnames import host_of


class HostKeys(StrictKeys):
    """How one host may be asked."""

    at_once: v.AtOnce = Field(
        default=1, description="How many requests to it may be under way at a time, 1 to 16, where it allows so many."
    )


def _refuse_number(value: Any) -> Any:
    """Return what stands behind a host; raise ValueError where it is text: how many requests it allows has a key."""
    if isinstance(value, str):
        meant = value if value.isdecimal() else "4"
        raise refuse(f"expected how it may be asked, found {quoted(value)}", f"write {{at_once: {meant}}}")
    return value


HostEntries = Mapping[v.Host, Annotated[HostKeys, BeforeValidator(_refuse_number)]]
"""What is said of hosts, by their names as somebody wrote them."""


def folded(name: str) -> str:
    """Return the name of a host that somebody wrote as `host_of` gives it."""
    return host_of(f"https://[{name}]/" if ":" in name else f"https://{name}/")


def at_once_by_host(entries: HostEntries) -> dict[str, int]:
    """Return how many requests at a time each host allows, by its name as `host_of` gives it."""
    return {folded(name): keys.at_once for name, keys in entries.items()}
