"""Take what was muted while it waited out of the mails that are due, and tell their stories by others that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts import Mutes, mute_reason
from monitor.model import Alert, Item, Route
from monitor.silence_values import Mute, MuteKind, Silence
from monitor.steps.left_stories import TOLD_BY_ANOTHER
from monitor.steps.silent_repeats import silent_repeats
from monitor.store import Connection, article_queries, deliveries, delivery_admin, mute_records, silence_records
from monitor.store.delivery_admin import DeliveryRow
from monitor.store.silence_records import SilentMatch

AT_MOST = 200
"""Mails that one transaction takes out, since all processes wait for it."""


def silence_muted(conn: Connection, routes: Mapping[str, tuple[Route, ...]], now: datetime) -> bool:
    """Take from the due mails what is muted now; one with nothing left ends as dropped, and its stories are untold.

    Where something else was silent since that mail was to tell its story, or how it goes on, that is told instead.
    It runs before each claim, so that it covers every way in which a mail becomes due. What a mail server may have seen
    keeps its bytes. False where more is muted than one transaction takes out: then nothing may be claimed yet.
    """
    in_force = mute_records.in_force(conn, now)
    if not in_force:
        return True
    mutes = Mutes(in_force)
    due = delivery_admin.due_without_bytes(conn, now, mutes.recipients)
    outlets = _outlets(conn, due) if any(one.kind is MuteKind.OUTLET for one in in_force) else {}
    muted = [(delivery, split) for delivery in due if (split := _split(mutes, delivery, outlets))]
    for delivery, split in muted[:AT_MOST]:
        _silence(conn, delivery, split, now)
        _Stead(conn, routes, mutes, delivery.alert).tell([item for item, left, _ in split if left is None], now)
    return len(muted) <= AT_MOST


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
    who = delivery.alert.recipient
    reasons = [(item, rule, mute_reason(mute)) for item, _, found in split for rule, mute in found.items()]
    deliveries.set_items(conn, delivery.id, {item.article_id: left for item, left, _ in split}, (reasons[0][2], now))
    silence_records.keep(conn, [Silence(who, rule, item.article_id, reason) for item, rule, reason in reasons], now)


@dataclass(frozen=True, slots=True)
class _Stead:
    """What is told instead of what was taken from an alert, since it was silent for that and is not muted itself."""

    conn: Connection
    routes: Mapping[str, tuple[Route, ...]]
    mutes: Mutes
    alert: Alert

    def tell(self, taken: Sequence[Item], now: datetime) -> None:
        """Tell the stories of these items, or what they said anew, where no mail tells them now."""
        items = [*self._stories({item.story_id for item in taken}), *self._developments(taken)] if taken else []
        if found := tuple({item.article_id: item for item in reversed(items) if item.matches}.values()):
            deliveries.add(self.conn, [replace(self.alert, items=found[::-1])], now)
            for item in found:
                silence_records.forget(self.conn, self.alert.recipient, item.article_id)

    def _stories(self, stories: set[int]) -> list[Item]:
        who = self.alert.recipient
        pairs = {(who, story) for story in stories}
        untold = {story for _, story in pairs - deliveries.already_told(self.conn, pairs)}
        silent = silence_records.silent_matches(self.conn, who, untold, TOLD_BY_ANOTHER) if untold else []
        return [
            item for story in sorted(untold) for item in self._first([one for one in silent if one.story_id == story])
        ]

    def _developments(self, taken: Sequence[Item]) -> list[Item]:
        who = self.alert.recipient
        develops = {item.article_id: item.develops for item in taken}
        asked = {rule for rule, of in self.routes.items() if any(r.recipient == who and r.developments for r in of)}
        return [
            replace(item, develops=develops[id_])
            for id_, silent in silent_repeats(self.conn, who, taken).items()
            for item in self._first([one for one in silent if one.rule in asked])
        ]

    def _first(self, silent: Sequence[SilentMatch]) -> list[Item]:
        """Return the first of these articles of which something is not muted, as its latest version that rules find."""
        who = self.alert.recipient
        free = [one for one in silent if not self.mutes.over(who, one.rule, one.story_id, one.outlet)]
        if not free:
            return []
        rules = {one.rule for one in free if one.article_id == free[0].article_id}
        versions = article_queries.matches_of(self.conn, free[0].article_id)
        found = {at: tuple(match for match in matches if match.rule in rules) for at, matches in versions.items()}
        version = max((at for at, matches in found.items() if matches), default=1)
        return [Item(free[0].article_id, free[0].story_id, found.get(version, ()), version)]
