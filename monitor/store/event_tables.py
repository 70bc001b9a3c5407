"""Define the tables of what articles of recent days say of events."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Id
from monitor.store.columns import id_column, key_column, moment_column, plain_table, text_column

# `at` is when the article was published, `signs`, and the keys in `found_by`, are packed (event_records.py). `meaning`
# is a vector in signed bytes, null as long as none was needed.
event_signs = plain_table(
    "event_signs",
    key_column("article_id", Id),
    id_column("story_id"),
    moment_column("at", needed=True),
    text_column("outlet"),
    text_column("language"),
    sa.Column("signs", sa.LargeBinary, nullable=False),
    sa.Column("found_by", sa.LargeBinary, nullable=False),
    sa.Column("meaning", sa.LargeBinary),
)
sa.Index("event_signs_at", event_signs.c.at)
sa.Index("event_signs_story", event_signs.c.story_id)
event_keys = plain_table("event_keys", key_column("key", sa.BigInteger), key_column("article_id", Id), by_key=True)
