"""How long a saved edit takes to be live: a daemon with 1,000 rules, of which a hundred change at once.

`python -m tests.bench.reload [--rules 1000] [--changed 100]` prints wall seconds from the save to the daemon's word
that it is live, for edits whose words the daemon has met before and for edits with new words, which it must inflect
first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

COMMAND = [sys.executable, "-c", "from monitor.cli import main; main()", "run"]
OLD = ("harbour", "minister", "переговоры", "görüşme", "Verhandlung")
NEW = ("zebra", "гавань", "liman", "Hafen", "treaty")


def rules(count: int, changed: int, words: tuple[str, ...], mark: str) -> str:
    """Return a rules file whose first `changed` rules ask for other words than the rest."""
    lines = ["rules:\n"]
    for number in range(count):
        word = words[number % len(words)] if number < changed else OLD[number % len(OLD)]
        tail = mark if number < changed else ""
        lines.append(f"  - {{name: rule {number}, to: [desk@newsroom.test], query: '{word} AND x{number}{tail}'}}\n")
    return "".join(lines)


def until(lines: Iterator[str], word: str) -> float:
    """Return the moment at which the daemon says something of that kind."""
    for line in lines:
        if word in line:
            return time.monotonic()
    raise SystemExit(f"the daemon ended before it said {word!r}")


def main(count: int, changed: int) -> None:
    """Run the daemon and print how long each edit took."""
    with tempfile.TemporaryDirectory() as home:
        config = Path(home) / "config"
        config.mkdir()
        (config / "monitor.yaml").write_text("private_hosts_allowed: [127.0.0.0/8]\n")
        (config / "outlets.yaml").write_text("outlets: [{name: closed, feed: 'http://127.0.0.1:9/rss'}]\n")
        (config / "rules.yaml").write_text(rules(count, 0, OLD, ""), encoding="utf-8")
        command = [*COMMAND, "--config", str(config), "--data", str(Path(home) / "data")]
        environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as daemon:
            assert daemon.stdout is not None
            until(daemon.stdout, "polled")
            for name, words, mark in (("known words", OLD, "a"), ("new words", NEW, "b"), ("again", NEW, "c")):
                (config / "rules.yaml").write_text(rules(count, changed, words, mark), encoding="utf-8")
                saved = time.monotonic()
                print(f"{name:12} {until(daemon.stdout, 'reload') - saved:6.2f} s", flush=True)
            daemon.terminate()
            for _ in daemon.stdout:
                pass


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rules", type=int, default=1000)
    asked.add_argument("--changed", type=int, default=100)
    options = asked.parse_args()
    main(options.rules, options.changed)
