"""Divide what many polls brought into transactions of a bounded size, each with what is known of its articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from monitor.model import Article
from monitor.steps.held_edits import Version
from monitor.steps.poll_result import PollResult
from monitor.steps.rule_verdicts import RuleVerdicts
from monitor.story_values import TextMarks

ARTICLES_A_TRANSACTION = 1_000
"""New and changed articles that one transaction stores at most: more cost less, and keep other writes waiting."""


def version_of(article: Article) -> Version:
    """Return what names a version of an article before it is stored."""
    return article.keys, article.digest


@dataclass(slots=True)
class IngestBatch:
    """A poll, or a part of it, that is to be stored; only the last part ends the claim."""

    poll_result: PollResult
    fresh: list[Article]
    # Whether any article on the page was on this feed's pages before.
    overlaps: bool
    # Whether it goes on where this feed's page before ended, so that nothing came and went between the two.
    is_continuous: bool
    last: bool = True
    # How many articles the parts before this one have.
    offset: int = 0
    verdicts: Mapping[Version, RuleVerdicts] = field(default_factory=dict)
    # The articles that this feed showed in other words before, by version; those of them that only say more, by
    # their current texts; the edits among them that are held back; whether any part of the poll holds one back.
    edited: Mapping[Version, int] = field(default_factory=dict)
    continued: Set[Version] = frozenset()
    # Of those whose page was read, by version: the article with what its page says.
    composed: Mapping[Version, Article] = field(default_factory=dict)
    # Vectors of what texts mean, by digest.
    meanings: Mapping[bytes, bytes] = field(default_factory=dict)
    held_back: Set[Version] = frozenset()
    waits: bool = False
    # What the page says beside `fresh`: the articles that its other entries are, whether ids or links changed.
    standing: frozenset[int] = frozenset()
    renamed: bool = False

    def current(self, article: Article) -> Article:
        """Return an article of `fresh` with what its page says, if that was read: the text that rules judge."""
        return self.composed.get(version_of(article), article)


def marks_of_all(batches: Sequence[IngestBatch]) -> dict[bytes, TextMarks]:
    """Return the marks of the texts of a transaction, by digest."""
    marks = {digest: verdict.marks for batch in batches for (_, digest), verdict in batch.verdicts.items()}
    meanings = {digest: vector for batch in batches for digest, vector in batch.meanings.items()}
    return {digest: one.with_meaning(meanings.get(digest, b"")) for digest, one in marks.items()}


def transactions(batches: Sequence[IngestBatch]) -> Iterator[list[IngestBatch]]:
    """Group batches into transactions of at most ARTICLES_A_TRANSACTION articles, splitting those of large polls."""
    group: list[IngestBatch] = []
    room = ARTICLES_A_TRANSACTION
    for part in (part for batch in batches for part in _parts(batch)):
        if group and len(part.fresh) > room:
            yield group
            group, room = [], ARTICLES_A_TRANSACTION
        group.append(part)
        room -= len(part.fresh)
    if group:
        yield group


def _parts(batch: IngestBatch) -> Iterator[IngestBatch]:
    size, ahead = ARTICLES_A_TRANSACTION, batch.poll_result.is_ahead
    # At least one part, also of a poll without articles: its claim must end, too.
    cuts = range(0, max(len(batch.fresh), 1), size)
    for start in cuts:
        yield replace(
            batch, fresh=batch.fresh[start : start + size], last=start == cuts[-1] and not ahead, offset=start
        )
