"""Let messages that wait name every rule that finds their articles, also one that finds them only now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.alerts import SilenceReason
from monitor.model import Item, Match
from monitor.silence_values import Silence
from monitor.store import Connection, story_deliveries

Found = Mapping[tuple[int, str], tuple[int, Match]]
"""By article and rule, the version that the rule found and what it found there."""


def name_in_waiting(conn: Connection, silences: Sequence[Silence], found: Found) -> list[Silence]:
    """Let what waits to be told to the recipients of these silences be told by their rules as well.

    A rule that was added while a digest waits finds what that tells: it is named there. Return the other silences.
    """
    told = {
        (one.recipient, one.article_id, one.rule)
        for one in silences
        if one.reason == SilenceReason.ALREADY_TOLD and (one.article_id, one.rule) in found
    }
    named: set[tuple[str, int, str]] = set()
    for delivery in story_deliveries.waiting_with(conn, {article for _, article, _ in told}) if told else ():
        who = delivery.alert.recipient
        for item in delivery.alert.items:
            known = {match.rule for match in item.matches}
            new = [one for one in told if one[:2] == (who, item.article_id) and one[2] not in known]
            for one in sorted(new):
                version, match = found[one[1:]]
                story_deliveries.tell_also(conn, delivery.id, Item(item.article_id, item.story_id, (match,), version))
                named.add(one)
    return [one for one in silences if (one.recipient, one.article_id, one.rule) not in named]
