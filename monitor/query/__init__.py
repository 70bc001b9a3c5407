"""Rule text to a predicate with spans, an index over many rules, and a plain value to search stored articles by."""

from __future__ import annotations

from monitor.query.compiled import Compiled, check, compile_query
from monitor.query.document import Document, document
from monitor.query.explain import Failure, explain
from monitor.query.index import Index
from monitor.query.nodes import Node
from monitor.query.operators import BINARY
from monitor.query.parser import parse
from monitor.query.remarks import Remark
from monitor.query.scope import Scope
from monitor.query.show import show
from monitor.query.sought import Sought, needs, sought

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
