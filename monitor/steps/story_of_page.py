"""Let an article join a story by the text of its page: what its feed said may have been too little for that."""

from __future__ import annotations

from datetime import datetime

from monitor.steps.plan_alerts import follow_merged_stories
from monitor.steps.sign_texts import joining_by
from monitor.store import Connection, articles
from monitor.store.articles import Added
from monitor.story_values import TextSignature


def join_by_page(conn: Connection, added: Added | None, signature: TextSignature | None, now: datetime) -> Added | None:
    """Return a version with the text of its page in the story that this text leads to.

    Where its article was of another story before, both are one from now on, and deliveries follow. None, where the page
    made no version, stays None.
    """
    if added is None or signature is None:
        return added
    joined, merged = articles.join_again(conn, added, joining_by({added.article.digest: signature}))
    follow_merged_stories(conn, merged, now)
    return joined
