"""Compiled rules come in, an index that finds those which an article may match goes out; it is never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.model import Match
from monitor.query.compiled import Compiled
from monitor.query.document import TEXT_FIELDS, Document
from monitor.query.facts import fact_keys

Posting = tuple[Compiled, ...]
_REMEMBERED = 100_000
_BLOCK = 1_000
_NONE: Posting = ()


class _Prefixed(dict[str, Posting]):
    """The rules whose prefixes a word has, remembered for each word that was asked for."""

    def __init__(self, prefixes: dict[str, Posting]) -> None:
        super().__init__()
        self.prefixes = prefixes
        self._lengths = sorted({len(prefix) for prefix in prefixes})

    def __missing__(self, word: str) -> Posting:
        if len(self) >= _REMEMBERED:
            self.clear()
        lists = [self.prefixes.get(word[:length], _NONE) for length in self._lengths if length <= len(word)]
        self[word] = found = tuple(rule for rules in lists for rule in rules)
        return found


class Index:
    """Many rules, found by the rarest thing that each of them needs."""

    __slots__ = ("_prefixed", "_words", "rules")

    def __init__(self, rules: Posting, words: dict[str, Posting], prefixed: dict[str, _Prefixed]) -> None:
        self.rules = rules
        self._words = words
        self._prefixed = prefixed

    @classmethod
    def build(cls, compiled: Iterable[Compiled], previous: Index | None = None) -> Index:
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
        lacks = document.main.positions.keys().isdisjoint
        likely = [rule for rule in self._triggered(document) if not (rule.needs and lacks(rule.needs))]
        matches = [match for rule in likely if (match := rule.match(document, now)) is not None]
        matches.sort(key=lambda match: match.rule)
        return tuple(matches)

    def may_match(self, document: Document) -> bool:
        """Whether the article holds a trigger of some rule, so that with more text it could satisfy it."""
        return bool(self.rules and self._triggered(document))

    def _triggered(self, document: Document) -> set[Compiled]:
        """The rules of which the article holds a trigger."""
        words, there = self._words, document.main.positions.keys()
        found: set[Compiled] = set()
        for key in there & words.keys():
            found.update(words[key])
        for key in fact_keys(document):
            found.update(words.get(key, _NONE))
        for field, prefixed in self._prefixed.items():
            if not field:
                found.update(*map(prefixed.__getitem__, there))
                continue
            for word in document.text(field).positions.keys():  # noqa: SIM118 (no dict)
                found.update(words.get(f"{field}:{word}", _NONE), prefixed[word])
        return found

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
            kept = [rule for rule in table.get(name, _NONE) if rule not in gone]
            kept += [rule for rule in added if key in rule.keys]
            if kept:
                table[name] = tuple(kept)
            else:
                table.pop(name, None)
        same = self._prefixed
        made = {f: same[f] if f in same and same[f].prefixes is p else _Prefixed(p) for f, p in prefixes.items()}
        return words, made


def _place(key: str) -> tuple[str, str, bool]:
    """The text field that a trigger belongs to (empty: title and body, or a fact), its text, whether it is a prefix."""
    field, colon, text = key.partition(":")
    if not colon or field not in TEXT_FIELDS:
        field, text = "", key
    return field, text.removesuffix("*"), text.endswith("*")


def _gathered(rules: Posting) -> tuple[dict[str, Posting], dict[str, _Prefixed]]:
    words: dict[str, list[Compiled]] = {}
    prefixes: dict[str, dict[str, list[Compiled]]] = {}
    for rule in rules:
        for key in rule.keys:
            if ":" not in key and key[-1] != "*":
                words.setdefault(key, []).append(rule)
                continue
            field, text, is_prefix = _place(key)
            if is_prefix:
                prefixes.setdefault(field, {}).setdefault(text, []).append(rule)
            else:
                words.setdefault(key, []).append(rule)
                if field:
                    prefixes.setdefault(field, {})
    made = {field: _Prefixed({p: tuple(rules) for p, rules in table.items()}) for field, table in prefixes.items()}
    return {key: tuple(several) for key, several in words.items()}, made


def _changed(old: Posting, new: Posting) -> tuple[Posting, Posting]:
    """The rules that went and those that came; what is the same at both ends is passed over at once."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    stayed = set(before) & set(after)
    return tuple(r for r in before if r not in stayed), tuple(r for r in after if r not in stayed)


def _alike(old: Posting, new: Posting) -> int:
    """How many rules are the same from the beginning; blocks are compared in C, which a hundred thousand rules need."""
    place, shorter = 0, min(len(old), len(new))
    while place < shorter and old[place : place + _BLOCK] == new[place : place + _BLOCK]:
        place += _BLOCK
    while place < shorter and old[place] is new[place]:
        place += 1
    return min(place, shorter)
