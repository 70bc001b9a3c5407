"""What tests of several rooms share: a database of either kind, empty and migrated, a fresh one for each test."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings

from monitor.net.connections import tls_context
from monitor.store import Store
from tests import postgres
from tests.postgres_databases import Databases

_NUMBERS = itertools.count(1)
# No example fails for how long it took: the first of a process may read lists of names, on a machine that is busy.
settings.register_profile("monitor", deadline=None)
settings.load_profile("monitor")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the tests themselves, which live to the end and are more than they make."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """Let all clients that trust the same authorities share a TLS context: reading the system's takes up to 0.1 s."""
    read = functools.cache(lambda _authorities: tls_context())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("monitor.net.client.tls_context", lambda: read(os.environ.get("SSL_CERT_FILE")))
        yield


class _CompiledStatements(dict[Any, Any]):
    """What engines keep of the statements that they compiled, shared by all engines of one kind of database."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


@pytest.fixture(scope="session", autouse=True)
def compiled_statements() -> Iterator[None]:
    """Let all databases share their compiled statements: each test opens one, and to compile is most of its time."""
    shared, create_engine = _CompiledStatements(), sa.create_engine

    def create_with_shared(*args: Any, **more: Any) -> sa.Engine:
        engine = create_engine(*args, **more)
        engine._compiled_cache = shared  # type: ignore[assignment]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create_with_shared)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server's address without a database; without a server the test skips, where skipping is allowed."""
    try:
        with postgres.server() as address:
            yield address
    except postgres.MissingError as missing:
        must = os.environ.get("CI") or os.environ.get("MONITOR_TEST_DATA")
        (pytest.fail if must else pytest.skip)(f"NOT TESTED ON POSTGRESQL: {missing}")


def _command(address: str, command: str) -> None:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as conn:
        conn.execute(command.encode())


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str) -> Iterator[Databases]:
    """The migrated, empty databases of the server."""
    databases = Databases(postgres_server)
    yield databases
    databases.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file that others are copied from."""
    path = tmp_path_factory.mktemp("template") / "monitor.db"
    Store.open(path).close()
    return path


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database without any table."""
    name = f"monitor_empty_{os.getpid()}_{next(_NUMBERS)}"
    _command(postgres_server, f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    _command(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Return a function that opens a fresh migrated database of the kind named: `sqlite` or `postgresql`."""
    opened: list[tuple[Store, str]] = []

    def make(kind: str) -> Store:
        if kind == "sqlite":
            path = tmp_path / f"monitor{next(_NUMBERS)}.db"
            shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
            opened.append((Store.open(path), ""))
        else:
            server, databases = (request.getfixturevalue(name) for name in ("postgres_server", "postgres_databases"))
            name = databases.take()
            opened.append((Store.open(f"{server}/{name}"), name))
        return opened[-1][0]

    yield make
    for store, name in opened:
        store.close()
        if name:
            request.getfixturevalue("postgres_databases").give_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, make_store: Callable[[str], Store]) -> Store:
    """An empty database, once of each kind."""
    return make_store(request.param)
