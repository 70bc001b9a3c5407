"""Take what was muted while it waited out of the mails that are due, and tell their stories by others that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from monitor.alerts import Mutes, mute_reason
from monitor.model import Alert, Item
from monitor.silence_values import Mute, MuteKind, Silence
from monitor.steps.left_stories import TOLD_BY_ANOTHER
from monitor.store import Connection, article_queries, deliveries, delivery_admin, mute_records, silence_records
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.silence_records import SilentMatch


def silence_muted(conn: Connection, now: datetime) -> None:
    """Take from the due mails what is muted now; one with nothing left ends as dropped, and its stories are untold.

    Where something else was silent since that mail was to tell its story, that is told instead.
    It runs before each claim, so that it covers every way in which a mail becomes due. What a mail server may have seen
    keeps its bytes.
    """
    in_force = mute_records.in_force(conn, now)
    if not in_force:
        return
    mutes = Mutes(in_force)
    due = delivery_admin.due_without_bytes(conn, now)
    outlets = _outlets(conn, due) if any(one.kind is MuteKind.OUTLET for one in in_force) else {}
    for delivery in due:
        split = _split(mutes, delivery, outlets)
        _silence(conn, delivery, split, now)
        _tell_instead(conn, mutes, delivery.alert, {item.story_id for item, left, _ in split if left is None}, now)


def _outlets(conn: Connection, due: list[DeliveryRow]) -> dict[int, str]:
    """Return the outlet of each article of these mails."""
    return article_queries.outlets_of(conn, {item.article_id for one in due for item in one.alert.items})


def _split(
    mutes: Mutes, delivery: DeliveryRow, outlets: Mapping[int, str]
) -> list[tuple[Item, Item | None, dict[str, Mute]]]:
    """Return those items of a mail of which something is muted, each with what is left of it, and the mutes by rule."""
    who = delivery.alert.recipient
    split = [(item, *mutes.split(who, item, outlets.get(item.article_id, ""))) for item in delivery.alert.items]
    return [(item, left, found) for item, left, found in split if found]


def _silence(
    conn: Connection, delivery: DeliveryRow, split: list[tuple[Item, Item | None, dict[str, Mute]]], now: datetime
) -> None:
    if not split:
        return
    who = delivery.alert.recipient
    reasons = [(item, rule, mute_reason(mute)) for item, _, found in split for rule, mute in found.items()]
    deliveries.set_items(conn, delivery.id, {item.article_id: left for item, left, _ in split}, (reasons[0][2], now))
    silence_records.keep(conn, [Silence(who, rule, item.article_id, reason) for item, rule, reason in reasons], now)


def _tell_instead(conn: Connection, mutes: Mutes, alert: Alert, stories: set[int], now: datetime) -> None:
    """Tell these stories, where no mail tells them now, by the first article that was silent for what is muted."""
    who = alert.recipient
    pairs = {(who, story) for story in stories}
    untold = {story for _, story in pairs - deliveries.already_told(conn, pairs)} if pairs else set()
    silent = silence_records.silent_matches(conn, who, untold, TOLD_BY_ANOTHER) if untold else []
    free = [one for one in silent if not mutes.over(who, one.rule, one.story_id, one.outlet)]
    first = {one.story_id: one for one in reversed(free)}.values()
    items = [_item(conn, one, {other.rule for other in free if other.article_id == one.article_id}) for one in first]
    if found := tuple(item for item in items if item.matches):
        deliveries.add(conn, [replace(alert, items=found)], now)
        for item in found:
            silence_records.forget(conn, who, item.article_id)


def _item(conn: Connection, silent: SilentMatch, rules: set[str]) -> Item:
    """Return an article as its latest version that these rules find is told."""
    versions = article_queries.matches_of(conn, silent.article_id)
    found = {version: tuple(match for match in matches if match.rule in rules) for version, matches in versions.items()}
    version = max((version for version, matches in found.items() if matches), default=1)
    return Item(silent.article_id, silent.story_id, found.get(version, ()), version)
