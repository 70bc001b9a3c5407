"""A rule's text and its scope come in, a rule that can be matched goes out, or what is wrong with it."""

from __future__ import annotations

from datetime import datetime

from monitor.errors import QueryError
from monitor.model import Candidates, Match
from monitor.query.build import Builder
from monitor.query.diagnostics import ERROR, Diagnostic, Diagnostics, Stop
from monitor.query.document import Document
from monitor.query.hits import with_support
from monitor.query.matchers import Group, Matcher
from monitor.query.parser import parse
from monitor.query.scope import Scope
from monitor.query.selectivity import is_selective
from monitor.query.weights import is_common, total

_ADVICE = "add a word, or outlet:, group:, country: or lang:"
_LABELS = ("outlet:", "group:", "country:", "lang:")


class Compiled:
    """A rule ready to be matched; it never changes, and any number of indexes and threads can share it."""

    __slots__ = ("keys", "name", "need", "plan", "text")

    def __init__(self, name: str, text: str, plan: Matcher, clauses: list[Group]) -> None:
        self.name = name
        self.text = text
        self.plan = plan
        self.keys = clauses[0]
        """Triggers: an article that holds none of them does not match."""
        self.need = _plain_word(clauses[1:])
        """A word of title or body that a matching article has, too: a look that spares most verifications."""

    def match(self, document: Document, now: datetime) -> Match | None:
        """The match with its spans in the original text, or None."""
        hits = self.plan.found(document.main, now)
        if hits is None:
            return None
        return Match(self.name, document.spans(hits if len(hits) == 1 and not hits[0][3] else with_support(hits)))

    def satisfied(self, document: Document, now: datetime) -> bool:
        """Whether the rule matches, for who does not ask where."""
        return self.plan.found(document.main, now) is not None

    @property
    def candidates(self) -> Candidates:
        """A search of stored articles that misses none which matches; the words of title, lead and body are in it."""
        outlets = self.plan.outlets()
        groups = dict.fromkeys(group for group in self.plan.patterns() if group)
        return Candidates(tuple(groups), tuple(sorted(outlets)) if outlets else ())

    @property
    def forms(self) -> frozenset[str]:
        """Every form that the rule looks for, in canonical spelling, through its lists and saved rules."""
        return frozenset(self.plan.forms())

    def __repr__(self) -> str:
        return f"Compiled({self.name!r}, {self.text!r})"


def check(text: str, scope: Scope, name: str = "") -> tuple[Compiled | None, list[Diagnostic]]:
    """The compiled rule where it can be used, and everything there is to say of the query, by column."""
    remarks = Diagnostics()
    node = parse(text, remarks)
    compiled = None
    if node is not None:
        builder = Builder(scope, remarks, name)
        try:
            plan = builder.build(node)
            compiled = None if remarks.failed else _keyed(name, text, plan, remarks)
        except Stop:
            compiled = None
    remarks.sort(key=lambda remark: (remark.column, remark.severity))
    return compiled, remarks


def compile_query(name: str, text: str, scope: Scope) -> Compiled:
    """The rule of this name and text; QueryError, with the first thing that is wrong, where it cannot be used."""
    compiled, remarks = check(text, scope, name)
    if compiled is not None:
        return compiled
    first = next(remark for remark in remarks if remark.severity == ERROR)
    raise QueryError(first.message, first.column, first.hint)


def _keyed(name: str, text: str, plan: Matcher, remarks: Diagnostics) -> Compiled | None:
    """The rule with its triggers; one that nothing triggers is refused."""
    clauses = list(plan.clauses())
    if not clauses:
        message = "nothing in this rule can be looked up: it would have to read every article"
        remarks.error(message, (0, len(text)), _ADVICE)
        return None
    if len(clauses) > 1:
        clauses.sort(key=total)
    doubtful = [key for key in clauses[0] if is_common(key) or (":" in key and key.startswith(_LABELS))]
    if doubtful and not is_selective(plan):
        _warn_of_flood(doubtful, (0, len(text)), remarks)
    return Compiled(name, text, plan, clauses)


def _warn_of_flood(keys: list[str], place: tuple[int, int], remarks: Diagnostics) -> None:
    """Point out a rule that every article of a source or language would satisfy."""
    common = next(filter(is_common, keys), "")
    if common:
        message = f"“{common}” is in nearly every article of its language"
        remarks.warn(message, place, "AND another word makes the rule tell something")
    else:
        remarks.warn("this rule fires on every article that comes from there", place, "AND a word makes it choose")


def _plain_word(groups: list[Group]) -> str:
    """The first group that is one word of title or body, or an empty string."""
    for group in groups:
        if len(group) == 1 and ":" not in (key := group[0]) and key[-1:] != "*":
            return key
    return ""
