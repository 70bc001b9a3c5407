"""Index compiled rules by their triggers, to find those that an article can match; an index never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from monitor.model import Match
from monitor.query.compiled import Compiled
from monitor.query.document import SYMBOL_KEY, TEXT_FIELDS, Document
from monitor.query.facts import fact_triggers

Rules = tuple[Compiled, ...]
Posting = tuple[tuple[str, Compiled], ...]
"""The rules that a key triggers, each after another word that it requires, or an empty string."""
_MAX_CACHED = 100_000
_BLOCK_SIZE = 1_000
_NO_POSTING: Posting = ()


class _PrefixPostings(dict[str, Posting]):
    """The postings of all indexed prefixes of a word, cached for each word that is asked for."""

    def __init__(self, prefixes: dict[str, Posting]) -> None:
        super().__init__()
        self.prefixes = prefixes
        self._lengths = sorted({len(prefix) for prefix in prefixes})

    def __missing__(self, word: str) -> Posting:
        if len(self) >= _MAX_CACHED:
            self.clear()
        lists = [self.prefixes.get(word[:length], _NO_POSTING) for length in self._lengths if length <= len(word)]
        self[word] = found = tuple(chain.from_iterable(lists))
        return found


class RuleIndex:
    """Many rules, each indexed by its rarest triggers."""

    __slots__ = ("_prefixed", "_words", "rules")

    def __init__(self, rules: Rules, words: dict[str, Posting], prefixed: dict[str, _PrefixPostings]) -> None:
        self.rules = rules
        self._words = words
        self._prefixed = prefixed

    @classmethod
    def build(cls, compiled: Iterable[Compiled], previous: RuleIndex | None = None) -> RuleIndex:
        """Return an index of these rules; from a previous index only what changed is computed."""
        rules = tuple(compiled)
        if previous is None or not previous.rules:
            return cls(rules, *_build_tables(rules))
        removed, added = _difference(previous.rules, rules)
        if not removed and not added:
            return cls(rules, previous._words, previous._prefixed)
        if len(removed) + len(added) > len(rules) // 4:
            return cls(rules, *_build_tables(rules))
        return cls(rules, *previous._updated_tables(removed, added))

    def match(self, document: Document, now: datetime) -> tuple[Match, ...]:
        """Return the matches of every rule that the article satisfies, ordered by the rule's name."""
        likely = self._triggered_rules(document)
        matches = [match for rule in likely if (match := rule.match(document, now)) is not None]
        matches.sort(key=lambda match: match.rule)
        return tuple(matches)

    def may_match(self, document: Document) -> bool:
        """Tell whether the article holds a trigger of any rule, so that it could match with more text."""
        words = self._words.keys()
        return not words.isdisjoint(document.main.positions.keys()) or any(map(len, self._other_postings(document)))

    def _triggered_rules(self, document: Document) -> set[Compiled]:
        """Return the rules that the article triggers and whose required word it holds.

        The required word is checked here, before the rule itself is touched: an article triggers five times as many
        rules as it satisfies, and of a hundred thousand rules most are not in the processor's cache.
        """
        words, vocabulary = self._words, document.main.positions.keys()
        found = {r for key in vocabulary & words.keys() for need, r in words[key] if not need or need in vocabulary}
        for posting in self._other_postings(document):
            found.update(rule for need, rule in posting if not need or need in vocabulary)
        return found

    def _other_postings(self, document: Document) -> Iterator[Posting]:
        """Return the postings of everything but the words of title and body: origin, prefixes, other fields."""
        words = self._words
        for key in fact_triggers(document):
            yield words.get(key, _NO_POSTING)
        for field, prefixed in self._prefixed.items():
            if not field:
                yield from filter(None, map(prefixed.__getitem__, document.main.positions.keys()))
                continue
            if field == SYMBOL_KEY:
                yield from (words.get(f"{SYMBOL_KEY}:{sign}", _NO_POSTING) for sign in document.symbols)
                continue
            for word in document.text(field).positions.keys():  # noqa: SIM118 (no dict)
                yield words.get(f"{field}:{word}", _NO_POSTING)
                yield prefixed[word]

    def _updated_tables(
        self, removed: Sequence[Compiled], added: Sequence[Compiled]
    ) -> tuple[dict[str, Posting], dict[str, _PrefixPostings]]:
        words = self._words.copy()
        prefixes = {field: prefixed.prefixes for field, prefixed in self._prefixed.items()}
        touched = {key for rule in (*removed, *added) for key in rule.triggers}
        split = {key: _split_trigger(key) for key in touched}
        for field in {field for field, _, is_prefix in split.values() if field or is_prefix}:
            prefixes[field] = prefixes.get(field, {}).copy()
        removed_rules = set(removed)
        for key, (field, text, is_prefix) in split.items():
            table = prefixes[field] if is_prefix else words
            name = text if is_prefix else key
            entries = [entry for entry in table.get(name, _NO_POSTING) if entry[1] not in removed_rules]
            entries += [(rule.required_word, rule) for rule in added if key in rule.triggers]
            if entries:
                table[name] = tuple(entries)
            else:
                table.pop(name, None)
        unchanged = self._prefixed
        updated = {
            f: unchanged[f] if f in unchanged and unchanged[f].prefixes is p else _PrefixPostings(p)
            for f, p in prefixes.items()
        }
        return words, updated


def _split_trigger(key: str) -> tuple[str, str, bool]:
    """Split a trigger into its field (empty for title, body and facts), its text, and whether it is a prefix."""
    field, colon, text = key.partition(":")
    if not colon or (field not in TEXT_FIELDS and field != SYMBOL_KEY):
        field, text = "", key
    return field, text.removesuffix("*"), text.endswith("*")


def _build_tables(rules: Rules) -> tuple[dict[str, Posting], dict[str, _PrefixPostings]]:
    words: dict[str, list[tuple[str, Compiled]]] = {}
    prefixes: dict[str, dict[str, list[tuple[str, Compiled]]]] = {}
    for rule in rules:
        entry = (rule.required_word, rule)
        for key in rule.triggers:
            if ":" not in key and key[-1] != "*":
                words.setdefault(key, []).append(entry)
                continue
            field, text, is_prefix = _split_trigger(key)
            if is_prefix:
                prefixes.setdefault(field, {}).setdefault(text, []).append(entry)
            else:
                words.setdefault(key, []).append(entry)
                if field:
                    prefixes.setdefault(field, {})
    by_field = {
        field: _PrefixPostings({p: tuple(postings) for p, postings in table.items()})
        for field, table in prefixes.items()
    }
    return {key: tuple(postings) for key, postings in words.items()}, by_field


def _difference(old: Rules, new: Rules) -> tuple[Rules, Rules]:
    """Return the removed and the added rules; the equal runs at both ends are skipped at once."""
    shorter = min(len(old), len(new))
    first = _common_length(old, new, shorter)
    last = _common_length(old, new, shorter - first, from_end=True)
    before, after = old[first : len(old) - last], new[first : len(new) - last]
    stayed = set(before) & set(after)
    return tuple(r for r in before if r not in stayed), tuple(r for r in after if r not in stayed)


def _common_length(old: Rules, new: Rules, most: int, *, from_end: bool = False) -> int:
    """Return how many rules, at most `most`, are equal from one end; blocks of decreasing size are compared in C."""
    count, block = 0, _BLOCK_SIZE
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
