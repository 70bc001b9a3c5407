"""A configuration that is adopted waits for what is being stored, and what is stored later knows of it."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.errors import StoreError
from monitor.store import Store, config_generation
from tests.store.make import again


def test_each_adoption_begins_a_new_generation(store: Store) -> None:
    with store.begin() as conn:
        assert config_generation.lock(conn) == 0
        assert [config_generation.advance(conn), config_generation.advance(conn)] == [1, 2]
    with store.begin() as conn:
        assert config_generation.lock(conn) == 2


def test_a_number_that_was_rolled_back_is_not_given_again(store: Store) -> None:
    with store.begin() as conn:
        assert [config_generation.advance(conn, 2), config_generation.advance(conn, 2)] == [3, 4]


def test_an_adoption_waits_for_whoever_stores_by_the_old_rules(make_store: Any) -> None:
    store = make_store("postgresql")
    with store.begin() as conn:
        config_generation.advance(conn)
    with store.begin() as storing, Store.open(again(store)) as other:
        assert config_generation.lock(storing) == 1
        with other.begin() as also_storing:
            assert config_generation.lock(also_storing) == 1
        with pytest.raises(StoreError, match="timeout"):
            _adopt_at_once(other)


def _adopt_at_once(store: Store) -> None:
    with store.begin() as conn:
        conn.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        config_generation.advance(conn)
