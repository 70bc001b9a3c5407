"""Compile the text of a rule within its scope, or report what is wrong with it."""

from __future__ import annotations

import re
from datetime import datetime

from monitor.errors import QueryError
from monitor.model import Match
from monitor.query.build import Builder
from monitor.query.common import languages_of_common
from monitor.query.diagnostics import ERROR, Diagnostic, Diagnostics, Stop
from monitor.query.document import Document
from monitor.query.hits import with_support
from monitor.query.matchers import Matcher, TriggerGroup
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.selectivity import common_words, is_selective
from monitor.query.weights import group_share, is_common
from monitor.search_values import Candidates

_NARROWING_HINT = "add a word, or outlet:, group:, country: or lang:"
_FORMS_SHOWN = 4
_ORIGIN_FIELDS = ("outlet:", "group:", "country:", "lang:")


class Compiled:
    """A rule ready to be matched; it never changes, so that indexes and threads can share it."""

    __slots__ = ("matcher", "name", "required_word", "text", "triggers")

    def __init__(self, name: str, text: str, matcher: Matcher, groups: list[TriggerGroup]) -> None:
        self.name = name
        self.text = text
        self.matcher = matcher
        self.triggers = groups[0]
        """Keys of which a matching article holds at least one."""
        self.required_word = _required_word(groups[1:])
        """A further word in title or body of a matching article; checking it first avoids most evaluations."""

    def match(self, document: Document, now: datetime) -> Match | None:
        """Return the match with its spans in the original text, or None."""
        hits = self.matcher.find_hits(document.main, now)
        if hits is None:
            return None
        return Match(self.name, document.spans(hits if len(hits) == 1 and not hits[0][3] else with_support(hits)))

    def is_match(self, document: Document, now: datetime) -> bool:
        """Tell whether the rule matches, without the spans."""
        return self.matcher.find_hits(document.main, now) is not None

    @property
    def candidates(self) -> Candidates:
        """A database search by title, lead and body that finds every stored article that can match."""
        outlets = self.matcher.outlets()
        groups = dict.fromkeys(group for group in self.matcher.patterns() if group)
        return Candidates(tuple(groups), tuple(sorted(outlets)) if outlets else ())

    @property
    def forms(self) -> frozenset[str]:
        """Every form that the rule looks for, in canonical spelling, its lists and saved rules included."""
        return frozenset(self.matcher.forms())

    def __repr__(self) -> str:
        return f"Compiled({self.name!r}, {self.text!r})"


def check(text: str, scope: Scope, name: str = "") -> tuple[Compiled | None, list[Diagnostic]]:
    """Return the compiled rule, or None where it has errors, and all diagnostics in the order of their columns."""
    diagnostics = Diagnostics()
    node = parse(text, diagnostics)
    compiled = None
    if node is not None:
        builder = Builder(scope, diagnostics, name)
        try:
            matcher = builder.build(node)
            compiled = None if diagnostics.has_errors else _with_triggers(name, text, matcher, diagnostics)
        except Stop:
            compiled = None
    diagnostics.sort(key=lambda diagnostic: (diagnostic.column, diagnostic.severity))
    return compiled, diagnostics


def compile_query(name: str, text: str, scope: Scope) -> Compiled:
    """Return the compiled rule; raises QueryError with the first error where it cannot be used."""
    compiled, diagnostics = check(text, scope, name)
    if compiled is not None:
        return compiled
    first = next(diagnostic for diagnostic in diagnostics if diagnostic.severity == ERROR)
    raise QueryError(first.message, first.column, first.hint)


def _with_triggers(name: str, text: str, matcher: Matcher, diagnostics: Diagnostics) -> Compiled | None:
    """Return the rule with its triggers, or None, with an error, where nothing triggers it."""
    groups = list(matcher.trigger_groups())
    if not groups:
        message = "nothing in this rule can be looked up: it would have to read every article"
        diagnostics.error(message, (0, len(text)), _NARROWING_HINT)
        return None
    if len(groups) > 1:
        # The rarest group triggers the rule, and the next ones may give the required word.
        groups.sort(key=group_share)
    common = common_words(matcher)
    unselective = [key for key in groups[0] if key in common or (":" in key and key.startswith(_ORIGIN_FIELDS))]
    if unselective and not is_selective(matcher):
        _warn_of_flood(unselective, text, diagnostics)
    return Compiled(name, text, matcher, groups)


def _warn_of_flood(triggers: list[str], text: str, diagnostics: Diagnostics) -> None:
    """Warn of a rule that nearly every article of a source or language satisfies, at the word that is the cause."""
    common, span = [one for one in triggers if is_common(one)], (0, len(text))
    if common:
        if typed := re.search(rf"\b{re.escape(common[0])}\b", text, re.IGNORECASE):
            span = typed.span()
        others = f" (looked for with {', '.join(common[1:_FORMS_SHOWN])})" if len(common) > 1 else ""
        message = f"“{common[0]}”{others} is in nearly every article in {languages_of_common(common[0])}"
        diagnostics.warn(message, span, "AND another word makes the rule tell something")
    else:
        diagnostics.warn("this rule fires on every article that comes from there", span, "AND a word makes it choose")


def _required_word(groups: list[TriggerGroup]) -> str:
    """Return the first group that is a single word of title or body, or an empty string."""
    for group in groups:
        if len(group) == 1 and ":" not in (key := group[0]) and key[-1:] != "*":
            return key
    return ""
