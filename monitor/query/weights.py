"""How often a trigger of a rule is met, guessed from its shape: enough to choose the rarest."""

from __future__ import annotations

from monitor.query.common import COMMON

_OUTLET, _LABEL, _IDEOGRAPH = 0.02, 0.3, 0.08
_BY_LENGTH = (1.0, 0.3, 0.15, 0.08, 0.05, 0.03, 0.02, 0.014, 0.01, 0.007)
_LONG = len(_BY_LENGTH) - 1
_COMMON = 0.6
_WIDER = 4


def weight(key: str) -> float:
    """The share of articles that hold a trigger: a word, a `prefix*` or `field:value`."""
    if key in COMMON:
        return _COMMON
    if ":" in key or key[-1:] == "*":
        return _of_other(key)
    length = len(key)
    if length == 1 and key > "\u2e80":
        return _IDEOGRAPH
    return _BY_LENGTH[length if length < _LONG else _LONG]


def total(keys: tuple[str, ...]) -> float:
    """The share of articles that hold one of these triggers, at most."""
    return weight(keys[0]) if len(keys) == 1 else sum(map(weight, keys))


def is_common(word: str) -> bool:
    """Whether nearly every article of some language holds this word."""
    return word in COMMON


def _of_other(key: str) -> float:
    field, _, word = key.rpartition(":")
    if field in ("outlet", "group", "country", "lang"):
        return _OUTLET if field == "outlet" else _LABEL
    return weight(word[:-1]) * _WIDER if word[-1:] == "*" else weight(word)
