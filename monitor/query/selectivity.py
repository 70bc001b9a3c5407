"""Whether a rule chooses among the articles of a source or language, or would fire on nearly all of them."""

from __future__ import annotations

from monitor.query.facts import Has, Length, Published
from monitor.query.matchers import AnyOf, Matcher, Placed, Without
from monitor.query.terms.exact import ExactSpelling
from monitor.query.weights import is_common

_SHORT, _LONG = 60, 1_000


def is_selective(plan: Matcher) -> bool:
    """Whether what a plan asks for is more than a place of origin, a usual length or age, or a word that all have."""
    if isinstance(plan, AnyOf):
        return all(map(is_selective, plan.parts()))
    if isinstance(plan, Placed) and plan.operator.without:
        return is_selective(plan.left)
    if isinstance(plan, Has | Published | Without):
        return False
    if isinstance(plan, Length):
        return plan.rare(_SHORT, _LONG)
    if parts := plan.parts():
        return any(map(is_selective, parts))
    if isinstance(plan, ExactSpelling) and plan.shouts:
        return True
    groups = plan.clauses()
    return len(groups) != 1 or not any(map(is_common, groups[0]))
