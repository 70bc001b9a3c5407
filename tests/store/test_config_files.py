"""The last good configuration and single values."""

from __future__ import annotations

import sqlalchemy as sa

from monitor.store import Store, config_files
from monitor.store.tables import files as table
from tests.store.make import MINUTE, NOW


def test_the_last_good_files_replace_the_ones_before(store: Store) -> None:
    with store.begin() as conn:
        config_files.keep(conn, {"rules.yaml": "a: 1", "outlets/x.yaml": "б"}, NOW)
        config_files.keep(conn, {"rules.yaml": "a: 2", "outlets/x.yaml": "б", "new.yaml": ""}, NOW + MINUTE)
        assert config_files.load(conn) == {"rules.yaml": "a: 2", "outlets/x.yaml": "б", "new.yaml": ""}
        moments = {row.path: row.at for row in conn.execute(sa.select(table))}
        assert moments == {"rules.yaml": NOW + MINUTE, "outlets/x.yaml": NOW, "new.yaml": NOW + MINUTE}
        config_files.keep(conn, {"new.yaml": ""}, NOW)
        assert config_files.load(conn) == {"new.yaml": ""}
        config_files.keep(conn, {}, NOW)
        assert config_files.load(conn) == {}


def test_single_values_are_kept_changed_and_forgotten(store: Store) -> None:
    with store.begin() as conn:
        assert config_files.get_value(conn, "a", "default") == "default"
        config_files.set_value(conn, "a", "")
        assert config_files.get_value(conn, "a", "default") == ""
        config_files.set_value(conn, "a", "2")
        config_files.drop_value(conn, "a")
        assert config_files.get_value(conn, "a") == ""
