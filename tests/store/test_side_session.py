"""A session beside the Store's needs no tables, and can end that of a daemon which has fallen silent."""

from __future__ import annotations

import pytest

from monitor.errors import StoreError
from monitor.store import Place, SideSession, Store, config_files, processes
from monitor.store.postgres import end_daemon_sessions


def test_an_empty_database_knows_no_processes(postgres_url: str) -> None:
    side = SideSession(Place.of(postgres_url))
    assert not side.run(processes.is_known)
    Store.open(postgres_url).close()
    assert side.run(processes.is_known)
    side.close()


def test_the_session_of_a_silent_daemon_is_ended_with_what_it_had_not_committed(postgres_url: str) -> None:
    side = SideSession(Place.of(postgres_url))
    with Store.open(postgres_url, daemon=True) as silent:
        with pytest.raises(StoreError), silent.begin() as conn:  # noqa: PT012 - the end of the block is what fails
            config_files.set_value(conn, "a", "b")
            assert side.run(end_daemon_sessions) == 1
        with Store.open(postgres_url, daemon=True) as other:
            with pytest.raises(StoreError, match="another monitor"), silent.begin():
                pass
            with other.begin() as conn:
                assert config_files.get_value(conn, "a") == ""
    side.close()
