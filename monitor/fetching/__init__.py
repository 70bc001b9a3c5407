"""Fetch feeds with polite conditional requests, and decide when each is polled next."""

from monitor.fetching.believed_hints import hints_as_text, hints_from_text
from monitor.fetching.feed_credentials import UNAUTHORIZED, WITH_ACCOUNT, is_own_page, with_credentials
from monitor.fetching.fetch import Fetched, Validators, fetch, status_error
from monitor.fetching.host_limiter import HostLimiter, Place
from monitor.fetching.network_health import NetworkHealth
from monitor.fetching.poll_interval import (
    BUDGET,
    CONFIGURED,
    FIRST,
    NextPoll,
    PollHistory,
    PollOutcome,
    next_poll,
)
from monitor.fetching.rhythm import PollFindings, Rhythm, learn, rhythm_from_text
from monitor.fetching.robots_txt import Robots, require_allowed, robots_of, robots_url
from monitor.fetching.time_headers import fresh_for, http_date, retry_after

__all__ = [
    "BUDGET",
    "CONFIGURED",
    "FIRST",
    "UNAUTHORIZED",
    "WITH_ACCOUNT",
    "Fetched",
    "HostLimiter",
    "NetworkHealth",
    "NextPoll",
    "Place",
    "PollFindings",
    "PollHistory",
    "PollOutcome",
    "Rhythm",
    "Robots",
    "Validators",
    "fetch",
    "fresh_for",
    "hints_as_text",
    "hints_from_text",
    "http_date",
    "is_own_page",
    "learn",
    "next_poll",
    "require_allowed",
    "retry_after",
    "rhythm_from_text",
    "robots_of",
    "robots_url",
    "status_error",
    "with_credentials",
]
