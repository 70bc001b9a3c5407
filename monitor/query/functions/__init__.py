"""Collect the functions of queries; a new one is a file beside this one and a line in `FUNCTIONS`."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.query.ast import Node, QueryCall
from monitor.query.functions.allcaps import ALLCAPS
from monitor.query.functions.atleast import ATLEAST
from monitor.query.functions.case import CASE
from monitor.query.functions.definition import QueryFunction, TextFunction
from monitor.query.functions.exact import EXACT
from monitor.query.functions.first import FIRST
from monitor.query.functions.name import NAME
from monitor.query.functions.nocaps import NOCAPS

__all__ = ["FUNCTIONS", "QUERY_FUNCTIONS", "TEXT_FUNCTIONS", "QueryFunction", "TextFunction", "counts_hits"]

FUNCTIONS: Mapping[str, TextFunction | QueryFunction] = {
    "name": NAME,
    "exact": EXACT,
    "case": CASE,
    "allcaps": ALLCAPS,
    "nocaps": NOCAPS,
    "atleast": ATLEAST,
    "first": FIRST,
}
"""Every function by its name in a query."""

TEXT_FUNCTIONS = {name: function for name, function in FUNCTIONS.items() if isinstance(function, TextFunction)}
QUERY_FUNCTIONS = {name: function for name, function in FUNCTIONS.items() if isinstance(function, QueryFunction)}


def counts_hits(node: Node) -> bool:
    """Tell whether a node is a function that counts hits, and so stands at no single place."""
    return isinstance(node, QueryCall) and QUERY_FUNCTIONS[node.function].counts_hits
