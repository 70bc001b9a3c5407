"""Configurations are numbered, and no number is given twice."""

from __future__ import annotations

from monitor.store import Store, config_generation


def test_each_adoption_begins_a_new_generation(store: Store) -> None:
    with store.begin() as conn:
        assert config_generation.present(conn) == 0
        assert [config_generation.advance(conn), config_generation.advance(conn)] == [1, 2]
    with store.begin() as conn:
        assert config_generation.present(conn) == 2


def test_a_number_that_was_rolled_back_is_not_given_again(store: Store) -> None:
    with store.begin() as conn:
        assert [config_generation.advance(conn, 2), config_generation.advance(conn, 2)] == [3, 4]
