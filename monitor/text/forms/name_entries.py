"""Find the entry of `names.yaml` that a spelling belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import NameEntry
from monitor.text import canonical


def entries_by_spelling(entries: Mapping[str, NameEntry]) -> dict[str, NameEntry]:
    """Return, by canonical spelling, the entry of that name, else the first entry that lists it."""
    index = {canonical(other): entry for entry in reversed(list(entries.values())) for other in entry.also}
    return index | {canonical(entry.name): entry for entry in entries.values()}
