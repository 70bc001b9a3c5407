"""`python -m tests.hostile [NAME ...]`: every behaviour, or those whose names hold these words, and what came of it."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.hostile import elsewhere
from tests.hostile.street import Outcome, walk
from tests.hostile.table import TABLE


def line(outcome: Outcome) -> str:
    """One row for people."""
    verdict = "no: " + "; ".join(outcome.wrong) if outcome.wrong else "yes"
    cells = (outcome.name, outcome.expected, outcome.happened, verdict)
    return " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, (40, 60, 60, 3), strict=True))


async def live(words: Sequence[str], folders: Mapping[str, Path]) -> list[Outcome]:
    """Walk every street on which a behaviour was asked for."""
    outcomes: list[Outcome] = []
    for room, behaviours in TABLE.items():
        wanted = [one for one in behaviours if not words or any(word in f"{room}: {one.name}" for word in words)]
        if wanted:
            print(f"\n== {room}", flush=True)
            found = await walk(folders[room], wanted)
            print(*map(line, found), sep="\n", flush=True)
            outcomes += found
    return outcomes


def main() -> int:
    """Print the table; 1 where anything was not survived."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.hostile")
    parser.add_argument("names", nargs="*", help="parts of the names of behaviours or streets")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="monitor-hostile-") as folder:
        folders = {street: Path(folder, str(number)) for number, street in enumerate(TABLE)}
        for path in folders.values():
            path.mkdir()
        outcomes = asyncio.run(live(asked.names, folders))
    for outcome in elsewhere.tried() if not asked.names else ():
        print(line(outcome), flush=True)
        outcomes.append(outcome)
    failed = [outcome for outcome in outcomes if outcome.wrong]
    print(f"\ntried {len(outcomes)}, survived {len(outcomes) - len(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
