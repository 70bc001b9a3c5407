"""Let mutmut break the code in every way it knows and see whether the nearest tests notice.

`python -m tests.mutation [MODULE…] [--sample N] [--seed S]`, with modules as patterns below monitor/ (`alerts/*`),
otherwise all of `table.py`. A copy of the repository is mutated, and each module is judged by its own tests, on SQLite
alone. Prints the survivors as diffs and a score for each module and for all; exit 1 if the score of all is below 85 %.
mutmut is installed on the first run and not with the other tools, since libcst, which it parses with, needs a package
that has no wheel for one of the Pythons that the lock is for.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from tests.mutants.repository import ROOT, copy_repository
from tests.mutation.mutants import MutantDiff, mutants_of, sample
from tests.mutation.table import modules, nearest_tests

TOOL = "mutmut>=3.8.1,<3.9"
GOAL = 0.85
LONGEST = 3600.0
"""Seconds that one module may take."""
LONGEST_TEST, LONGEST_STEP_TEST = 300, 60
"""Seconds that one test may take. A step that is never done is asked for without end by each test that drains work, so
that those of steps are given up sooner; alone, the slowest of them takes 3 s."""
# Tests of what modules import are left out, since a mutated one imports mutmut.
# A mutant may take 5 times as long as its tests take and 10 s; then it has hung, and is noticed. What hangs is ended
# with its process, since a loop may catch what is raised in it.
_SETTINGS = """
[tool.mutmut]
source_paths = ["monitor"]
only_mutate = ["monitor/{module}"]
also_copy = ["config", "docs"]
pytest_add_cli_args = ["-p", "no:cacheprovider", "-k", "not postgresql and not imports_nothing",
    "--timeout", "{longest}", "--timeout-method", "thread"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
timeout_constant = 2.0
timeout_multiplier = 5.0
track_dependencies = false
use_git_change_detection = false
"""
_NOTICED = {"killed", "timeout", "segfault", "suspicious"}
_UNNOTICED = {"survived", "no tests"}


class Score(NamedTuple):
    """How many mutants of a module were tried, and which survived."""

    tried: int
    survivors: Sequence[MutantDiff]

    def __str__(self) -> str:
        killed = self.tried - len(self.survivors)
        return f"{killed:5} killed {len(self.survivors):4} survived  {killed / max(self.tried, 1):4.0%}"


def main() -> int:
    """Mutate the modules that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="patterns below monitor/; all of the scope if none"
    )
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="mutants of each module; all if 0")
    parser.add_argument("--seed", default="1", help="which sample; the same seed chooses the same mutants")
    asked = parser.parse_args()
    chosen = [one for one in modules(ROOT) if not asked.modules or any(fnmatch(one, each) for each in asked.modules)]
    if importlib.util.find_spec("mutmut") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", TOOL], check=True)
    os.nice(10)
    scores = [_judge(module, asked.sample, asked.seed) for module in chosen]
    total = Score(sum(score.tried for score in scores), [one for score in scores for one in score.survivors])
    print(f"{total}  all")
    return total.tried - len(total.survivors) < GOAL * total.tried


def _judge(module: str, size: int, seed: str) -> Score:
    """Try a module's mutants in a copy of their own and print what became of them."""
    with tempfile.TemporaryDirectory(prefix="monitor-mutation-") as folder:
        copy = Path(folder)
        copy_repository(copy)
        with (copy / "pyproject.toml").open("a", encoding="utf-8") as file:
            longest = LONGEST_STEP_TEST if module.startswith("steps/") else LONGEST_TEST
            file.write(_SETTINGS.format(module=module, tests=nearest_tests(ROOT, module), longest=longest))
        mutants = sample(_mutants(copy, module), size, f"{seed} {module}")
        states = _run(copy, [mutant.name for mutant in mutants])
    unknown = {states[mutant.name] for mutant in mutants} - _NOTICED - _UNNOTICED
    if unknown:
        raise SystemExit(f"{module}: mutmut did not finish: {unknown}")
    score = Score(len(mutants), [mutant for mutant in mutants if states[mutant.name] in _UNNOTICED])
    for mutant in score.survivors:
        print(f"{mutant.name}: {states[mutant.name]}\n{mutant.diff}\n")
    print(f"{score}  {module}", flush=True)
    return score


def _mutants(copy: Path, module: str) -> list[MutantDiff]:
    from mutmut.mutation.file_mutation import mutate_file_contents

    path = f"monitor/{module}"
    with contextlib.chdir(copy):  # where mutmut reads its settings
        mutated = mutate_file_contents(path, Path(path).read_text(encoding="utf-8"))
    return mutants_of(path.removesuffix(".py").replace("/", "."), mutated.code, mutated.mutant_names)


def _run(copy: Path, names: Sequence[str]) -> dict[str, str]:
    """Let mutmut try mutants, one at a time; return what became of each: killed, survived, no tests, timeout, …"""
    if not names:
        return {}
    done = _mutmut(copy, "run", "--max-children", "1", *names)
    if "could not find any test case" in done.stdout:
        return dict.fromkeys(names, "no tests")
    if done.returncode:
        # Lines of its progress begin with a dot of Braille.
        said = [line for line in done.stdout.splitlines() if not "\u2800" <= line[:1] <= "\u28ff"]
        raise SystemExit("\n".join(["mutmut failed:", *said[-50:], done.stderr[-5000:]]))
    lines = _mutmut(copy, "results", "--all", "true").stdout.splitlines()
    return {name.strip(): state.strip() for name, _, state in (line.rpartition(":") for line in lines)}


def _mutmut(copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mutmut", *words]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=LONGEST, check=False)


if __name__ == "__main__":
    sys.exit(main())
