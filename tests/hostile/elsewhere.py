"""What misbehaves and is no outlet: clocks, mail servers, databases, webhooks, chats. Tests of other rooms try them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.hostile.street import Outcome

ROOT = Path(__file__).parents[2]
TESTS: Mapping[str, str] = {
    "a clock that jumps by a day": "tests/run/test_clock.py",
    "a mail server that cuts or hangs within DATA": "tests/channels/test_smtp_data.py",
    "a database that falls silent": "tests/run/test_storage_trouble.py"
    "::test_postgresql_behind_a_line_that_falls_silent",
    "a webhook that hangs": "tests/steps/test_deliver_accounts.py::test_no_way_out_waits_for_another",
    "a chat that throttles, dies or refuses for good": "tests/steps/test_deliver_chats.py",
}


def tried() -> Iterator[Outcome]:
    """Run the tests that try each; CI runs the same ones in their rooms."""
    for name, test in TESTS.items():
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
        said = done.stdout.strip().splitlines()[-1:]
        yield Outcome(name, f"{test} passes", *said, wrong=() if done.returncode == 0 else ("it failed",))
