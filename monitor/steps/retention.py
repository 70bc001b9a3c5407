"""Delete articles and texts older than `keep:` says, in small transactions; their identities stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.articles import LASTS, WITHIN
from monitor.config import Settings
from monitor.steps.burst_notes import KEPT as HABITS_KEPT
from monitor.steps.event_log import log_event
from monitor.store import (
    Connection,
    Store,
    burst_records,
    deletion,
    delivery_attempts,
    event_records,
    text_signatures,
)

# The bytes of a sent mail serve `alerts show` and `alerts retry`; nobody looks at older ones.
MAILS_KEPT = timedelta(days=90)


async def apply_retention(store: Store, settings: Settings, confirmed_now: datetime | None) -> int:
    """Delete what is older than the files say; return how many rows were deleted or blanked.

    Age is counted from the moment that outlets confirm (None: none has stated one): by a clock that is years ahead
    everything would be old, and what is deleted does not come back.
    """
    if confirmed_now is None:
        log_event("retention", "nothing old is removed: no outlet has stated the time since the start (HTTP Date)")
        return 0
    # Not counted: they are of use for these days alone, whatever is kept.
    await _remove_all(store, text_signatures.delete_older, confirmed_now - WITHIN)
    await _remove_all(store, event_records.delete_older, confirmed_now - LASTS)
    await _remove_all(store, burst_records.delete_older, confirmed_now - HABITS_KEPT)
    total = 0
    for remove, age in (
        (deletion.delete_articles, settings.keep_articles),
        (deletion.blank_texts, settings.keep_text),
        (deletion.delete_messages, MAILS_KEPT),
        (delivery_attempts.delete_old, MAILS_KEPT),
    ):
        total += await _remove_all(store, remove, confirmed_now - age) if age is not None else 0
    if total:
        log_event("retention", f"{total} old rows tidied away")
    return total


async def _remove_all(store: Store, remove: Callable[[Connection, datetime], int], before: datetime) -> int:
    total = 0
    while removed := await store.write(remove, before):
        total += removed
    return total
