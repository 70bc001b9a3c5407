"""Define the tables of hosts: who has leased which, what each asked for, and its robots.txt."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store.column_types import Duration
from monitor.store.columns import key_column, moment_column, number_column, plain_table, text_column

# A row is a host, which also stands for its own lane, or a further lane of one: then `lane_of` names the host, and
# `lane` is the lane's number. `at_once` says of a host how many of its lanes are open.
hosts = plain_table(
    "hosts",
    key_column("host", sa.Text),
    moment_column("next_allowed_at"),
    sa.Column("crawl_delay", Duration()),
    moment_column("robots_at"),
    moment_column("lease_until"),
    sa.Column("token", sa.Text),
    number_column("hangs"),
    number_column("at_once", 1),
    sa.Column("lane_of", sa.Text),
    number_column("lane", 1),
)
HOST_OF_LANE = sa.func.coalesce(hosts.c.lane_of, hosts.c.host)
"""The host that is asked in the lane of a row."""
# Every claim reads both: the hosts that are left alone for now, and those that somebody has.
sa.Index("hosts_held", hosts.c.next_allowed_at)
sa.Index("hosts_leased", hosts.c.token, hosts.c.lease_until)
# For what concerns all lanes of a host: most hosts have one.
_IS_LANE = hosts.c.lane_of.is_not(None)
sa.Index("hosts_lanes", hosts.c.lane_of, sqlite_where=_IS_LANE, postgresql_where=_IS_LANE)

# The files have their own table, since every claim rewrites the row of its host, which must stay short.
robots_files = plain_table("robots_files", key_column("host", sa.Text), text_column("text"))
