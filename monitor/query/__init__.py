"""Rule text to a predicate with spans, an index over many rules, and a plain value to search stored articles by."""

from __future__ import annotations

from monitor.query.ast import Node
from monitor.query.compiled import Compiled, check, compile_query
from monitor.query.diagnostics import Remark
from monitor.query.document import Document, document
from monitor.query.failures import Failure, explain
from monitor.query.format import show
from monitor.query.operators import BINARY
from monitor.query.parser import parse
from monitor.query.query_forms import Sought, needs, sought
from monitor.query.rule_index import Index
from monitor.query.scope import Scope

__all__ = [
    "BINARY",
    "Compiled",
    "Document",
    "Failure",
    "Index",
    "Node",
    "Remark",
    "Scope",
    "Sought",
    "check",
    "compile_query",
    "document",
    "explain",
    "needs",
    "parse",
    "show",
    "sought",
]
