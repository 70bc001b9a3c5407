"""Report AND and OR side by side without brackets, and show how each reading would be written."""

from __future__ import annotations

from monitor.query.ast import Join, Node
from monitor.query.diagnostics import Diagnostics, excerpt
from monitor.query.format import format_query
from monitor.query.lexer import QueryToken

# Longer rows of parts, and longer texts, are shown in part.
_MAX_SHOWN = 300
_MAX_PARTS = 40


def report_mixed_operators(
    parts: list[Node], names: list[str], joins: list[QueryToken], diagnostics: Diagnostics
) -> None:
    """Add the error that a row of parts can be read in two ways.

    `names` and `joins` are the operators between the parts.
    """
    first = next(number for number, name in enumerate(names) if name != names[0])
    span = joins[first].span
    if len(names) > _MAX_PARTS:  # some around the place say enough
        low = max(0, first - 1)
        parts, names = parts[low : low + 4], names[low : low + 3]
    tight_and = format_query(_grouped(parts, names, "AND"))
    tight_or = format_query(_grouped(parts, names, "OR"))
    diagnostics.error(
        "AND and OR side by side can be read in two ways",
        span,
        f"write {excerpt(tight_and, _MAX_SHOWN)} or write {excerpt(tight_or, _MAX_SHOWN)}",
    )


def _grouped(parts: list[Node], names: list[str], tight: str) -> Node:
    """Return the row with the runs of the `tight` operator in brackets."""
    groups = [[parts[0]]]
    for name, part in zip(names, parts[1:], strict=True):
        if name == tight:
            groups[-1].append(part)
        else:
            groups.append([part])
    joined = [group[0] if len(group) == 1 else Join(tight, tuple(group)) for group in groups]
    return joined[0] if len(joined) == 1 else Join("OR" if tight == "AND" else "AND", tuple(joined))
