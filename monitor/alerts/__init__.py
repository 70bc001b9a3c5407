"""Pure: matches in, alerts, messages and named silences out; what one mail is, when it goes, how it looks."""

from monitor.alerts.catch_up import STALE_AFTER, CatchUp, Waiting, catch_up
from monitor.alerts.hours import PutOff, allowed, put_off
from monitor.alerts.letter import Letter
from monitor.alerts.plan import (
    CATCH_UP,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    SUMMARY,
    Matched,
    Plan,
    Reason,
    Situation,
    came_out,
    plan,
    stamp,
)
from monitor.alerts.render import message_id, render
from monitor.alerts.replan import due_again
from monitor.alerts.retry import ACCOUNT_PAUSE, GIVE_UP_AFTER, PERHAPS_REPEATS, next_attempt
from monitor.alerts.schedule import AT_ONCE, next_hour, next_slot, quiet_until
from monitor.alerts.specimen import specimen

__all__ = [
    "ACCOUNT_PAUSE",
    "AT_ONCE",
    "CATCH_UP",
    "DIGEST",
    "FRESH",
    "GIVE_UP_AFTER",
    "OLDER",
    "OVERFLOW",
    "PERHAPS_REPEATS",
    "STALE_AFTER",
    "SUMMARY",
    "CatchUp",
    "Letter",
    "Matched",
    "Plan",
    "PutOff",
    "Reason",
    "Situation",
    "Waiting",
    "allowed",
    "came_out",
    "catch_up",
    "due_again",
    "message_id",
    "next_attempt",
    "next_hour",
    "next_slot",
    "plan",
    "put_off",
    "quiet_until",
    "render",
    "specimen",
    "stamp",
]
