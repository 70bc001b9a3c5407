"""Tell edits from those that say nothing new: what the feed said already, words that come back, counts of readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.articles import adds_nothing, at_rest, goes_back, is_same_change, is_taken
from monitor.model import Article
from monitor.store import Connection, article_queries, article_versions, deliveries
from monitor.store.articles import Added
from monitor.store.deliveries import ToldEdit
from monitor.text.article_changes import field_changes

_FORMER = 3
"""Versions before the edited one whose changes are looked at."""
_LATELY = timedelta(days=1)
"""Texts that are served in turn come back within this time; what an outlet restores later is an edit of its own."""


def repeats_told_edit(conn: Connection, added: Added) -> bool:
    """Whether a page's edit that was just stored adds nothing to the edits before it."""
    if not added.is_edit:
        return False
    versions = [at_rest(one.article) for one in article_versions.of_article(conn, added.article_id)]
    return len(versions) > 1 and adds_nothing(versions[-2 - _FORMER : -2], versions[-2], versions[-1])


def says_nothing(conn: Connection, added: Added, edit_of: int) -> bool:
    """Whether an edit of version `edit_of` (0: of the one before) is none of its outlet's.

    It only says again what was there shortly before, or only what changes by itself is another.
    """
    told = edit_of or added.version - 1
    versions = article_versions.of_article(conn, added.article_id)
    former = [
        one.article
        for one, following in pairwise(versions)
        if one.number < told and following.at >= versions[-1].at - _LATELY
    ]
    before = next((one.article for one in versions if one.number == told), None)
    if before is None:
        return False
    after = versions[-1].article
    if after.digest in {one.digest for one in former}:
        return True
    resting, resting_now = at_rest(before), at_rest(after)
    return not field_changes(resting, resting_now) or goes_back(map(at_rest, former[-_FORMER:]), resting, resting_now)


def is_other_article(conn: Connection, added: Added, edit_of: int) -> bool:
    """Whether an edit of version `edit_of` (0: of the one before) is another article at the same address."""
    before = article_queries.get_version(conn, added.article_id, edit_of or added.version - 1)
    after = article_queries.get_version(conn, added.article_id, added.version)
    return before is not None and after is not None and is_taken(before.article, after.article)


def told_elsewhere(conn: Connection, edits: Sequence[tuple[Added, int]], now: datetime) -> frozenset[tuple[str, int]]:
    """Return who was told lately of the same change of another article of its story: (recipient, article).

    The edits are given with the version that each is an edit of (0: the one before). Copies of an agency's report are
    all corrected alike.
    """
    told = deliveries.told_edits(conn, {added.story_id for added, _ in edits}, now - _LATELY) if edits else {}
    return frozenset(
        (recipient, added.article_id)
        for added, edit_of in edits
        for one, recipients in told.items()
        if one.story_id == added.story_id and one.article_id != added.article_id
        if _is_same(conn, one, ToldEdit(added.story_id, added.article_id, edit_of or added.version - 1, added.version))
        for recipient in recipients
    )


def _is_same(conn: Connection, told: ToldEdit, edit: ToldEdit) -> bool:
    before, now = _versions(conn, told), _versions(conn, edit)
    return before is not None and now is not None and is_same_change(before, now)


def _versions(conn: Connection, edit: ToldEdit) -> tuple[Article, Article] | None:
    """Return what an article said before and after an edit, at rest; None where a version is stored no longer."""
    by_number = {one.number: at_rest(one.article) for one in article_versions.of_article(conn, edit.article_id)}
    before, after = by_number.get(edit.before), by_number.get(edit.after)
    return (before, after) if before and after else None
