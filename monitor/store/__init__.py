"""The only room that knows SQL: the open Store, and one module of plain functions for each subject.

Every function takes the connection first, returns values of the model or of its own module, and never commits.
"""

from sqlalchemy import Connection

from monitor.store import (
    articles,
    backups,
    copying,
    deliveries,
    desk,
    feeds,
    files,
    hosts,
    library,
    maintenance,
    outbox,
    polls,
    readings,
    search,
    soundness,
    tidy,
    troubles,
    uptime,
)
from monitor.store.engine import Store
from monitor.store.place import Place
from monitor.store.postgres import patient
from monitor.store.sqlite import sqlite_risk

__all__ = [
    "Connection",
    "Place",
    "Store",
    "articles",
    "backups",
    "copying",
    "deliveries",
    "desk",
    "feeds",
    "files",
    "hosts",
    "identities",
    "library",
    "maintenance",
    "outbox",
    "patient",
    "polls",
    "readings",
    "search",
    "soundness",
    "sqlite_risk",
    "tidy",
    "troubles",
    "uptime",
]
