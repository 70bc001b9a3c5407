"""Rank the stories of a digest, choose those that it lays out, and count all by rule, before their texts are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from monitor.model import Item, Match
from monitor.text.safe_text import header_text

SHOWN = 50
"""Stories laid out in one message, and rules named in it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a delivery's items without their texts.

    `moments` holds by article id when each article that is still stored was published, or else first seen; `outlets`
    by story id how many outlets have it.
    """

    moments: Mapping[int, datetime]
    outlets: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stories of a message in their order, each as its items, and how many there are of each kind.

    `rules` are all rules, the most frequent first; `counts` says how many stories each of them matched, `headed` how
    many stand under its heading, and `total` how many there are, laid out or not.
    """

    stories: tuple[tuple[Item, ...], ...]
    rules: tuple[str, ...]
    counts: Mapping[str, int]
    headed: Mapping[str, int]
    total: int

    @property
    def items(self) -> list[Item]:
        """The items of the stories that are laid out."""
        return [item for items in self.stories for item in items]


def choose(items: Sequence[Item], standing: Standing) -> Chosen:
    """Return the SHOWN first of the stories that are still stored, and the counts of all.

    A story comes first that twice as many outlets have; of those about as large, what is new to the reader comes
    before what goes on or was edited, then what more outlets have, then the newest.
    """
    stories: dict[int, list[Item]] = {}
    for item in items:
        if item.article_id in standing.moments:
            stories.setdefault(item.story_id, []).append(item)
    # Few sets of rules are matched by many stories.
    matched = Counter(rules_of(one) for one in stories.values())
    counts: Counter[str] = Counter()
    for rules, number in matched.items():
        counts.update(dict.fromkeys(rules, number))
    names = tuple(sorted(counts, key=lambda rule: (-counts[rule], rule)))
    headed: Counter[str] = Counter()
    for rules, number in matched.items():
        headed[heading_rule(rules, names)] += number
    ranked = sorted(stories.values(), key=lambda story: _place(story, standing))
    return Chosen(tuple(map(tuple, ranked[:SHOWN])), names, counts, headed, len(stories))


def heading_rule(rules: Sequence[str], names: Sequence[str]) -> str:
    """Return the rule under which a story stands that these rules matched: the first of all names."""
    return next((name for name in names if name in rules), "")


def rules_of(items: Iterable[Item]) -> tuple[str, ...]:
    """Return the rules that matched a story, as messages name them."""
    return tuple(dict.fromkeys(rule_name(match) for item in items for match in item.matches))


def rule_name(match: Match) -> str:
    """Return a rule's name as messages show it."""
    return shown_name(match.rule)


@lru_cache(maxsize=1024)
def shown_name(rule: str) -> str:
    """Return the name of a rule in one printable line of at most 80 characters."""
    return header_text(rule, 80)


def led_by(rule: str, items: Iterable[Item]) -> list[Item]:
    """Return a story's items with those first that a rule matched, and its match first in each."""
    ordered = [
        replace(item, matches=tuple(sorted(item.matches, key=lambda match: rule_name(match) != rule))) for item in items
    ]
    return sorted(ordered, key=lambda item: rule not in map(rule_name, item.matches))


def _place(story: Sequence[Item], standing: Standing) -> tuple[int, bool, int, float]:
    """Return what stories are sorted by."""
    outlets = standing.outlets.get(story[0].story_id, 1)
    is_known = all(item.develops or item.edit_of for item in story)
    newest = max(standing.moments[item.article_id] for item in story)
    return -outlets.bit_length(), is_known, -outlets, -newest.timestamp()
