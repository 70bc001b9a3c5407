"""How often a trigger of a rule is met, guessed from its shape: enough to choose the rarest."""

from __future__ import annotations

from monitor.query.common import COMMON

_OUTLET, _LABEL, _IDEOGRAPH = 0.02, 0.3, 0.08
_BY_LENGTH = (1.0, 0.3, 0.15, 0.08, 0.05, 0.03, 0.02, 0.014, 0.01, 0.007)
_LONG = len(_BY_LENGTH) - 1
_COMMON = 0.6
_WIDER = 4
_REMEMBERED = 100_000


class _Shares(dict[str, float]):
    """The shares of triggers that were asked for: a rule's words are compared several times, rules share words."""

    def __missing__(self, key: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[key] = found = _share(key)
        return found


_shares = _Shares()
weight = _shares.__getitem__
"""The share of articles that hold a trigger: a word, a `prefix*` or `field:value`."""


def total(keys: tuple[str, ...]) -> float:
    """The share of articles that hold one of these triggers, at most."""
    return weight(keys[0]) if len(keys) == 1 else sum(map(weight, keys))


def is_common(word: str) -> bool:
    """Whether nearly every article of some language holds this word."""
    return word in COMMON


def _share(key: str) -> float:
    if ":" in key:
        field, _, key = key.rpartition(":")
        if field in ("outlet", "group", "country", "lang"):
            return _OUTLET if field == "outlet" else _LABEL
    return _of_word(key[:-1]) * _WIDER if key[-1:] == "*" else _of_word(key)


def _of_word(word: str) -> float:
    if word in COMMON:
        return _COMMON
    if len(word) == 1 and word > "\u2e80":
        return _IDEOGRAPH
    return _BY_LENGTH[len(word) if len(word) < _LONG else _LONG]
