"""One world: outlets, a mail server with faults, people and rules, and the lives of one daemon on one database."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.crash.life import NEVER, End, Life
from tests.crash.newsroom import IN_FULL, Newsroom
from tests.peers.smtp import Accepted, Peer

NO_VARIABLES: Mapping[str, str] = {}
ROOT = Path(__file__).parents[2]
GONE = "gone@readers.test"
OPERATOR = "operator@desk.test"
FULL = "fay@readers.test"
FAULTS = ("connect=421%0.04", "mail=421%0.03", "rcpt=451%0.1", "data=421%0.03", "dot=lost%0.1", "dot=451%0.03")
REFUSED = f"rcpt:{GONE}=550"
# Who hears of what: at once, above the hourly limit, in digests, one whose mailbox is gone, one by the full text.
READERS = {
    "ann@readers.test": {"alpha", "beta"},
    "bob@readers.test": {"alpha", "beta"},
    "cyd@readers.test": {"beta", "gamma", "alpha"},
    "dan@readers.test": {"alpha"},
    "eve@readers.test": {"alpha", "gamma"},
    GONE: {"alpha"},
    FULL: {IN_FULL},
}
_MONITOR = """\
database: {database}
operator: {{to: {operator}}}
mail: {{from: News <monitor@desk.test>, host: 127.0.0.1, port: {port}, security: none, timeout: 20}}
defaults: {{max_per_hour: 9999, fulltext: never}}
private_hosts_allowed: [127.0.0.0/8]
"""
_PEOPLE = """\
people:
  - {name: ann, mail: ann@readers.test}
  - {name: bob, mail: bob@readers.test, max_per_hour: 3}
  - {name: cyd, mail: cyd@readers.test, send: every 3s}
  - {name: dan, mail: dan@readers.test, send: hourly}
  - {name: eve, mail: eve@readers.test}
  - {name: gone, mail: gone@readers.test}
  - {name: fay, mail: fay@readers.test}
teams: {desk: [ann, bob]}
"""
RULES = """\
rules:
  - {name: Alpha, to: [desk, dan, gone], query: alpha}
  - {name: Beta, to: [desk, cyd], query: beta}
  - {name: Gamma or alpha, to: [cyd, eve], query: gamma OR alpha}
  - {name: Delta in full, to: [fay], query: delta NOT strike, wait: text}
