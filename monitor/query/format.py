"""Print a query with every bracket written out; parsing that text gives the same query again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from monitor.query.ast import (
    Call,
    Filter,
    Join,
    Node,
    Not,
    Pair,
    Phrase,
    QueryCall,
    Reference,
    Regex,
    Within,
    Word,
)
from monitor.query.functions import QUERY_FUNCTIONS

_bare = re.compile(r"[\w][\w.-]*").fullmatch


def format_query(query: Node) -> str:
    """Return the text of a query, with explicit brackets."""
    return _FORMATTERS[type(query)](query)


def _operand(query: Node) -> str:
    """Return the text of a query as an operand, in brackets where it is not a single term."""
    return f"({format_query(query)})" if isinstance(query, Join | Pair | Not) else format_query(query)


def _quoted(text: str) -> str:
    return text if _bare(text) else f'"{text}"'


def _filter(query: Filter) -> str:
    return f"words{query.value}" if query.field == "words" else f"{query.field}:{_quoted(query.value)}"


def _pair(query: Pair) -> str:
    count = "" if query.count is None else f"/{query.count}"
    return f"{_operand(query.left)} {query.operator}{count} {_operand(query.right)}"


def _phrase(query: Phrase) -> str:
    return f'"{" ".join(query.words)}"' + (f"~{query.slop}" if query.slop else "")


_FORMATTERS: dict[type[Node], Callable[[Any], str]] = {
    Word: lambda query: query.text,
    Phrase: _phrase,
    Call: lambda query: f"{query.function}({_quoted(query.argument)})",
    Reference: lambda query: f"@{_quoted(query.name)}",
    Regex: lambda query: f"/{query.pattern}/{query.flags}",
    Filter: _filter,
    Within: lambda query: f"{query.field}:{_operand(query.inner)}",
    QueryCall: lambda query: f"{QUERY_FUNCTIONS[query.function].written(query.count)}({format_query(query.inner)})",
    Not: lambda query: f"NOT {_operand(query.inner)}",
    Join: lambda query: f" {query.operator} ".join(map(_operand, query.parts)),
    Pair: _pair,
}
