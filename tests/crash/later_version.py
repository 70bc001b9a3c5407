"""Let a process be of a later version: with one more migration, and a setting that earlier ones do not know."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from monitor.store import migrate

VARIABLE = "LATER_VERSION_IN"
"""Names the folder with the migrations of the later version."""
SETTING = "later: true\n"
_MIGRATION = '''"""Add what a later version has."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("articles", sa.Column("later", sa.Integer, nullable=False, server_default="0"))
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
'''


def later_migrations(folder: Path) -> None:
    """Write the migrations of a later version."""
    place = folder / "migrations"
    copytree(Path(migrate.__file__).parent / "migrations", place, ignore=ignore_patterns("__pycache__"))
    revision = f"{len(migrate.REVISIONS) + 1:04}"
    text = _MIGRATION.format(revision=revision, before=migrate.HEAD)
    (place / "versions" / "later.py").write_text(text)


def become_later(folder: Path) -> None:
    """Let this process be of the later version."""
    migrate._MIGRATIONS = folder / "migrations"
    migrate.REVISIONS = (*migrate.REVISIONS, f"{len(migrate.REVISIONS) + 1:04}")
    migrate.HEAD = migrate.REVISIONS[-1]
    # The package has a function of this name.
    import monitor.config

    assert monitor.config
    loading: Any = sys.modules["monitor.config.load"]
    parse = loading.parse_file

    def parse_file(path: str, kind: str, text: str) -> object:
        return replace(parse(path, kind, text.replace(SETTING, "")), text=text)

    loading.parse_file = parse_file
