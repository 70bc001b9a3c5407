"""Find which deliveries are meant by the words of somebody who lists them: a person, a rule, a story."""

from __future__ import annotations

from monitor.channels import ENDPOINTS
from monitor.config import Config
from monitor.errors import MonitorError
from monitor.reports.mute_list import recipients_meant
from monitor.reports.story_list import story_meant
from monitor.store import Connection, delivery_admin
from monitor.store.delivery_admin import DeliveryFilter
from monitor.text import clean
from monitor.text.similar_names import did_you_mean


def filter_of(conn: Connection, config: Config, to: str, rule: str, story: str) -> DeliveryFilter:
    """Return the filter that words mean, each empty for no bound: a person or address, a rule, a story's id or address.

    Rules and addresses that are in the files no more may have deliveries. Raises MonitorError for what is unknown.
    """
    story_id = story_meant(conn, config, story) if story else None
    if story and story_id is None:
        raise MonitorError(f"there is no story {clean(story)!r}; give its id, or the address of an article of it")
    which = DeliveryFilter(recipients=_recipients(conn, config, to) if to else (), rule=rule, story=story_id)
    if rule and rule not in config.rules and not delivery_admin.listing(conn, DeliveryFilter(rule=rule, limit=1)):
        hint = did_you_mean(rule, config.rules) or f"see {config.files_of('rules')}"
        raise MonitorError(f"no delivery names a rule {clean(rule)!r}; {hint}")
    return which


def _recipients(conn: Connection, config: Config, to: str) -> tuple[str, ...]:
    """Return the recipients that a person's name or address means; of one in the files no more, those by channels."""
    if "@" in to or " by " in to:
        return (to,)
    try:
        return recipients_meant(config, to)
    except MonitorError:
        former = tuple(f"{to} by {channel}" for channel in ENDPOINTS)
        found = tuple(one for one in former if delivery_admin.listing(conn, DeliveryFilter(recipients=(one,), limit=1)))
        if not found:
            raise
        return found
