"""What an older database has claimed, knows of hosts and asks for is kept when hosts become the unit of a claim."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store import Store, host_state, leases, migrate, outbox
from monitor.store.host_claims import Room, claim
from monitor.store.host_tables import hosts
from tests.store.make import LEASE, NOW

OLDER = """
INSERT INTO feeds (id, url, host, active, due_at, lease_until, lease_token, body_hash, interval, moved_to) VALUES
(1, 'https://a.test/rss', 'a.test', true, 5, 9, 'old', {empty}, 1, NULL),
(2, 'https://b.test/rss', 'b.test', true, 5, NULL, NULL, {empty}, 1, 'https://new.test/rss');
INSERT INTO hosts (host, robots_at, robots) VALUES ('a.test', 5, 'User-agent: *');
INSERT INTO articles (id, url, digest, version_at, seen_at, story_id) VALUES (7, 'https://p.test/7', {empty}, 5, 5, 7);
INSERT INTO fulltext_requests (article_id, due_at, until, token, lease_until) VALUES (7, 5, 99, 'old', 9);
INSERT INTO deliveries (id, recipient, thread, kind, state, due_at, token, lease_until, maybe_delivered, created_at)
VALUES (1, 'a', 't', 'alert', 'waiting', 5, 'old', 9, false, 5),
(2, 'b', 't', 'alert', 'unconfirmed', 5, 'old', 9, true, 5);
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_database_keeps_what_it_knows_and_frees_what_it_claimed(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "monitor.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    empty = "x''" if kind == "sqlite" else "''::bytea"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "HEAD", "0012")
        with Store.open(place) as store, store.begin() as conn:
            for statement in filter(None, OLDER.format(empty=empty).split(";\n")):
                conn.exec_driver_sql(statement)
    with Store.open(place) as store, store.begin() as conn:
        assert set(conn.execute(sa.select(hosts.c.host)).scalars()) == {"a.test", "new.test", "p.test"}
        assert host_state.known(conn)["a.test"].robots == "User-agent: *"
        work = claim(conn, "embedded", NOW, Room(9, 9), LEASE)
        assert {feed.state.host for feed in work.feeds} == {"a.test", "new.test"}
        assert [page.host for page in work.pages] == ["p.test"]
        leases.release_all(conn, "embedded")
        assert [due.id for due in outbox.claim(conn, NOW, 9, LEASE)] == [1]
        assert outbox.end_unanswered(conn, NOW, "another") == []
        assert [id_ for id_, _ in outbox.end_unanswered(conn, NOW, "embedded")] == [2]
