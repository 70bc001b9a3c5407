"""What the migrations make is what the program names, each migration known and in its place."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import monitor.store
from monitor.store import Store, migrate
from monitor.store.tables import derived, metadata


def test_the_migrations_make_exactly_the_tables_that_the_program_names(store: Store) -> None:
    for module in pkgutil.iter_modules(monitor.store.__path__, "monitor.store."):
        import_module(module.name)
    with store.reading() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "include_name": _ours})
        assert compare_metadata(context, [metadata, derived]) == []


def _ours(name: str | None, kind: str, _: object) -> bool:
    """The tokens themselves lie in tables that each database has in its own way."""
    return not (kind == "table" and str(name).startswith("search_tokens"))


def test_the_program_knows_every_migration_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "newline")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == migrate.REVISIONS
