"""Pure: matches in, alerts, messages and named silences out; what one mail is, when it goes, how it looks."""

from monitor.alerts.account_trouble import Account
from monitor.alerts.catch_up import STALE_AFTER, CatchUp, Waiting, catch_up
from monitor.alerts.clock_shift import due_again
from monitor.alerts.mail_content import Letter
from monitor.alerts.planning import (
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
from monitor.alerts.quiet_hours import PutOff, allowed, put_off
from monitor.alerts.refusals import Concern, concern
from monitor.alerts.render import message_id, render
from monitor.alerts.retry import GIVE_UP_AFTER, next_attempt
from monitor.alerts.sample_alert import specimen
from monitor.alerts.schedule import next_hour, next_slot, quiet_until

__all__ = [
    "CATCH_UP",
    "DIGEST",
    "FRESH",
    "GIVE_UP_AFTER",
    "OLDER",
    "OVERFLOW",
    "STALE_AFTER",
    "SUMMARY",
    "Account",
    "CatchUp",
    "Concern",
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
    "concern",
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
