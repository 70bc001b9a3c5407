"""AND and OR side by side without brackets: an error that shows what each reading would be."""

from __future__ import annotations

from monitor.query.ast import Join, Node
from monitor.query.diagnostics import Diagnostics
from monitor.query.format import format_query
from monitor.query.lexer import QueryToken

_SHOWN = 300
_PARTS = 40


def mixed_operators(parts: list[Node], names: list[str], joins: list[QueryToken], remarks: Diagnostics) -> None:
    """Say that a row of parts can be read in two ways."""
    first = next(number for number, name in enumerate(names) if name != names[0])
    place = joins[first].place
    if len(names) > _PARTS:  # some around the place say enough
        low = max(0, first - 1)
        parts, names = parts[low : low + 4], names[low : low + 3]
    tight_and = format_query(_grouped(parts, names, "AND"))
    tight_or = format_query(_grouped(parts, names, "OR"))
    remarks.error(
        "AND and OR side by side can be read in two ways",
        place,
        f"write {_cut(tight_and)} or write {_cut(tight_or)}",
    )


def _grouped(parts: list[Node], names: list[str], tight: str) -> Node:
    """The parts with the runs of one operator in brackets, the other one around them."""
    groups = [[parts[0]]]
    for name, part in zip(names, parts[1:], strict=True):
        if name == tight:
            groups[-1].append(part)
        else:
            groups.append([part])
    joined = [group[0] if len(group) == 1 else Join(tight, tuple(group)) for group in groups]
    return joined[0] if len(joined) == 1 else Join("OR" if tight == "AND" else "AND", tuple(joined))


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
