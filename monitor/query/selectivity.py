"""Tell whether a rule selects among the articles of a source or language, or would match nearly all of them."""

from __future__ import annotations

from monitor.query.common import is_common_in
from monitor.query.facts import HasFact, Published, WordCount
from monitor.query.matchers import AnyOf, Matcher, NotMatcher, PairMatcher
from monitor.query.terms.exact_spelling import ExactSpelling
from monitor.query.terms.word_terms import AnyWord
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
    return len(matcher.trigger_groups()) != 1 or not common_words(matcher)


def common_words(matcher: Matcher) -> set[str]:
    """Return the words that a rule looks for and that nearly every article holds of a language in which they count."""
    if isinstance(matcher, AnyWord):
        found = ((token, languages) for token, meanings in matcher.tokens.items() for _, languages in meanings)
        return {token for token, languages in found if is_common_in(token, languages)}
    if parts := matcher.parts():
        return set().union(*map(common_words, parts))
    return {key for group in matcher.trigger_groups() for key in group if is_common(key)}
