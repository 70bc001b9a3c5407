"""Define the table of the outlets in force, of which a worker reads those of its work alone."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.columns import key_column, plain_table, text_column

# `definition` is an outlet as text of `monitor/config/outlet_rows.py`. Empty on SQLite, which has no workers.
outlets = plain_table("outlets", key_column("name", sa.Text), text_column("definition"))
