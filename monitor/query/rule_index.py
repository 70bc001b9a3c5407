"""Compiled rules come in, an index that finds those which an article may match goes out; it is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from monitor.model import Match
from monitor.query.compiled import Compiled
from monitor.query.document import SIGN, TEXT_FIELDS, Document
from monitor.query.facts import fact_keys

Rules = tuple[Compiled, ...]
Posting = tuple[tuple[str, Compiled], ...]
"""The rules that a word triggers, each with another word that it needs, or an empty string."""
_REMEMBERED = 100_000
_BLOCK = 1_000
_NONE: Posting = ()


class _Prefixed(dict[str, Posting]):
    """The postings of a word's prefixes, remembered for each word that was asked for."""

    def __init__(self, prefixes: dict[str, Posting]) -> None:
        super().__init__()
        self.prefixes = prefixes
        self._lengths = sorted({len(prefix) for prefix in prefixes})

    def __missing__(self, word: str) -> Posting:
        if len(self) >= _REMEMBERED:
            self.clear()
        lists = [self.prefixes.get(word[:length], _NONE) for length in self._lengths if length <= len(word)]
        self[word] = found = tuple(chain.from_iterable(lists))
        return found


class RuleIndex:
    """Many rules, found by the rarest thing that each of them needs."""

    __slots__ = ("_prefixed", "_words", "rules")

    def __init__(self, rules: Rules, words: dict[str, Posting], prefixed: dict[str, _Prefixed]) -> None:
        self.rules = rules
        self._words = words
        self._prefixed = prefixed

    @classmethod
    def build(cls, compiled: Iterable[Compiled], previous: RuleIndex | None = None) -> RuleIndex:
        """An index of these rules; with the one before, only what changed is done."""
        rules = tuple(compiled)
        if previous is None or not previous.rules:
            return cls(rules, *_gathered(rules))
        removed, added = _changed(previous.rules, rules)
        if not removed and not added:
            return cls(rules, previous._words, previous._prefixed)
        if len(removed) + len(added) > len(rules) // 4:
            return cls(rules, *_gathered(rules))
        return cls(rules, *previous._edited(removed, added))

    def match(self, document: Document, now: datetime) -> tuple[Match, ...]:
        """Every rule that the article satisfies, by name."""
        likely = self._triggered(document)
        matches = [match for rule in likely if (match := rule.match(document, now)) is not None]
        matches.sort(key=lambda match: match.rule)
        return tuple(matches)

    def may_match(self, document: Document) -> bool:
        """Whether the article holds a trigger of some rule, so that with more text it could satisfy it."""
        words = self._words.keys()
        return not words.isdisjoint(document.main.positions.keys()) or any(map(len, self._elsewhere(document)))

    def _triggered(self, document: Document) -> set[Compiled]:
        """The rules of which the article holds a trigger and the other word that they need.

        The look at the other word stands here, before the rule itself is touched: an article triggers five times as
        many rules as it satisfies, and of a hundred thousand most are far from the processor.
        """
        words, there = self._words, document.main.positions.keys()
        found = {r for key in there & words.keys() for need, r in words[key] if not need or need in there}
        for posting in self._elsewhere(document):
            found.update(rule for need, rule in posting if not need or need in there)
        return found

    def _elsewhere(self, document: Document) -> Iterator[Posting]:
        """What an article triggers by anything but the words of title and body: origin, prefixes, other fields."""
        words = self._words
        for key in fact_keys(document):
            yield words.get(key, _NONE)
        for field, prefixed in self._prefixed.items():
            if not field:
                yield from filter(None, map(prefixed.__getitem__, document.main.positions.keys()))
                continue
            if field == SIGN:
                yield from (words.get(f"{SIGN}:{sign}", _NONE) for sign in document.signs)
                continue
            for word in document.text(field).positions.keys():  # noqa: SIM118 (no dict)
                yield words.get(f"{field}:{word}", _NONE)
                yield prefixed[word]

    def _edited(
        self, removed: Sequence[Compiled], added: Sequence[Compiled]
    ) -> tuple[dict[str, Posting], dict[str, _Prefixed]]:
        words = self._words.copy()
        prefixes = {field: prefixed.prefixes for field, prefixed in self._prefixed.items()}
        touched = {key for rule in (*removed, *added) for key in rule.keys}
        for field in {field for key in touched for field in _place(key)[:1] if key.endswith("*") or field}:
            prefixes[field] = prefixes.get(field, {}).copy()
        gone = set(removed)
        for key in touched:
            field, text, is_prefix = _place(key)
            table = prefixes[field] if is_prefix else words
            name = text if is_prefix else key
            kept = [entry for entry in table.get(name, _NONE) if entry[1] not in gone]
            kept += [(rule.need, rule) for rule in added if key in rule.keys]
            if kept:
                table[name] = tuple(kept)
            else:
                table.pop(name, None)
        same = self._prefixed
        made = {f: same[f] if f in same and same[f].prefixes is p else _Prefixed(p) for f, p in prefixes.items()}
        return words, made


def _place(key: str) -> tuple[str, str, bool]:
    """What a trigger belongs to (a text field, signs; empty: title and body, or a fact), its text, whether a prefix."""
    field, colon, text = key.partition(":")
    if not colon or (field not in TEXT_FIELDS and field != SIGN):
        field, text = "", key
    return field, text.removesuffix("*"), text.endswith("*")


def _gathered(rules: Rules) -> tuple[dict[str, Posting], dict[str, _Prefixed]]:
    words: dict[str, list[tuple[str, Compiled]]] = {}
    prefixes: dict[str, dict[str, list[tuple[str, Compiled]]]] = {}
    for rule in rules:
        entry = (rule.need, rule)
        for key in rule.keys:
            if ":" not in key and key[-1] != "*":
                words.setdefault(key, []).append(entry)
                continue
            field, text, is_prefix = _place(key)
            if is_prefix:
                prefixes.setdefault(field, {}).setdefault(text, []).append(entry)
            else:
                words.setdefault(key, []).append(entry)
                if field:
                    prefixes.setdefault(field, {})
    made = {field: _Prefixed({p: tuple(several) for p, several in table.items()}) for field, table in prefixes.items()}
    return {key: tuple(several) for key, several in words.items()}, made


def _changed(old: Rules, new: Rules) -> tuple[Rules, Rules]:
    """The rules that went and those that came; what is the same at both ends is passed over at once."""
    shorter = min(len(old), len(new))
    first = _alike(old, new, shorter)
    last = _alike(old, new, shorter - first, from_end=True)
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    stayed = set(before) & set(after)
    return tuple(r for r in before if r not in stayed), tuple(r for r in after if r not in stayed)


def _alike(old: Rules, new: Rules, most: int, *, from_end: bool = False) -> int:
    """How many rules, at most so many, are the same from one end; ever smaller blocks are compared in C."""
    count, block = 0, _BLOCK
    while block:
        low, high = count, count + block
        if high <= most and (
            old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
            if from_end
            else old[low:high] == new[low:high]
        ):
            count = high
        else:
            block //= 10
    return count
