"""Define `name(Peskov)`: a name in its spellings of every script and in all its forms."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from monitor.model import Form
from monitor.query.ast import Call
from monitor.query.diagnostics import Stop
from monitor.query.functions.definition import TextFunction
from monitor.query.functions.exact import is_exact
from monitor.query.matchers import Matcher
from monitor.query.scope import as_written
from monitor.query.terms.exact_spelling import ExactSpelling
from monitor.query.terms.name_spellings import (
    NameSpelling,
    form_words,
    has_several_words,
    name_spelling,
    trigger_words,
)
from monitor.query.terms.name_terms import NameTerm
from monitor.query.terms.phrase import Adjacent
from monitor.query.terms.word_terms import OneWord
from monitor.text.designations import is_signed
from monitor.text.name_lists import several_forms

if TYPE_CHECKING:
    from monitor.query.build_state import BuildState
    from monitor.query.scope import Scope

_has_operator = re.compile(r"\bname\(|(?:\)\s*|[^A-Z]\s)(?:OR|AND|NOT)\s").search
_has_wildcard = re.compile(r"\w[*?]").search


def build_name(call: Call, term: str, scope: Scope, state: BuildState) -> Matcher:
    """Return the matcher of a name; raises Stop where the configuration takes every form of it away."""
    _warn_of_signs(call, term, state)
    if is_signed(call.argument):
        return ExactSpelling(is_exact, call.argument, term)
    forms = scope.names(call.argument) or as_written(call.argument)
    several = has_several_words(forms[0].text)
    triggers = trigger_words((form.confidence, form_words(form)) for form in forms)
    if not triggers:
        state.error(f"{term} has no form left", call, "see what its `not:` takes away")
        raise Stop
    only = name_spelling(forms[0]) if len(forms) == 1 else None
    if only and only.languages is None and not only.capitals and only.is_sufficient:
        # A single form without conditions is found like any word or phrase.
        return OneWord(only.tokens[0], term) if len(only.tokens) == 1 else Adjacent(only.tokens, term)
    return NameTerm(triggers, partial(_spellings, forms, several), term)


def _warn_of_signs(call: Call, term: str, state: BuildState) -> None:
    """Warn of what no name has, and so was likely meant otherwise: an operator, a wildcard, a comma."""
    if _has_operator(call.argument):
        state.warn(
            f"{term} is one name with an operator inside",
            call,
            'close each quotation mark: name("Ann Lee") OR name("Bo Chan")',
        )
    elif _has_wildcard(call.argument):
        state.warn(f"{term} takes no wildcard", call, "its forms are found by rule; a word takes one: Kowal*")
    elif len(names := several_forms(call.argument)) > 1:
        meant = " OR ".join(f'name("{name}")' if " " in name else f"name({name})" for name in names)
        state.warn(f"{term} is one name with a comma", call, f"several are {meant}; one is written without the comma")


def _spellings(forms: tuple[Form, ...], several: bool) -> list[NameSpelling]:
    return [each for form in forms if (each := name_spelling(form, several=several)) is not None]


NAME = TextFunction("name", build_name, is_literal=False)
