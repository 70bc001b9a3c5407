"""Tell whether a rule selects among the articles of a source or language, or would match nearly all of them."""

from __future__ import annotations

from monitor.query.facts import HasFact, Published, WordCount
from monitor.query.matchers import AnyOf, Matcher, NotMatcher, PairMatcher
from monitor.query.terms.exact_spelling import ExactSpelling
from monitor.query.weights import is_common

# Most news articles have between so many words; own estimate.
_SHORT_WORDS, _LONG_WORDS = 60, 1_000


def is_selective(matcher: Matcher) -> bool:
    """Tell whether a rule asks for more than an origin, a usual length or age, or a word that nearly all hold."""
    if isinstance(matcher, AnyOf):
        return all(map(is_selective, matcher.parts()))
    if isinstance(matcher, PairMatcher) and matcher.operator.excludes_partner:
        return is_selective(matcher.left)
    if isinstance(matcher, HasFact | Published | NotMatcher):
        return False
    if isinstance(matcher, WordCount):
        return matcher.is_unusual(_SHORT_WORDS, _LONG_WORDS)
    if parts := matcher.parts():
        return any(map(is_selective, parts))
    if isinstance(matcher, ExactSpelling) and matcher.is_rare:
        return True
    groups = matcher.trigger_groups()
    return len(groups) != 1 or not any(map(is_common, groups[0]))
