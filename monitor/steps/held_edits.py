"""Decide which edits of articles are not stored yet: texts that change all the time, and words that come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from monitor.articles import may_wait, return_may_wait, same_but_numbers
from monitor.model import Article
from monitor.store import Connection, article_queries, article_versions

Version = tuple[tuple[bytes, ...], bytes]
"""The identity keys of an article and the digest of its words."""


class Edit(NamedTuple):
    """Other words of a stored article in a feed, their digest with its page's, and the rules that find them."""

    version: Version
    article_id: int
    article: Article
    digest: bytes
    rules: frozenset[str]


def held_back(conn: Connection, edits: Sequence[Edit], now: datetime) -> set[Version]:
    """Return the edits that wait: of an article with many versions, or in words that it had, and for no new rule.

    They count as not shown, so that each later poll judges them anew.
    """
    histories = article_queries.histories(conn, {edit.article_id for edit in edits}, 2)
    former = article_versions.former_digests(conn, histories)
    held = set()
    for edit in edits:
        past = histories.get(edit.article_id)
        if past is None or not edit.rules <= past.rules:
            continue
        returns = not former.isdisjoint({(edit.article_id, edit.digest), (edit.article_id, edit.article.digest)})
        if (returns and return_may_wait(past.first, past.last, now)) or (
            same_but_numbers(past.title, edit.article.title) and may_wait(past.version, past.first, past.last, now)
        ):
            held.add(edit.version)
    return held
