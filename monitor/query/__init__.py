"""Compile the text of a rule to a matcher, index many rules, and derive a search of stored articles from a rule."""

from __future__ import annotations

from monitor.query.ast import Node
from monitor.query.compiled import Compiled, check, compile_query
from monitor.query.diagnostics import Diagnostic
from monitor.query.document import Document, document
from monitor.query.failures import Failure, explain_failure
from monitor.query.form_traces import FormTrace, FormTracer, nearest_forms, places_of, trace_forms
from monitor.query.format import format_query
from monitor.query.operators import BINARY
from monitor.query.parser import parse
from monitor.query.query_forms import QueryForms, names_of, needs, query_forms, words_of
from monitor.query.rule_index import RuleIndex
from monitor.query.scope import Scope

__all__ = [
    "BINARY",
    "Compiled",
    "Diagnostic",
    "Document",
    "Failure",
    "FormTrace",
    "FormTracer",
    "Node",
    "QueryForms",
    "RuleIndex",
    "Scope",
    "check",
    "compile_query",
    "document",
    "explain_failure",
    "format_query",
    "names_of",
    "nearest_forms",
    "needs",
    "parse",
    "places_of",
    "query_forms",
    "trace_forms",
    "words_of",
]
