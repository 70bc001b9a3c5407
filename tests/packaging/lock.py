"""The maintainer's command that writes both lock files again: `python3 -m tests.packaging.lock [--upgrade]`.

It resolves `pyproject.toml` once for every supported Python and machine, records each file's hash, and then asks the
package index for the very wheels that Linux on x86-64 and aarch64 would install; their names go into the lock as
comments, where `tests/packaging/test_lock.py` finds them without a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from monitor.bootstrap import DEV_LOCK, LOCK, ROOT

PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
GLIBCS = ("_2_28", "_2_27", "_2_26", "_2_24", "_2_17", "2014")
HEAD = """\
# Written by `python3 -m tests.packaging.lock`; not to be edited. The names in the comments are the wheels that Linux
# on x86-64 and aarch64 installs under Python 3.11 to 3.13.
"""


def main() -> None:
    """Write both locks, the development one at the versions of the other."""
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    _write(LOCK, upgrade)
    _write(DEV_LOCK, ["--extra", "dev", "--constraints", LOCK, *upgrade])


def _write(lock: str, options: list[str]) -> None:
    _run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0], "--generate-hashes"),
        # One version of each for all of them.
        *("--fork-strategy", "fewest"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", *options, "pyproject.toml", "-o", lock),
    )
    path = ROOT / lock
    path.write_text(_annotated(path.read_text(encoding="utf-8"), _wheels(path)), encoding="utf-8")
    sys.stdout.write(f"{lock} is written\n")


def _annotated(lock: str, wheels: dict[str, set[str]]) -> str:
    """The lock with the names of its wheels, and without what only Windows would install."""
    lines: list[str] = []
    for block in re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", lock).strip()):
        if not block.partition("\n")[0].rstrip(" \\").endswith("; sys_platform == 'win32'"):
            lines += [f"# {wheel}" for wheel in sorted(wheels.get(block.partition("==")[0], ()))] + [block]
    return HEAD + "\n".join(lines) + "\n"


def _wheels(lock: Path) -> dict[str, set[str]]:
    """The wheels that pip picks for every Python and machine, by package."""
    found: dict[str, set[str]] = defaultdict(set)
    for python in PYTHONS:
        for machine in MACHINES:
            for wheel in _picked(lock, python, machine):
                found[wheel.partition("-")[0].lower().replace("_", "-").replace(".", "-")].add(wheel)
    return found


def _picked(lock: Path, python: str, machine: str) -> list[str]:
    platforms = [f"--platform=manylinux{glibc}_{machine}" for glibc in GLIBCS]
    with tempfile.TemporaryDirectory() as folder:
        # pip weighs markers by the Python that runs it, not by the one asked for, so they are left out.
        unmarked = Path(folder) / lock.name
        unmarked.write_text(re.sub(r" ; [^\\\n]+", " ", lock.read_text(encoding="utf-8")), encoding="utf-8")
        answer = _run(
            *(sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--no-deps"),
            *("--only-binary=:all:", f"--python-version={python}", f"--target={folder}", "--report=-", *platforms),
            *("--require-hashes", f"--requirement={unmarked}"),
        )
    return [item["download_info"]["url"].rpartition("/")[2] for item in json.loads(answer)["install"]]


def _run(*words: str) -> str:
    return subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
