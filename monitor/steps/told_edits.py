"""Tell edits from those that say only what was told before: what the feed said already, and words that come back."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from monitor.articles import adds_nothing, goes_back
from monitor.store import Connection, article_versions
from monitor.store.articles import Added

_FORMER = 3
"""Versions before the edited one whose changes are looked at."""
_LATELY = timedelta(days=1)
"""Texts that are served in turn come back within this time; what an outlet restores later is an edit of its own."""


def repeats_told_edit(conn: Connection, added: Added) -> bool:
    """Whether a page's edit that was just stored adds nothing to the edits before it."""
    if not added.is_edit:
        return False
    versions = [one.article for one in article_versions.of_article(conn, added.article_id)]
    return len(versions) > 1 and adds_nothing(versions[-2 - _FORMER : -2], versions[-2], versions[-1])


def returns_to_former(conn: Connection, added: Added, edit_of: int) -> bool:
    """Whether an edit of version `edit_of` (0: of the one before) only says again what was there shortly before."""
    told = edit_of or added.version - 1
    versions = article_versions.of_article(conn, added.article_id)
    former = [
        one.article
        for one, following in pairwise(versions)
        if one.number < told and following.at >= versions[-1].at - _LATELY
    ]
    before = next((one.article for one in versions if one.number == told), None)
    if before is None or not former:
        return False
    after = versions[-1].article
    return after.digest in {one.digest for one in former} or goes_back(former[-_FORMER:], before, after)