"""


class Mailbox(Peer):
    """The mail server; it tells of every message before it answers, so that a life can end in between."""

    def __init__(self, seed: int, taken: Callable[[], int]) -> None:
        super().__init__((REFUSED, *FAULTS), seed=seed)
        self.lives: list[int] = []
        self._taken = taken

    def keep(self, message: Accepted) -> None:
        """Record a message and in which life it came."""
        super().keep(message)
        self.lives.append(self._taken())


@dataclass
class World:
    """The surroundings of one daemon, and what went wrong so far."""

    folder: Path
    seed: int
    database: str = "monitor.db"
    with_signal: signal.Signals = signal.SIGKILL
    ahead: float = 0.0
    ends: int = 0
    faults: list[str] = field(default_factory=list)
    life: Life | None = None
    pace: float = 2.0
    settings: str = ""
    readers: Mapping[str, set[str]] = field(default_factory=lambda: READERS)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.newsroom = Newsroom(self.seed, self._asked)
        self.mailbox = Mailbox(self.seed, self._taken)

    @property
    def crashes(self) -> bool:
        """Whether lives end without a warning here."""
        return self.with_signal is signal.SIGKILL

    @property
    def place(self) -> str:
        """Where the database is."""
        return self.database if "://" in self.database else str(self.folder / "data" / self.database)

    async def live(self, rounds: int) -> None:
        """Begin, let so many lives end badly, then let the last ones finish the work."""
        with self.mailbox:
            async with self.newsroom:
                self._write_config()
                for _ in range(rounds):
                    await self._round()
                await self._wind_up()

    async def undisturbed(self, meanwhile: Callable[[Life], Awaitable[None]]) -> None:
        """One life with no fault but what happens meanwhile; then the last ones finish the work."""
        with self.mailbox:
            self.mailbox.fault(REFUSED)
            async with self.newsroom:
                self._write_config()
                life = self._start(NEVER)
                try:
                    await meanwhile(life)
                finally:
                    await self._stop(life)
                await self._wind_up()

    def keep_mails(self) -> None:
        """Write what the mail server took beside the logs, to look into."""
        for number, mail in enumerate(self.mailbox.accepted):
            (self.folder / f"{number:04}.eml").write_bytes(mail.raw)

    async def _wind_up(self) -> None:
        """What is published is read and planned; then what waits for its hour leaves."""
        self.newsroom.open = False
        self.mailbox.fault(REFUSED)
        await self._finish(self._nothing_is_due)
        # Digests of the hour leave in the next one, or, after a longer outage, in a catch-up.
        self.ahead = self.chance.choice([61 * 60, 5 * 3600])
        await self._finish(self._nothing_waits)

    async def _round(self) -> None:
        end = End.draw(self.chance)
        while self.with_signal is signal.SIGTERM and end.early:
            # Before it listens to signals a process has nothing in flight that could be finished.
            end = End.draw(self.chance)
        life = self._start(end)
        code = await life.over()
        self.ends += 1
        self.pace = life.pace
        wanted = 0 if self.with_signal is signal.SIGTERM else -int(self.with_signal)
        if code != wanted or not life.struck:
            self.faults.append(f"life {self.ends} ended with {code}, {'' if life.struck else 'not '}struck")
        await self._alone(life)

    async def _finish(self, done: Callable[[], bool]) -> None:
        """One more life, undisturbed until everything is read and done; then it stops as it should."""
        self.newsroom.answers.clear()
        life = self._start(NEVER)
        deadline = time.monotonic() + 90
        while life.process.poll() is None and not (self.newsroom.all_read() and await asyncio.to_thread(done)):
            if time.monotonic() > deadline:
                self.faults.append("the work is not finished after 90 seconds")
                break
            await asyncio.sleep(0.1)
        await self._stop(life)

    async def _stop(self, life: Life) -> None:
        life.process.terminate()
        if code := await life.over():
            self.faults.append(f"a life that should finish ended with {code}")

    def _nothing_is_due(self) -> bool:
        from tests.crash.verdict import unread, waiting

        return unread(self.place) == 0 and waiting(self.place, datetime.now(UTC)) == 0

    def _nothing_waits(self) -> bool:
        from tests.crash.verdict import waiting

        return waiting(self.place) == 0

    def _start(self, end: End) -> Life:
        folders = ["--config", str(self.folder / "config"), "--data", str(self.folder / "data")]
        self.life = self._spawn(["run", *folders], end)
        return self.life

    def _spawn(self, words: list[str], end: End, log_name: str = "log", more: Mapping[str, str] = NO_VARIABLES) -> Life:
        command = [sys.executable, "-m", "tests.crash.daemon", str(self.ahead), *words]
        with (self.folder / log_name).open("ab") as log:
            log.write(f"--- life {self.ends + 1}: {end}\n".encode())
            log.flush()
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                start_new_session=True,
                env={**os.environ, "READ_ONLY_WHILE": str(self.folder / "read only"), **more},
            )
        return Life(process, self.with_signal, end, self.pace)

    async def _alone(self, life: Life) -> None:
        """Nothing that a daemon started outlives it."""
        group = life.process.pid
        for _ in range(100):
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return
            await asyncio.sleep(0.05)
        self.faults.append(f"something of life {self.ends} still runs")
        os.killpg(group, signal.SIGKILL)

    def _asked(self) -> None:
        if self.life:
            self.life.heard("asked")

    def _taken(self) -> int:
        if self.life:
            self.life.heard("taken")
        return self.ends

    def _write_config(self) -> None:
        files = {
            "monitor.yaml": _MONITOR.format(database=self.database, operator=OPERATOR, port=self.mailbox.port)
            + self.settings,
            "people.yaml": _PEOPLE,
            "rules.yaml": RULES,
            "outlets.yaml": "outlets:\n"
            + "".join(
                f"  - {{name: {name}, feeds: [{', '.join(feeds)}], every: 1s}}\n"
                for name, feeds in self.newsroom.feeds.items()
            ),
        }
        (self.folder / "config").mkdir(parents=True)
        for name, text in files.items():
            (self.folder / "config" / name).write_text(text)
