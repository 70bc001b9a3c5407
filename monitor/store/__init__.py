"""Store everything in SQLite or PostgreSQL: the open Store, and one module of functions for each subject.

Every function takes the connection first, returns values of the model or of its own module, and never commits.
"""

from sqlalchemy import Connection

from monitor.store import (
    account_records,
    activity_records,
    article_queries,
    articles,
    backfills,
    backup_records,
    backup_restore,
    burst_records,
    config_files,
    copying,
    deletion,
    deliveries,
    delivery_admin,
    event_records,
    feeds,
    fulltext_queue,
    gap_sitemaps,
    host_state,
    identities,
    incident_records,
    integrity,
    leases,
    left_accounts,
    mute_records,
    outbox,
    outlet_records,
    page_yields,
    poll_records,
    processes,
    silence_records,
    text_signatures,
    uptime,
    word_index,
)
from monitor.store.engine import Store
from monitor.store.place import Place
from monitor.store.postgres import long_statements
from monitor.store.side_session import SideSession
from monitor.store.sqlite import sqlite_risk

__all__ = [
    "Connection",
    "Place",
    "SideSession",
    "Store",
    "account_records",
    "activity_records",
    "article_queries",
    "articles",
    "backfills",
    "backup_records",
    "backup_restore",
    "burst_records",
    "config_files",
    "copying",
    "deletion",
    "deliveries",
    "delivery_admin",
    "event_records",
    "feeds",
    "fulltext_queue",
    "gap_sitemaps",
    "host_state",
    "identities",
    "incident_records",
    "integrity",
    "leases",
    "left_accounts",
    "long_statements",
    "mute_records",
    "outbox",
    "outlet_records",
    "page_yields",
    "poll_records",
    "processes",
    "silence_records",
    "sqlite_risk",
    "text_signatures",
    "uptime",
    "word_index",
]
