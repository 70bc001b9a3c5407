"""Plan from matches which mails are sent, when and to whom, and render them; pure, without network or database."""

from monitor.alerts.account_health import AccountHealth
from monitor.alerts.catch_up import STALE_AFTER, CatchUp, WaitingDelivery, catch_up
from monitor.alerts.clock_shift import due_after_clock_shift
from monitor.alerts.mail_content import MailContent
from monitor.alerts.planning import (
    CATCH_UP,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    SUMMARY,
    AlertPlan,
    MatchedArticle,
    PlanningInput,
    SilenceReason,
    latest_publication,
    plan_alerts,
    stamp,
)
from monitor.alerts.quiet_hours import Postponement, allowed_from, postpone_for_quiet_hours
from monitor.alerts.refusals import Concern, concern
from monitor.alerts.render import message_id, render
from monitor.alerts.retry import GIVE_UP_AFTER, next_attempt
from monitor.alerts.sample_alert import sample_alert
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
    "AccountHealth",
    "AlertPlan",
    "CatchUp",
    "Concern",
    "MailContent",
    "MatchedArticle",
    "PlanningInput",
    "Postponement",
    "SilenceReason",
    "WaitingDelivery",
    "allowed_from",
    "catch_up",
    "concern",
    "due_after_clock_shift",
    "latest_publication",
    "message_id",
    "next_attempt",
    "next_hour",
    "next_slot",
    "plan_alerts",
    "postpone_for_quiet_hours",
    "quiet_until",
    "render",
    "sample_alert",
    "stamp",
]
