"""Let an article join a story by the text of its page: what its feed said may have been too little for that."""

from __future__ import annotations

from monitor.steps.context import Context
from monitor.steps.left_stories import tell_left_stories
from monitor.steps.plan_alerts import follow_merged_stories
from monitor.store import Connection, articles
from monitor.store.articles import Added
from monitor.story_values import TextMarks


def join_by_page(conn: Connection, ctx: Context, added: Added | None, marks: TextMarks) -> Added | None:
    """Return a version with the text of its page in the story that this text leads to.

    Where its article was of another story before, both are one from now on, and deliveries follow; where it had joined
    a story wrongly, by few words, it begins its own, and what was silent for it there is told. None, where the page
    made no version, stays None.
    """
    if added is None or not any(marks):
        return added
    joined, merged = articles.join_again(conn, added, ctx.stories.joining(conn, {added.article.digest: marks}))
    follow_merged_stories(conn, merged, ctx.active.config.routes, ctx.clock.now())
    if left := articles.left_story(added, joined):
        tell_left_stories(conn, ctx.clock, [left], ctx.active.config.routes)
    return joined
