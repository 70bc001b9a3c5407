"""Tell how mails told an article before its story was known: as one of its own, or in a story that it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from monitor.alerts import STORY, story_thread
from monitor.model import State
from monitor.reports.article_story import FormerStories, LeftStory
from monitor.store import Connection, story_queries
from monitor.store.article_queries import StoredArticle
from monitor.store.delivery_admin import DeliveryRow


def former_stories(conn: Connection, stored: StoredArticle, mails: Sequence[DeliveryRow]) -> FormerStories:
    """Return what is known of an article's former stories, by the mails about its story, in the order of ids."""
    began = stored.id != stored.story_id and story_queries.current(conn, stored.id) == stored.story_id
    sent = [mail for mail in mails if mail.state is State.SENT]
    own = [mail for mail in sent if _tells(mail, stored.id)]
    return FormerStories(began, _told_as_new(stored, own, sent) if began else (), _left(conn, stored, own))


def _tells(mail: DeliveryRow, article_id: int) -> bool:
    return any(item.article_id == article_id and not item.edit_of for item in mail.alert.items)


def _told_as_new(stored: StoredArticle, own: Sequence[DeliveryRow], sent: Sequence[DeliveryRow]) -> tuple[int, ...]:
    """Return the mails that told an article as new whose readers had the story before: it was another one then."""
    thread, first = story_thread(stored.story_id), dict[str, int]()
    for mail in sent:
        if mail.alert.thread == thread:
            first.setdefault(mail.alert.recipient, mail.id)
    as_new = (
        mail for mail in own if not any(item.develops for item in mail.alert.items if item.article_id == stored.id)
    )
    return tuple(mail.id for mail in as_new if first.get(mail.alert.recipient, mail.id) < mail.id)


def _left(conn: Connection, stored: StoredArticle, own: Sequence[DeliveryRow]) -> tuple[LeftStory, ...]:
    told: dict[int, list[int]] = defaultdict(list)
    for mail in own:
        number = mail.alert.thread.removeprefix(STORY)
        if mail.alert.thread.startswith(STORY) and number.isdecimal():
            told[int(number)].append(mail.id)
    # What was deleted since, or is part of the article's story, was not left.
    return tuple(
        LeftStory(story, tuple(ids))
        for story, ids in told.items()
        if story_queries.current(conn, story) not in (None, stored.story_id)
    )
