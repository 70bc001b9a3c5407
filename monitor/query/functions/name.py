"""Define `name(Peskov)`: a name in its spellings of every script and in all its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.query.ast import Call
from monitor.query.diagnostics import Stop
from monitor.query.functions.definition import TextFunction
from monitor.query.matchers import Matcher
from monitor.query.scope import as_written
from monitor.query.terms.name_terms import NameTerm, name_spelling
from monitor.query.terms.phrase import Adjacent
from monitor.query.terms.word_terms import OneWord
from monitor.text import tokenize

if TYPE_CHECKING:
    from monitor.query.build_state import BuildState
    from monitor.query.scope import Scope


def build_name(call: Call, term: str, scope: Scope, state: BuildState) -> Matcher:
    """Return the matcher of a name; raises Stop where the configuration takes every form of it away."""
    several = len(tokenize(call.argument).words) > 1
    forms = scope.names(call.argument) or as_written(call.argument)
    spellings = [each for form in forms if (each := name_spelling(form, several=several)) is not None]
    if not spellings:
        state.error(f"{term} has no form left", call, "see what its `not:` takes away")
        raise Stop
    only = spellings[0]
    if len(spellings) == 1 and only.languages is None and not only.capitals and only.is_sufficient:
        # A single form without conditions is found like any word or phrase.
        return OneWord(only.tokens[0], term) if len(only.tokens) == 1 else Adjacent(only.tokens, term)
    return NameTerm(spellings, term)


NAME = TextFunction("name", build_name, is_literal=False)
