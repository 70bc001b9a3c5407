"""Word the subject and the first sentence of a digest."""

from __future__ import annotations

from monitor.alerts.planning import BACKFILL, OLDER, OVERFLOW
from monitor.model import Alert, Kind
from monitor.text import counted
from monitor.text.safe_text import HEADER_CAP, header_text

SUBJECT_RULES = 3
"""Rules named in a subject."""


def subject(alert: Alert, stories: int, counts: list[str]) -> str:
    """Return the subject of a digest of so many stories; `counts` names each rule with the number of its stories."""
    more = len(counts) - SUBJECT_RULES
    rest = f" and {counted(more, 'more rule')}" if more > 0 else ""
    what = {Kind.SUMMARY: " of the last 24 hours", Kind.CATCH_UP: " that waited"}.get(alert.kind, "")
    return header_text(f"{_stories(stories)}{what}: {', '.join(counts[:SUBJECT_RULES])}{rest}", HEADER_CAP)


def intro(alert: Alert, stories: int) -> str:
    """Return the sentence with which a digest begins: what came together in it, and why."""
    kind, what = alert.kind, _stories(stories)
    if kind is Kind.SUMMARY:
        return f"Outlets, rules or recipients are new here. This is what the last 24 hours hold: {what}."
    if kind is Kind.CATCH_UP:
        return f"No mail could be sent for a while. {what} waited; here they are in one mail."
    if alert.thread.startswith(OVERFLOW):
        return f"More came than the hourly limit for single mails, so these {what} come together."
    if alert.thread.startswith(OLDER):
        return f"Older than 24 hours by their dates when they first showed in their feeds: {what}."
    if alert.thread.startswith(BACKFILL):
        return f"You asked for the past of outlets to be read. This is what your rules find in it: {what}."
    return f"{what} since the last digest."


def _stories(count: int) -> str:
    return counted(count, "story", "stories")
