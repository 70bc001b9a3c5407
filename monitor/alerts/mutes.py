"""Find the mute, if any, that keeps a match from somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from monitor.model import Item
from monitor.silence_values import Mute, MuteKind
from monitor.text import when

_NEVER = datetime.max.replace(tzinfo=UTC)


class Mutes:
    """The mutes in force at one moment, looked up by what they are of; false where there is none."""

    def __init__(self, mutes: Iterable[Mute] = ()) -> None:
        self._by_key = {(one.kind, one.target, one.recipient): one for one in mutes}

    def __bool__(self) -> bool:
        return bool(self._by_key)

    @property
    def recipients(self) -> frozenset[str] | None:
        """Whose wishes these are; None where one of them holds for everybody."""
        whose = frozenset(recipient for _, _, recipient in self._by_key)
        return None if "" in whose else whose

    def over(self, recipient: str, rule: str, story_id: int, outlet: str) -> Mute | None:
        """Return the mute that keeps an article which this rule found from this recipient; of several the longest."""
        keys = ((MuteKind.RULE, rule), (MuteKind.STORY, str(story_id)), (MuteKind.OUTLET, outlet))
        found = [
            mute for kind, target in keys for who in ("", recipient) if (mute := self._by_key.get((kind, target, who)))
        ]
        return max(found, key=lambda mute: mute.until or _NEVER, default=None)

    def split(self, recipient: str, item: Item, outlet: str) -> tuple[Item | None, dict[str, Mute]]:
        """Return what of an item is told all the same (None: nothing), and by rule the mutes of the rest."""
        found = {
            match.rule: mute
            for match in item.matches
            if (mute := self.over(recipient, match.rule, item.story_id, outlet))
        }
        left = tuple(match for match in item.matches if match.rule not in found)
        return (replace(item, matches=left) if left else None), found


def mute_reason(mute: Mute) -> str:
    """Return why something that is muted is not told, as `muted until 2026-12-01 08:00 UTC (the rule)`."""
    until = f"until {when(mute.until)}" if mute.until else "until it is unmuted"
    return f"muted {until} (the {mute.kind})"
