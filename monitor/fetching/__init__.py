"""The edge in: polite conditional requests, and the pure policy of when to come back."""

from monitor.fetching.credentials import with_credentials
from monitor.fetching.fetch import ACCEPT, Fetched, Validators, fetch, status_error
from monitor.fetching.headers import fresh_for, http_date, retry_after
from monitor.fetching.network import NetworkHealth
from monitor.fetching.robots import Robots, robots_of, robots_url
from monitor.fetching.turnstile import Turnstile, host_of
from monitor.fetching.visits import Outcome, Past, Visit, next_visit

__all__ = [
    "ACCEPT",
    "Fetched",
    "NetworkHealth",
    "Outcome",
    "Past",
    "Robots",
    "Turnstile",
    "Validators",
    "Visit",
    "fetch",
    "fresh_for",
    "host_of",
    "http_date",
    "next_visit",
    "retry_after",
    "robots_of",
    "robots_url",
    "status_error",
    "with_credentials",
]
