"""Tell edits of pages from those that say only what was told when the feed said it, since its page lagged behind."""

from __future__ import annotations

from monitor.articles import adds_nothing
from monitor.store import Connection, article_versions
from monitor.store.articles import Added

_FORMER = 3
"""Versions before the edited one whose changes are looked at."""


def repeats_told_edit(conn: Connection, added: Added) -> bool:
    """Whether a page's edit that was just stored adds nothing to the edits before it."""
    if not added.is_edit:
        return False
    versions = [one.article for one in article_versions.of_article(conn, added.article_id)]
    return len(versions) > 1 and adds_nothing(versions[-2 - _FORMER : -2], versions[-2], versions[-1])
