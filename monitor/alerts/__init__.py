"""Plan from matches which alerts are sent, when and to whom, and what they tell; pure, without network or database."""

from monitor.alerts.account_health import AccountHealth
from monitor.alerts.alert_content import is_single, message_id, view_of
from monitor.alerts.bursts import Burst, BurstKind, Pace, burst_text, news, usual_outlets, usual_stories
from monitor.alerts.catch_up import STALE_AFTER, CatchUp, WaitingDelivery, catch_up
from monitor.alerts.clock_shift import due_after_clock_shift
from monitor.alerts.digest_choice import Chosen, Standing, choose, shown_name
from monitor.alerts.digest_figures import DigestFigures, FeedReading, week_bounds
from monitor.alerts.merged_stories import merge_deliveries
from monitor.alerts.message_content import AlertContent
from monitor.alerts.mutes import Mutes, mute_reason
from monitor.alerts.planning import (
    BACKFILL,
    CATCH_UP,
    DIGEST,
    FRESH,
    OLDER,
    OVERFLOW,
    STORY,
    SUMMARY,
    AlertPlan,
    MatchedArticle,
    PlanningInput,
    SilenceReason,
    latest_publication,
    plan_alerts,
    stamp,
    story_thread,
)
from monitor.alerts.quiet_hours import Postponement, allowed_from, hasten_after_rest, postpone_for_quiet_hours
from monitor.alerts.refusals import Concern, concern
from monitor.alerts.retry import next_attempt
from monitor.alerts.sample_alert import sample_alert
from monitor.alerts.schedule import Rest, next_hour, next_slot, quiet_until, rest_of, rest_until
from monitor.alerts.story_view import newest_first

__all__ = [
    "BACKFILL",
    "CATCH_UP",
    "DIGEST",
    "FRESH",
    "OLDER",
    "OVERFLOW",
    "STALE_AFTER",
    "STORY",
    "SUMMARY",
    "AccountHealth",
    "AlertContent",
    "AlertPlan",
    "Burst",
    "BurstKind",
    "CatchUp",
    "Chosen",
    "Concern",
    "DigestFigures",
    "FeedReading",
    "MatchedArticle",
    "Mutes",
    "Pace",
    "PlanningInput",
    "Postponement",
    "Rest",
    "SilenceReason",
    "Standing",
    "WaitingDelivery",
    "allowed_from",
    "burst_text",
    "catch_up",
    "choose",
    "concern",
    "due_after_clock_shift",
    "hasten_after_rest",
    "is_single",
    "latest_publication",
    "merge_deliveries",
    "message_id",
    "mute_reason",
    "newest_first",
    "news",
    "next_attempt",
    "next_hour",
    "next_slot",
    "plan_alerts",
    "postpone_for_quiet_hours",
    "quiet_until",
    "rest_of",
    "rest_until",
    "sample_alert",
    "shown_name",
    "stamp",
    "story_thread",
    "usual_outlets",
    "usual_stories",
    "view_of",
    "week_bounds",
]
