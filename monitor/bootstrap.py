"""Put the locked packages into `.venv` before `python3 -m monitor` runs in a fresh checkout, and go on there.

It uses only the standard library, and only syntax that every Python 3 can read, so that an old one is told so. An
installed package never does any of this, nor does a Python that has the dependencies already.
"""

from __future__ import annotations

import fcntl
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

# The rest is imported where it is needed: every later start passes here and must not pay for the first one.

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"

# `.venv/bin/monitor`: works from every folder, through links to it, and under a path of any length with spaces. With
# -P, files of that folder that are called like a module (`html.py`) are not run in its place.
COMMAND = """\
#!/bin/sh
bin=$(dirname -- "$(readlink -f -- "$0")")
PYTHONPATH=$bin/../..${PYTHONPATH:+:$PYTHONPATH} exec "$bin/python" -P -m monitor "$@"
"""


class BootstrapError(Exception):
    """Raised where the dependencies cannot be installed; its text says what to do."""


def enter(module: str, lock: str = LOCK) -> None:
    """Return when what the lock lists can be imported; else install it and start `module` again where it can.

    Ends the process with a message, and no traceback, where neither is possible.
    """
    try:
        _require_python(sys.version_info[:2])
        if not (ROOT / lock).is_file() or not (ROOT / "pyproject.toml").is_file():
            return
        venv = ROOT / ".venv"
        inside = Path(sys.prefix).resolve() == venv.resolve()
        if _is_current(venv, lock) if inside else _has_all(locked_packages((ROOT / lock).read_text(encoding="utf-8"))):
            return
        python = environment(lock)
    except BootstrapError as error:
        sys.exit(f"monitor: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"monitor: cannot set up {ROOT / '.venv'}: {error.strerror}: {error.filename or ''}".rstrip(": "))
    os.execv(python, [str(python), "-m", module, *sys.argv[1:]])  # noqa: S606 - our own interpreter, our own words


def environment(lock: str = LOCK) -> Path:
    """Make `.venv` what the lock says, one process at a time, and return its Python; raises BootstrapError."""
    venv = ROOT / ".venv"
    python = venv / "bin" / "python"
    with _setup_lock():
        if not _is_current(venv, lock):
            if not _is_usable(python):
                _create(venv)
            _install(python, lock)
            for copied in {LOCK, lock}:
                # The development lock is the other with more packages at the same versions, so it serves for both.
                (venv / copied).write_bytes((ROOT / copied).read_bytes())
        _write_command(venv / "bin" / "monitor")
    return python


def _require_python(version: tuple[int, ...]) -> None:
    if version < OLDEST:
        found, wanted = (".".join(map(str, numbers)) for numbers in (version, OLDEST))
        raise BootstrapError(
            f"this is Python {found} ({sys.executable}); Python {wanted} or newer is needed. "
            f"If it is installed beside this one, use its name, for example `python{wanted} -m monitor`."
        )


def locked_packages(lock: str) -> list[str]:
    """Return the packages that a lock wants on every machine; those with a marker may not be for this one."""
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==[^;\s]+ *\\?$", lock)


def _has_all(names: Iterable[str]) -> bool:
    from importlib import metadata

    try:
        return all(metadata.version(name) for name in names)
    except metadata.PackageNotFoundError:
        return False


def _is_current(venv: Path, lock: str) -> bool:
    """Whether an environment holds what the lock lists today: its copy of the lock is written last, when all is in."""
    try:
        return (venv / lock).read_bytes() == (ROOT / lock).read_bytes()
    except OSError:
        return False


@contextmanager
def _setup_lock() -> Iterator[None]:
    """Hold a lock that no other process sets up the same checkout at the same time."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_usable(python: Path) -> bool:
    """Whether an environment's Python still runs and has pip: the system's own may have been upgraded under it."""
    import subprocess

    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _create(venv: Path) -> None:
    import subprocess
    from importlib import util

    if util.find_spec("venv") is None or util.find_spec("ensurepip") is None:
        raise BootstrapError(
            "this Python cannot make virtual environments. On Debian, Ubuntu and Raspberry Pi OS that is the package "
            "python3-venv:\n\n    sudo apt install python3-venv\n\nThen run the same command again."
        )
    _report(f"first start: making {venv} for the libraries this needs; nothing outside it is changed.")
    made = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "venv", "--clear", venv], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise BootstrapError(f"cannot make {venv}:\n{(made.stderr or made.stdout).strip()}")


def _install(python: Path, lock: str) -> None:
    import subprocess

    count = len(locked_packages((ROOT / lock).read_text(encoding="utf-8")))
    _report(f"installing {count} packages from {lock}, each checked against its recorded hash (a minute or two)...")
    # The lock is complete: nothing needs to be resolved.
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", str(ROOT / lock)]
    if subprocess.run([python, "-m", "pip", "install", *options], check=False).returncode:  # noqa: S603 - our own interpreter
        raise BootstrapError(
            f"the packages of {lock} could not be installed; pip's own words stand above. The first start needs the "
            "network once (later ones do not): when it is there, run the same command again."
        )
    _report("done; going on.")


def _write_command(path: Path) -> None:
    """Write the command's script; it is replaced as a whole, since a shell may be reading the old one."""
    if path.is_file() and path.read_text(encoding="utf-8") == COMMAND:
        return
    fresh = path.with_name(".monitor.new")
    fresh.write_text(COMMAND, encoding="utf-8")
    fresh.chmod(0o755)
    fresh.replace(path)


def _report(text: str) -> None:
    sys.stderr.write(f"monitor: {text}\n")
    sys.stderr.flush()
