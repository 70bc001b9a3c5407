"""Estimate from the shape of a trigger how many articles hold it, to choose the rarest triggers of a rule.

Own heuristic: only the order of the shares matters.
"""

from __future__ import annotations

from monitor.query.common import COMMON_WORDS
from monitor.query.document import SYMBOL_KEY, TEXT_FIELDS

# One outlet among fifty; a group, country or language; one ideograph, which is a whole word.
_OUTLET_SHARE, _LABEL_SHARE, _IDEOGRAPH_SHARE = 0.02, 0.3, 0.08
# By the number of letters of a word, from 0; the last one holds for all longer words.
_SHARE_BY_LENGTH = (1.0, 0.3, 0.15, 0.08, 0.05, 0.03, 0.02, 0.014, 0.01, 0.007)
_LONGEST = len(_SHARE_BY_LENGTH) - 1
_COMMON_SHARE = 0.6
# What stands behind these in a trigger is a word or a sign, behind any other an identifier.
_WORD_FIELDS = frozenset((*TEXT_FIELDS, SYMBOL_KEY))
# A prefix stands for several words.
_PREFIX_FACTOR = 4


def trigger_share(trigger: str) -> float:
    """Return the estimated share (0 to 1) of articles that hold a trigger: a word, a `prefix*` or `field:value`."""
    if trigger in COMMON_WORDS:
        return _COMMON_SHARE
    if ":" in trigger or trigger[-1:] == "*":
        return _other_share(trigger)
    length = len(trigger)
    if length == 1 and trigger > "\u2e80":
        return _IDEOGRAPH_SHARE
    return _SHARE_BY_LENGTH[length if length < _LONGEST else _LONGEST]


def group_share(triggers: tuple[str, ...]) -> float:
    """Return an upper estimate of the share of articles that hold one of these triggers."""
    return trigger_share(triggers[0]) if len(triggers) == 1 else sum(map(trigger_share, triggers))


def is_common(word: str) -> bool:
    """Tell whether nearly every article of some language holds this word."""
    return word in COMMON_WORDS


def _other_share(trigger: str) -> float:
    """Return the estimated share of a trigger with a field or a prefix."""
    field, _, word = trigger.rpartition(":")
    if field and field not in _WORD_FIELDS:
        return _OUTLET_SHARE if field == "outlet" else _LABEL_SHARE
    return trigger_share(word[:-1]) * _PREFIX_FACTOR if word[-1:] == "*" else trigger_share(word)
