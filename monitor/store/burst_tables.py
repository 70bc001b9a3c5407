"""Define the tables by which bursts are known: when a story was news for a rule, and which bursts were said to whom."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Id
from monitor.store.columns import key_column, moment_column, plain_table

rule_news = plain_table(
    "rule_news",
    key_column("rule", sa.Text),
    key_column("story_id", Id),
    moment_column("at", needed=True),
)
sa.Index("rule_news_at", rule_news.c.rule, rule_news.c.at)
sa.Index("rule_news_latest", rule_news.c.at)

# `target` is the name of a rule, or the id of a story as text.
bursts_said = plain_table(
    "bursts_said",
    key_column("recipient", sa.Text),
    key_column("kind", sa.Text),
    key_column("target", sa.Text),
    moment_column("at", needed=True),
)
