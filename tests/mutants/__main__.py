"""Break the code in one place at a time and see whether the nearest tests notice: `python -m tests.mutants [WORDS]`.

Each row of `table.py` is applied to a copy of the repository, in which its tests run until the first failure. A mutant
that they pass has survived. Exit 1 if any did. Rows are chosen by words of their descriptions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants.repository import copy_repository
from tests.mutants.table import MUTANTS, Mutant

LONGEST = 900.0
"""Seconds that the tests of one mutant may take; a mutant that hangs them is noticed."""


def main() -> int:
    """Try the mutants that the command line asks for; print each and the score."""
    words = sys.argv[1:]
    chosen = [mutant for mutant in MUTANTS if all(word in mutant.what for word in words)]
    survivors = [mutant for mutant in chosen if not _is_killed(mutant)]
    killed = len(chosen) - len(survivors)
    print(f"{killed} of {len(chosen)} killed ({killed / max(len(chosen), 1):.0%})")
    return bool(survivors)


def _is_killed(mutant: Mutant) -> bool:
    with tempfile.TemporaryDirectory(prefix="monitor-mutant-") as folder:
        copy = Path(folder)
        copy_repository(copy)
        mutate(copy, mutant)
        code = _run(copy, mutant.tests)
    print(f"{'killed  ' if code else 'SURVIVED'}  {mutant.what}", flush=True)
    return code != 0


def mutate(folder: Path, mutant: Mutant) -> None:
    """Replace the mutant's text in a copy; raise ValueError unless it stands there exactly once."""
    file = folder / "monitor" / mutant.file
    text = file.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise ValueError(f"{mutant.what}: {mutant.old!r} stands {text.count(mutant.old)} times in {mutant.file}")
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")


def _run(folder: Path, tests: tuple[str, ...]) -> int:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=folder, env=variables, capture_output=True, timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        return -1


if __name__ == "__main__":
    sys.exit(main())
