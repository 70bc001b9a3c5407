"""Plan who gets which alert when, or why not, from the matches of one transaction and what was told before."""

from monitor.alerts.planning.plan import plan_alerts
from monitor.alerts.planning.silence_reasons import SilenceReason
from monitor.alerts.planning.situation import FRESH, AlertPlan, MatchedArticle, PlanningInput, latest_publication
from monitor.alerts.planning.slots import (
    BACKFILL,
    CATCH_UP,
    DIGEST,
    OLDER,
    OLDER_AT,
    OVERFLOW,
    STORY,
    SUMMARY,
    stamp,
    story_thread,
)

__all__ = [
    "BACKFILL",
    "CATCH_UP",
    "DIGEST",
    "FRESH",
    "OLDER",
    "OLDER_AT",
    "OVERFLOW",
    "STORY",
    "SUMMARY",
    "AlertPlan",
    "MatchedArticle",
    "PlanningInput",
    "SilenceReason",
    "latest_publication",
    "plan_alerts",
    "stamp",
    "story_thread",
]
